"""What is said of outcomes, and what a closure needs. Every service is one transaction with its audit event."""

from trellis.outcomes.services.closing import challenge_closure, look_at_closure, say_who_was_told
from trellis.outcomes.services.follow_ups import ask_again_later, could_not_follow_up
from trellis.outcomes.services.saying import Answer, record_outcomes

__all__ = [
    "Answer",
    "ask_again_later",
    "challenge_closure",
    "could_not_follow_up",
    "look_at_closure",
    "record_outcomes",
    "say_who_was_told",
]
