"""The life of a missing episode and of a return interview."""

from trellis.core.lifecycle import Lifecycle

MISSING = "missing"
RETURNED = "returned"

EPISODE = Lifecycle(
    name="Missing episode",
    statuses={MISSING: "Missing", RETURNED: "Returned"},
    first=MISSING,
    moves={MISSING: (RETURNED,), RETURNED: ()},
)

AWAITING_OFFER = "awaiting_offer"
OFFERED = "offered"
ACCEPTED = "accepted"
DECLINED = "declined"
COMPLETED = "completed"
NOT_OFFERED = "not_offered"

INTERVIEW = Lifecycle(
    name="Return interview",
    statuses={
        AWAITING_OFFER: "Awaiting offer",
        OFFERED: "Offered",
        ACCEPTED: "Accepted",
        DECLINED: "Declined",
        COMPLETED: "Completed",
        NOT_OFFERED: "Not offered",
    },
    first=AWAITING_OFFER,
    moves={
        AWAITING_OFFER: (OFFERED, NOT_OFFERED),
        OFFERED: (ACCEPTED, DECLINED, COMPLETED),
        ACCEPTED: (COMPLETED, DECLINED),
        DECLINED: (ACCEPTED, COMPLETED),
        COMPLETED: (),
        NOT_OFFERED: (OFFERED,),
    },
)
INTERVIEW_WAITING = (AWAITING_OFFER, OFFERED, ACCEPTED)
