"""The lines of the desk in words. Pure."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from trellis.accounts.models import User
from trellis.core.clocks import hours_between
from trellis.core.presenters import duration
from trellis.core.presenters import moment as when
from trellis.missing.models import MissingEpisode
from trellis.missing.presenters.episodes import grade_in_words, time_away
from trellis.missing.presenters.interviews import hours_left, interview_step
from trellis.people.models import Person

DESK_OWNS = "Missing team"


Leads = Mapping[uuid.UUID, User]
Often = Mapping[uuid.UUID, int]
NONE: Often = {}


@dataclass(frozen=True)
class OutThere:
    """A child who is missing now, as a line of the desk. ``waits``: that nobody has taken the report yet."""

    episode: MissingEpisode
    away: str
    grade: str
    owner: str
    waits: str
    told: str
    often: str

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
    often: str

    @property
    def person(self) -> Person:
        return self.episode.person


def out_there(
    episodes: Iterable[MissingEpisode], leads: Leads, grades: Mapping[str, str], moment: datetime, often: Often = NONE
) -> list[OutThere]:
    return [
        OutThere(
            e,
            time_away(e, moment),
            grade_in_words(e, grades),
            owner(e, leads),
            waits(e, moment),
            escalated(e),
            repeatedly(e, often),
        )
        for e in episodes
    ]


def back(episodes: Iterable[MissingEpisode], leads: Leads, moment: datetime, often: Often = NONE) -> list[Back]:
    return [
        Back(
            e,
            hours_left(e.interview, moment),
            interview_step(e),
            e.interview.due_at < moment,
            owner(e, leads),
            repeatedly(e, often),
        )
        for e in episodes
    ]


def owner(episode: MissingEpisode, leads: Leads) -> str:
    """Who took it at the desk; else the lead worker of the child's open case, else the desk."""
    if episode.owner:
        return episode.owner.name
    lead = leads.get(episode.person_id)
    return lead.name if lead else DESK_OWNS


def waits(episode: MissingEpisode, moment: datetime) -> str:
    """How long a report has waited for somebody to take it; nothing once somebody has."""
    if episode.acknowledged_at:
        return ""
    return f"Not taken for {duration(hours_between(episode.recorded_at, moment))}"


def escalated(episode: MissingEpisode) -> str:
    """That those who answer for the desk were told, the last time and when."""
    told = sorted(episode.escalations.all(), key=lambda one: one.level)
    if not told:
        return ""
    return f"{'Escalated' if len(told) == 1 else 'Escalated again'} {when(told[-1].escalated_at)}"


def repeatedly(episode: MissingEpisode, often: Often) -> str:
    times = often.get(episode.person_id)
    return f"Missing repeatedly: {times} times" if times else ""
