"""The life of a panel's meeting, of a referral to it, of what it talks about, asks and agrees."""

from trellis.core.lifecycle import Lifecycle

PLANNED = "planned"
HELD = "held"
CANCELLED = "cancelled"

MEETING = Lifecycle(
    name="Panel meeting",
    statuses={PLANNED: "Planned", HELD: "Held", CANCELLED: "Cancelled"},
    first=PLANNED,
    moves={PLANNED: (HELD, CANCELLED), HELD: (), CANCELLED: ()},
)

WAITING = "waiting"
TALKED_ABOUT = "talked_about"
WITHDRAWN = "withdrawn"

REFERRAL = Lifecycle(
    name="Referral to a panel",
    statuses={WAITING: "Waiting for a meeting", TALKED_ABOUT: "Talked about", WITHDRAWN: "Withdrawn"},
    first=WAITING,
    moves={WAITING: (TALKED_ABOUT, WITHDRAWN), TALKED_ABOUT: (WITHDRAWN,), WITHDRAWN: ()},
)

TO_TALK_ABOUT = "to_talk_about"
PUT_OFF = "put_off"
TAKEN_OFF = "taken_off"

# What was said may be written anew until the meeting is over: each time is a move that keeps what it said before.
ITEM = Lifecycle(
    name="Agenda item",
    statuses={
        TO_TALK_ABOUT: "To be talked about",
        TALKED_ABOUT: "Talked about",
        PUT_OFF: "Put off to the next meeting",
        TAKEN_OFF: "Taken off the agenda",
    },
    first=TO_TALK_ABOUT,
    moves={
        TO_TALK_ABOUT: (TALKED_ABOUT, PUT_OFF, TAKEN_OFF),
        TALKED_ABOUT: (TALKED_ABOUT,),
        PUT_OFF: (TALKED_ABOUT, TO_TALK_ABOUT),
        TAKEN_OFF: (TO_TALK_ABOUT,),
    },
)

ASKED = "asked"
GIVEN = "given"
NOTHING = "nothing"

UPDATE = Lifecycle(
    name="Update for a panel",
    statuses={ASKED: "Asked", GIVEN: "Given", NOTHING: "Nothing to tell", WITHDRAWN: "Withdrawn"},
    first=ASKED,
    moves={ASKED: (GIVEN, NOTHING, WITHDRAWN), GIVEN: (), NOTHING: (), WITHDRAWN: ()},
)

TO_DO = "to_do"
DONE = "done"
DROPPED = "dropped"

ACTION = Lifecycle(
    name="Panel action",
    statuses={TO_DO: "To do", DONE: "Done", DROPPED: "No longer needed"},
    first=TO_DO,
    moves={TO_DO: (DONE, DROPPED), DONE: (TO_DO,), DROPPED: (TO_DO,)},
)
