"""The phases of working with a young person, the life of a goal, a task and of direct work."""

from trellis.core.lifecycle import Lifecycle

ACCEPTED = "accepted"
ENGAGING = "engaging"
GOALS_AGREED = "goals_agreed"
ACTIVE = "active"
STEPPING_DOWN = "stepping_down"
CLOSED = "closed"
FOLLOW_UP = "follow_up"

PLAN = Lifecycle(
    name="Plan",
    statuses={
        ACCEPTED: "Accepted",
        ENGAGING: "Getting to know each other",
        GOALS_AGREED: "Goals agreed",
        ACTIVE: "Active",
        STEPPING_DOWN: "Stepping down",
        CLOSED: "Closed",
        FOLLOW_UP: "Follow-up",
    },
    first=ACCEPTED,
    moves={
        ACCEPTED: (ENGAGING, CLOSED),
        ENGAGING: (GOALS_AGREED, CLOSED),
        GOALS_AGREED: (ACTIVE, STEPPING_DOWN, CLOSED),
        ACTIVE: (STEPPING_DOWN, CLOSED),
        STEPPING_DOWN: (ACTIVE, CLOSED),
        CLOSED: (FOLLOW_UP,),
        FOLLOW_UP: (),
    },
)

WANTED = "wanted"
AGREED = "agreed"
REACHED = "reached"
SET_ASIDE = "set_aside"

GOAL = Lifecycle(
    name="Goal",
    statuses={WANTED: "Talked about", AGREED: "Agreed", REACHED: "Reached", SET_ASIDE: "Set aside"},
    first=WANTED,
    moves={WANTED: (AGREED, SET_ASIDE), AGREED: (REACHED, SET_ASIDE), REACHED: (AGREED,), SET_ASIDE: (AGREED,)},
)

TO_DO = "to_do"
DONE = "done"
DROPPED = "dropped"

TASK = Lifecycle(
    name="Task",
    statuses={TO_DO: "To do", DONE: "Done", DROPPED: "No longer needed"},
    first=TO_DO,
    moves={TO_DO: (DONE, DROPPED), DONE: (TO_DO,), DROPPED: (TO_DO,)},
)

PLANNED = "planned"
ATTEMPTED = "attempted"
HELD = "held"
CANCELLED = "cancelled"

DIRECT_WORK = Lifecycle(
    name="Direct work",
    statuses={PLANNED: "Planned", ATTEMPTED: "Attempted", HELD: "Done", CANCELLED: "Cancelled"},
    first=PLANNED,
    moves={PLANNED: (ATTEMPTED, HELD, CANCELLED), ATTEMPTED: (HELD,), HELD: (), CANCELLED: ()},
)
