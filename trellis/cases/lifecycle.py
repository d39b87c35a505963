"""The life of a case: its statuses and the moves between them."""

from trellis.core.lifecycle import Lifecycle

OPEN = "open"
CLOSED = "closed"

CASE = Lifecycle(
    name="Case",
    statuses={
        OPEN: "Open",
        CLOSED: "Closed",
    },
    first=OPEN,
    moves={
        OPEN: (CLOSED,),
        CLOSED: (),
    },
)
