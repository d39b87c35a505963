"""The life of what was agreed in supervision."""

from trellis.core.lifecycle import Lifecycle

TO_DO = "to_do"
DONE = "done"
DROPPED = "dropped"

ACTION = Lifecycle(
    name="Supervision action",
    statuses={TO_DO: "To do", DONE: "Done", DROPPED: "No longer needed"},
    first=TO_DO,
    moves={TO_DO: (DONE, DROPPED), DONE: (TO_DO,), DROPPED: (TO_DO,)},
)
