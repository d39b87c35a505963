"""What is done about a young person's health: updates for the meeting, questions to health, services involved."""

from trellis.health_needs.services.involved import add_service, correct_service, end_service
from trellis.health_needs.services.updates import (
    ask_health,
    correct_update,
    give_update,
    withdraw_question,
)

__all__ = [
    "add_service",
    "ask_health",
    "correct_service",
    "correct_update",
    "end_service",
    "give_update",
    "withdraw_question",
]
