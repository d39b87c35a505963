"""Return interviews: offered, tried for, answered and held, each in one transaction with its status row and audit
event; what was mentioned and agreed; and the police's own interview, which is another."""

from trellis.missing.services.interviews.following import (
    Agreed,
    Mentioned,
    add_to_interview,
    finish_safety_action,
    set_mention_aside,
    tell_of_interview,
)
from trellis.missing.services.interviews.holding import NotTheirs, ReasonNeeded, hold_return_interview
from trellis.missing.services.interviews.offering import (
    not_offer_interview,
    offer_interview,
    record_answer,
    record_attempt,
)
from trellis.missing.services.interviews.prevention import record_prevention_interview

__all__ = [
    "Agreed",
    "Mentioned",
    "NotTheirs",
    "ReasonNeeded",
    "add_to_interview",
    "finish_safety_action",
    "hold_return_interview",
    "not_offer_interview",
    "offer_interview",
    "record_answer",
    "record_attempt",
    "record_prevention_interview",
    "set_mention_aside",
    "tell_of_interview",
]
