"""What is done at and for panels: verbs, each one transaction with its moves and its mark in the log."""

from trellis.meetings.services.actions import move_action
from trellis.meetings.services.agenda import (
    build_agenda,
    put_back,
    put_in_order,
    take_off,
)
from trellis.meetings.services.meetings import (
    NotYet,
    cancel_meeting,
    close_meeting,
    plan_meeting,
    updates_due_on,
)
from trellis.meetings.services.referrals import ConsentNeeded, WaitsAlready, refer_to_panel, withdraw_referral
from trellis.meetings.services.talking import Agreed, Answer, Minute, put_off, review_day, talk_about
from trellis.meetings.services.updates import (
    ask_for_updates,
    chase_update,
    give_update,
    say_nothing_to_tell,
)

__all__ = [
    "Agreed",
    "Answer",
    "ConsentNeeded",
    "Minute",
    "NotYet",
    "WaitsAlready",
    "ask_for_updates",
    "build_agenda",
    "cancel_meeting",
    "chase_update",
    "close_meeting",
    "give_update",
    "move_action",
    "plan_meeting",
    "put_back",
    "put_in_order",
    "put_off",
    "refer_to_panel",
    "review_day",
    "say_nothing_to_tell",
    "take_off",
    "talk_about",
    "updates_due_on",
    "withdraw_referral",
]
