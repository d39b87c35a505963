"""What workers do with missing episodes and return interviews."""

from trellis.missing.services.desk import MissingAlready, take_report
from trellis.missing.services.episodes import (
    DESK,
    POLICE,
    Correction,
    Return,
    correct_episode,
    correct_episodes,
    interview_due_at,
    record_episodes,
    record_return,
    record_returns,
    report_missing,
)
from trellis.missing.services.interviews import (
    ReasonNeeded,
    hold_return_interview,
    offer_interview,
    record_answer,
)

__all__ = [
    "DESK",
    "POLICE",
    "Correction",
    "MissingAlready",
    "ReasonNeeded",
    "Return",
    "correct_episode",
    "correct_episodes",
    "hold_return_interview",
    "interview_due_at",
    "offer_interview",
    "record_answer",
    "record_episodes",
    "record_return",
    "record_returns",
    "report_missing",
    "take_report",
]
