"""The desk and a child's episodes in words. Pure."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from trellis.accounts.models import User
from trellis.core.clocks import hours_between
from trellis.core.presenters import duration, time_left
from trellis.core.presenters import moment as when
from trellis.missing.lifecycle import (
    ACCEPTED,
    AWAITING_OFFER,
    COMPLETED,
    DECLINED,
    EPISODE,
    INTERVIEW,
    INTERVIEW_WAITING,
    MISSING,
    OFFERED,
)
from trellis.missing.models import EpisodeMove, InterviewMove, MissingEpisode, ReturnInterview, RiskGrading
from trellis.people.models import Person

DESK_OWNS = "Missing team"
NOT_GRADED = "Not graded yet"

Leads = Mapping[uuid.UUID, User]


@dataclass(frozen=True)
class OutThere:
    """A child who is missing now, as a line of the desk."""

    episode: MissingEpisode
    away: str
    grade: str
    owner: str

    @property
    def person(self) -> Person:
        return self.episode.person


@dataclass(frozen=True)
class Back:
    """A child who is back and whose return interview waits, as a line of the desk."""

    episode: MissingEpisode
    clock: str
    step: str
    late: bool
    owner: str

    @property
    def person(self) -> Person:
        return self.episode.person


def out_there(
    episodes: Iterable[MissingEpisode], leads: Leads, grades: Mapping[str, str], moment: datetime
) -> list[OutThere]:
    return [OutThere(e, time_away(e, moment), grade_in_words(e, grades), owner(e, leads)) for e in episodes]


def back(episodes: Iterable[MissingEpisode], leads: Leads, moment: datetime) -> list[Back]:
    return [
        Back(e, hours_left(e.interview, moment), interview_step(e), e.interview.due_at < moment, owner(e, leads))
        for e in episodes
    ]


def owner(episode: MissingEpisode, leads: Leads) -> str:
    """The lead worker of the child's open case, else the desk."""
    lead = leads.get(episode.person_id)
    return lead.name if lead else DESK_OWNS


def grade_in_words(episode: MissingEpisode, grades: Mapping[str, str]) -> str:
    return grades.get(episode.risk_grade, episode.risk_grade) or NOT_GRADED


def time_away(episode: MissingEpisode, moment: datetime) -> str:
    """From when they were last seen, or reported, to their return or to ``moment``."""
    return duration(hours_between(episode.last_seen_at or episode.reported_at, episode.returned_at or moment))


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


Rows = list[tuple[str, object]]


def facts(episode: MissingEpisode, grades: Mapping[str, str], moment: datetime) -> Rows:
    """What is known of an episode; what is not is said by the page."""
    return [
        ("Kind", episode.get_kind_display()),
        ("Last seen", when(episode.last_seen_at)),
        ("Reported", when(episode.reported_at)),
        ("Reported by", episode.reported_by),
        ("Risk", grade_in_words(episode, grades)),
        ("Away for", time_away(episode, moment)),
        ("Found", when(episode.found_at)),
        ("Found where", episode.found_where),
        ("Found with", episode.found_with),
        ("Came back", when(episode.returned_at) or "Still missing"),
        ("Police reference", episode.police_ref or ""),
    ]


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


def steps(
    episode: MissingEpisode, history: Iterable[EpisodeMove | InterviewMove | RiskGrading]
) -> list[dict[str, object]]:
    return [step(row) for row in history]


def step(row: EpisodeMove | InterviewMove | RiskGrading) -> dict[str, object]:
    if isinstance(row, RiskGrading):
        return {"at": row.graded_at, "what": f"Risk graded: {row.grade.replace('_', ' ')}", "by": row.graded_by}
    table = EPISODE if isinstance(row, EpisodeMove) else INTERVIEW
    subject = "" if isinstance(row, EpisodeMove) else "Return interview: "
    return {"at": row.moved_at, "what": f"{subject}{table.statuses[row.new]}", "by": row.moved_by}


def episode_rows(
    episodes: Iterable[MissingEpisode], grades: Mapping[str, str], moment: datetime
) -> list[dict[str, object]]:
    return [
        {
            "episode": episode,
            "away": time_away(episode, moment),
            "grade": grade_in_words(episode, grades),
            "interview": interview_in_words(episode),
        }
        for episode in episodes
    ]
