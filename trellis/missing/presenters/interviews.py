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
    NOT_OFFERED,
    OFFERED,
    WITHDRAWN,
)
from trellis.missing.models import MissingEpisode, PreventionInterview, ReturnInterview
from trellis.missing.queries.interviews import Around

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
    held = getattr(episode, "interview", None)
    if held is None:
        return None
    return {
        "status": INTERVIEW.statuses[held.status],
        "due_at": held.due_at,
        "waits": held.status in INTERVIEW_WAITING,
        "late": held.due_at < moment,
        "can_offer": OFFERED in INTERVIEW.moves[held.status],
        "can_answer": ACCEPTED in INTERVIEW.moves[held.status] or DECLINED in INTERVIEW.moves[held.status],
        "can_hold": COMPLETED in INTERVIEW.moves[held.status],
        "can_try": bool(INTERVIEW.moves[held.status]) and held.status != WITHDRAWN,
        "can_leave": NOT_OFFERED in INTERVIEW.moves[held.status],
        "was_held": held.status == COMPLETED,
        "carer_view": held.carer_view,
        "account": held.account,
        "rows": interview_rows(held, reasons),
    }


def interview_rows(held: ReturnInterview, reasons: Mapping[str, str]) -> Rows:
    others = ", ".join(reasons.get(code, code) for code in held.other_reasons)
    late = ": ".join(filter(None, (reasons.get(held.delay_reason, held.delay_reason), held.delay_told)))
    rows: Rows = [
        ("To be held by", when(held.due_at)),
        ("Offered", said_by(when(held.offered_at), held.offered_by) or "Not yet"),
        ("Declined", said_by(when(held.declined_at), held.get_declined_by_display())),
        ("Why they declined", reasons.get(held.decline_reason, held.decline_reason)),
        ("Held", said_by(when(held.completed_at), held.completed_by)),
        ("Where", held.place),
        ("Who else was there", held.present),
        ("Main reason they were missing", reasons.get(held.reason, held.reason)),
        ("Other reasons", others),
        ("Why it was late", late),
        ("Police told", when(held.police_told_at)),
        ("Their worker told", when(held.worker_told_at)),
    ]
    return [row for row in rows if row[1]]


def said_by(at: str, who: object) -> str:
    """``3 March 2023, 09:00, the young person``."""
    return ", ".join(filter(None, (at, str(who or "")))) if at else ""


def interview_parts(around: Around, independences: Mapping[str, tuple[str, bool]]) -> dict[str, object]:
    """What stands around the interview on the episode's page. ``elsewhere``: the conversation that answered this time
    missing was recorded with another."""
    main = around.main
    label, independent = independences.get(main.independence, ("", True)) if main else ("", True)
    return {
        "independence": label,
        "not_independent": not independent,
        "elsewhere": main if main and around.covered else None,
        "not_offered": around.not_offered,
        "covers": around.covers,
        "attempts": around.attempts,
        "mentions": around.mentions,
        "safety_actions": around.actions,
        "prevention": [prevention_rows(held) for held in around.prevention],
        "may_record_prevention": around.may_record_prevention,
    }


def prevention_rows(held: PreventionInterview) -> Rows:
    rows: Rows = [
        ("Held", f"{when(held.held_at)}, by {held.officer}"),
        ("Safe now", held.safe_now),
        ("Harm they spoke of", held.harm_told),
        ("Offences", held.offences),
        ("What helps to find them", held.information),
    ]
    return [row for row in rows if row[1]]
