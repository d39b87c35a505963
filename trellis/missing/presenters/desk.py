"""The lines of the desk in words. Pure."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from trellis.accounts.models import User
from trellis.missing.models import MissingEpisode
from trellis.missing.presenters.episodes import grade_in_words, time_away
from trellis.missing.presenters.interviews import hours_left, interview_step
from trellis.people.models import Person

DESK_OWNS = "Missing team"


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
