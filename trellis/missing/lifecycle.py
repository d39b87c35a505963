"""The life of a missing episode and of a return interview."""

from trellis.core.lifecycle import Lifecycle

MISSING = "missing"
RETURNED = "returned"
MERGED = "merged"

EPISODE = Lifecycle(
    name="Missing episode",
    statuses={MISSING: "Missing", RETURNED: "Returned", MERGED: "Merged into another report"},
    first=MISSING,
    moves={MISSING: (RETURNED, MERGED), RETURNED: (MISSING, MERGED), MERGED: (MISSING, RETURNED)},
)

AWAITING_OFFER = "awaiting_offer"
OFFERED = "offered"
ACCEPTED = "accepted"
DECLINED = "declined"
COMPLETED = "completed"
NOT_OFFERED = "not_offered"
COVERED = "covered"
WITHDRAWN = "withdrawn"

INTERVIEW = Lifecycle(
    name="Return interview",
    statuses={
        AWAITING_OFFER: "Awaiting offer",
        OFFERED: "Offered",
        ACCEPTED: "Accepted",
        DECLINED: "Declined",
        COMPLETED: "Completed",
        NOT_OFFERED: "Not offered",
        COVERED: "Covered by one conversation",
        WITHDRAWN: "Withdrawn",
    },
    first=AWAITING_OFFER,
    moves={
        AWAITING_OFFER: (OFFERED, NOT_OFFERED, COVERED, WITHDRAWN),
        OFFERED: (ACCEPTED, DECLINED, COMPLETED, COVERED, WITHDRAWN),
        ACCEPTED: (COMPLETED, DECLINED, COVERED, WITHDRAWN),
        DECLINED: (ACCEPTED, COMPLETED, COVERED, WITHDRAWN),
        COMPLETED: (),
        NOT_OFFERED: (OFFERED, COVERED, WITHDRAWN),
        COVERED: (),
        WITHDRAWN: (AWAITING_OFFER,),
    },
)
INTERVIEW_WAITING = (AWAITING_OFFER, OFFERED, ACCEPTED)
