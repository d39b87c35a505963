"""The life of a question put through a pointer."""

from trellis.core.lifecycle import Lifecycle

ASKED = "asked"
ANSWERED = "answered"
SHARED = "shared"
WITHHELD = "withheld"

POINTER_REQUEST = Lifecycle(
    name="Pointer request",
    statuses={ASKED: "Asked", ANSWERED: "Answered", SHARED: "Shared", WITHHELD: "Withheld"},
    first=ASKED,
    moves={ASKED: (ANSWERED, SHARED, WITHHELD), ANSWERED: (), SHARED: (), WITHHELD: ()},
)
