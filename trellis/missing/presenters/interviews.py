"""A return interview in words. Pure."""

from collections.abc import Mapping
from datetime import datetime

from trellis.core.clocks import hours_between
from trellis.core.presenters import moment as when
from trellis.core.presenters import time_left
from trellis.missing.lifecycle import (
    ACCEPTED,
    AWAITING_OFFER,
    COMPLETED,
    DECLINED,
    INTERVIEW,
    INTERVIEW_WAITING,
    MISSING,
    OFFERED,
)
from trellis.missing.models import MissingEpisode, ReturnInterview

Rows = list[tuple[str, object]]


def hours_left(interview: ReturnInterview, moment: datetime) -> str:
    """``39 of 72 hours left``, in elapsed hours; past the limit ``7 hours overdue``."""
    left = hours_between(moment, interview.due_at)
    if left <= 0 or interview.episode.returned_at is None:
        return time_left(interview.due_at, moment)
    given = round(hours_between(interview.episode.returned_at, interview.due_at))
    return f"{int(left)} of {given} hours left" if left >= 1 else time_left(interview.due_at, moment)


def interview_step(episode: MissingEpisode) -> str:
    """What the return interview waits for."""
    status = episode.interview.status
    if status == AWAITING_OFFER:
        return "Offer a return interview"
    return f"Hold the return interview: {INTERVIEW.statuses[status].lower()}"


def interview_in_words(episode: MissingEpisode) -> str:
    if episode.status == MISSING:
        return "Offered after the return"
    return INTERVIEW.statuses[episode.interview.status]


def interview(episode: MissingEpisode, reasons: Mapping[str, str], moment: datetime) -> dict[str, object] | None:
    """The return interview as the page shows it: its state, its clock, and which steps are open."""
    if episode.status == MISSING:
        return None
    held = episode.interview
    return {
        "status": INTERVIEW.statuses[held.status],
        "due_at": held.due_at,
        "waits": held.status in INTERVIEW_WAITING,
        "late": held.due_at < moment,
        "can_offer": OFFERED in INTERVIEW.moves[held.status],
        "can_answer": ACCEPTED in INTERVIEW.moves[held.status] or DECLINED in INTERVIEW.moves[held.status],
        "can_hold": COMPLETED in INTERVIEW.moves[held.status],
        "account": held.account,
        "rows": interview_rows(held, reasons),
    }


def interview_rows(held: ReturnInterview, reasons: Mapping[str, str]) -> Rows:
    rows: Rows = [
        ("To be held by", when(held.due_at)),
        ("Offered", when(held.offered_at) or "Not yet"),
        ("Declined", when(held.declined_at)),
        ("Why they declined", reasons.get(held.decline_reason, held.decline_reason)),
        ("Held", when(held.completed_at)),
        ("Where", held.place),
        ("Main reason they were missing", reasons.get(held.reason, held.reason)),
        ("Why it was late", reasons.get(held.delay_reason, held.delay_reason)),
    ]
    return [row for row in rows if row[1]]
