"""The overview of one child in words. Pure: what is not recorded is said, never left blank."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from trellis.core.clocks import birthday_in, today
from trellis.core.presenters import day
from trellis.missing.lifecycle import INTERVIEW_WAITING, MISSING
from trellis.missing.models import MissingEpisode
from trellis.missing.presenters import interview_in_words, time_away
from trellis.need_to_know.models import Grant
from trellis.people.models import DefinedBy, Education, Episode, Relationship, RelationshipKind, SendSupport
from trellis.referrals.lifecycle import RECEIVED
from trellis.sharing.presenters import share_line
from trellis.workspace.queries import Overview

NOT_OBTAINED, REFUSED = "NOBT", "REFU"
TRANSITION, ADULTHOOD = 17, 18
A_YEAR = timedelta(days=366)
GROUPS = {
    "Family and carers": ("parent", "carer", "sibling", "twin"),
    "Trusted adults": ("trusted_adult",),
    "Friends": ("friend",),
    "Adults of concern": ("concern",),
}
ALWAYS_SAID = ("Family and carers", "Trusted adults")


def span(episode: Episode) -> str:
    """``since 3 March 2023``, or from when to when."""
    if episode.ends_on is None:
        return f"since {day(episode.starts_on)}"
    return f"{day(episode.starts_on)} to {day(episode.ends_on)}"


def share_lines(shares: Iterable[Grant]) -> list[str]:
    """``Shared with Education until 3 March 2027: identity, family, chronology.``, a line for each share."""
    return [share_line(g.parts, g.ends_at, str(g.agency) if g.agency else "you") for g in shares]


def people_groups(overview: Overview) -> list[dict[str, Any]]:
    """People around the child by the part they have, each with its dates; an empty family or trust is said."""
    groups = [
        {"name": name, "rows": [person_row(r, overview) for r in overview.relationships if r.kind in kinds]}
        for name, kinds in GROUPS.items()
    ]
    return [group for group in groups if group["rows"] or group["name"] in ALWAYS_SAID]


def person_row(relationship: Relationship, overview: Overview) -> dict[str, str]:
    opens = relationship.other_id in overview.linked
    return {
        "name": relationship.other_name,
        "url": reverse("child", args=[relationship.other_id]) if opens else "",
        "part": RelationshipKind(relationship.kind).label,
        "span": span(relationship),
        "note": relationship.note,
    }


@dataclass(frozen=True)
class NextDate:
    on: date | datetime
    what: str


def next_dates(overview: Overview) -> list[NextDate]:
    """What comes next for this child, soonest first."""
    return sorted(_next_dates(overview), key=lambda row: row.on if type(row.on) is date else row.on.date())  # type: ignore[union-attr]


def _next_dates(overview: Overview) -> Iterator[NextDate]:
    referral, born = overview.referral, overview.person.date_of_birth
    if referral and referral.status == RECEIVED:
        yield NextDate(referral.decision_due_on, "Referral to be decided by")
    for episode in overview.episodes:
        if episode.status != MISSING and episode.interview.status in INTERVIEW_WAITING:
            yield NextDate(episode.interview.due_at, "Return interview to be held by")
    for age in (TRANSITION, ADULTHOOD):
        birthday = birthday_in(born, born.year + age)
        if today() <= birthday <= today() + A_YEAR:
            yield NextDate(birthday, f"Turns {age}" + ("; planning for adulthood begins" if age == TRANSITION else ""))


def episode_row(episode: MissingEpisode, moment: datetime) -> dict[str, Any]:
    return {
        "url": reverse("missing-episode", args=[episode.id]),
        "kind": episode.get_kind_display(),
        "reported_at": episode.reported_at,
        "away": time_away(episode, moment),
        "out": episode.status == MISSING,
        "interview": interview_in_words(episode),
    }


def education_rows(overview: Overview) -> list[dict[str, str]]:
    return [education_row(place) for place in overview.education]


def education_row(place: Education) -> dict[str, str]:
    return {
        "place": place.place_name or place.get_provision_display(),
        "provision": place.get_provision_display() if place.place_name else "",
        "support": place.get_send_display(),
        "span": span(place),
    }


@dataclass(frozen=True)
class Gap:
    """Something worth knowing that nobody has recorded, and how to come to know it."""

    what: str
    ask: str


def gaps(overview: Overview) -> tuple[list[Gap], int]:
    """What is not recorded, and of how many things."""
    known = list(_known(overview))
    return [Gap(what, ask) for what, ask, recorded in known if not recorded], len(known)


def _known(overview: Overview) -> Iterator[tuple[str, str, bool]]:
    person = overview.person
    kinds = {relationship.kind for relationship in overview.relationships}
    education = next((place for place in overview.education if place.holds_on(today())), None)
    yield "Their own words", "ask what matters to them", bool(person.own_words)
    yield "Safe contact", "ask how and when it is safe to reach them", bool(person.safe_contact)
    yield "Pronouns", "ask them", bool(person.pronouns)
    yield "Ethnicity", "ask them or their family", person.ethnicity != NOT_OBTAINED
    yield "Who said which ethnicity", "ask them", person.ethnicity_defined_by != DefinedBy.UNKNOWN
    yield "Family or carers", "ask who they live with", bool(kinds & set(GROUPS["Family and carers"]))
    yield "A trusted adult", "ask who they can talk to", "trusted_adult" in kinds
    yield "Education now", "ask education", education is not None
    yield (
        "Extra support in learning",
        "ask education",
        education is not None and education.send != SendSupport.NOT_KNOWN,
    )
    yield "NHS number", "ask health", bool(person.nhs_number)
    yield (
        "Whether they know of the referral",
        "ask the referrer",
        bool(overview.referral and overview.referral.child_knows is not None),
    )
