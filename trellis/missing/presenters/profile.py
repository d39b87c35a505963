"""The profile for when somebody is missing, in words and on paper. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from trellis.core.presenters import day, moment
from trellis.missing.models import MissingEpisode, MissingProfile
from trellis.people.models import Person

Rows = list[tuple[str, str]]


def profile_rows(profile: MissingProfile | None) -> Rows:
    """What was written, in its order."""
    if profile is None:
        return []
    return [
        (label, getattr(profile, name)) for name, label in MissingProfile.HEADINGS.items() if getattr(profile, name)
    ]


def left_open(profile: MissingProfile | None) -> list[str]:
    """What is not filled in yet."""
    return [
        label for name, label in MissingProfile.HEADINGS.items() if profile is not None and not getattr(profile, name)
    ]


def before_rows(before: Iterable[MissingProfile]) -> list[dict[str, Any]]:
    return [{"profile": one, "rows": profile_rows(one)} for one in before]


def person_rows(person: Person, ethnicities: Mapping[str, str]) -> Rows:
    """Who is looked for."""
    rows = [
        ("Name", person.name),
        ("Known as", person.known_as),
        ("Born", f"{day(person.date_of_birth)} ({person.age_in_words})"),
        ("Pronouns", person.pronouns),
        ("Sex", person.get_sex_display()),
        ("Ethnicity", ethnicities.get(person.ethnicity, "")),
    ]
    return [row for row in rows if row[1]]


def this_time(episode: MissingEpisode | None, grades: Mapping[str, str]) -> Rows:
    """Of the time they are missing now: what they wore, where they were seen last."""
    if episode is None:
        return []
    rows = [
        ("Reported", moment(episode.reported_at)),
        ("Police reference", episode.police_ref or ""),
        ("Risk", grades.get(episode.risk_grade, episode.risk_grade)),
        ("Last seen", ", ".join(filter(None, (moment(episode.last_seen_at), episode.last_seen_where)))),
        ("Wearing", episode.wearing),
        ("Officer", episode.officer),
    ]
    return [row for row in rows if row[1]]
