"""What becomes of a question to health."""

from trellis.core.lifecycle import Lifecycle

ASKED = "asked"
ANSWERED = "answered"
WITHDRAWN = "withdrawn"

HEALTH_QUESTION = Lifecycle(
    name="Health question",
    statuses={ASKED: "Asked", ANSWERED: "Answered", WITHDRAWN: "Not needed any more"},
    first=ASKED,
    moves={ASKED: (ANSWERED, WITHDRAWN), ANSWERED: (), WITHDRAWN: ()},
)
