"""The life of an assessment, and of what others are asked to contribute to it."""

from trellis.core.lifecycle import Lifecycle

IN_PROGRESS = "in_progress"
SUBMITTED = "submitted"
SIGNED_OFF = "signed_off"
STOPPED = "stopped"

ASSESSMENT = Lifecycle(
    name="Assessment",
    statuses={
        IN_PROGRESS: "In progress",
        SUBMITTED: "Waiting for sign-off",
        SIGNED_OFF: "Signed off",
        STOPPED: "Stopped",
    },
    first=IN_PROGRESS,
    moves={IN_PROGRESS: (SUBMITTED, STOPPED), SUBMITTED: (SIGNED_OFF, IN_PROGRESS), SIGNED_OFF: (), STOPPED: ()},
)

ASKED = "asked"
GIVEN = "given"
DECLINED = "declined"
WITHDRAWN = "withdrawn"

CONTRIBUTION = Lifecycle(
    name="Contribution",
    statuses={
        ASKED: "Asked",
        GIVEN: "Given",
        DECLINED: "Nothing to contribute",
        WITHDRAWN: "No longer asked",
    },
    first=ASKED,
    moves={ASKED: (GIVEN, DECLINED, WITHDRAWN), GIVEN: (), DECLINED: (), WITHDRAWN: ()},
)
