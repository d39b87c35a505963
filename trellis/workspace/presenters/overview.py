"""The overview of one child in words. Pure: what is not recorded is said, never left blank."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from trellis.cases.child_pages import Due, Involved
from trellis.core.clocks import birthday_in, london_date, today
from trellis.core.presenters import day, lower_first
from trellis.core.reference_data import labels
from trellis.missing.lifecycle import INTERVIEW_WAITING, MISSING
from trellis.missing.models import MissingEpisode
from trellis.missing.presenters.episodes import time_away
from trellis.missing.presenters.interviews import interview_in_words
from trellis.need_to_know.models import Grant
from trellis.people.models import (
    Education,
    Episode,
    Interpreter,
    Particulars,
    PracticeRegistration,
    Relationship,
    RelationshipKind,
)
from trellis.referrals.lifecycle import RECEIVED
from trellis.sharing.presenters import share_line
from trellis.workspace.queries import Overview

TRANSITION, ADULTHOOD = 17, 18
A_YEAR = timedelta(days=366)
LONGEST_SAID = 400
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


def latest_said(overview: Overview) -> dict[str, str]:
    """The banner's words: the latest they said anywhere, with the day; a long account as far as it fits."""
    said = overview.words
    if said is None:
        return {}
    called = overview.person.known_as or overview.person.given_name
    return {
        "words": shortened(said.words),
        "words_from": f"{called}, in their own words, {day(said.day)}",
    }


def shortened(words: str) -> str:
    return words if len(words) <= LONGEST_SAID else f"{words[:LONGEST_SAID].rsplit(' ', 1)[0]} …"


def people_groups(overview: Overview) -> list[dict[str, Any]]:
    """People around the child by the part they have, each with its dates; an empty family or trust is said."""
    groups = [
        {"name": name, "rows": [person_row(r, overview) for r in overview.around.relationships if r.kind in kinds]}
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


def what_is_due(overview: Overview, moment: datetime) -> list[dict[str, Any]]:
    """What is due for this child, soonest first; ``late`` once its time has passed."""
    lines = sorted([*overview.due, *_own_due(overview)], key=lambda line: line.day)
    return [{"on": line.on, "what": line.what, "url": line.url, "late": is_past(line.on, moment)} for line in lines]


def is_past(on: date | datetime, moment: datetime) -> bool:
    return on < moment if isinstance(on, datetime) else on < london_date(moment)


def _own_due(overview: Overview) -> Iterator[Due]:
    referral, born = overview.referral, overview.person.date_of_birth
    if referral and referral.status == RECEIVED:
        yield Due(referral.decision_due_on, "Referral to be decided", reverse("referral", args=[referral.id]))
    for episode in overview.episodes:
        if episode.status != MISSING and episode.interview.status in INTERVIEW_WAITING:
            yield Due(
                episode.interview.due_at, "Return interview to be held", reverse("missing-episode", args=[episode.id])
            )
    for age in (TRANSITION, ADULTHOOD):
        birthday = birthday_in(born, born.year + age)
        if today() <= birthday <= today() + A_YEAR:
            yield Due(birthday, f"Turns {age}" + ("; planning for adulthood begins" if age == TRANSITION else ""))


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
    return [education_row(place) for place in overview.around.education]


def education_row(place: Education) -> dict[str, str]:
    return {
        "place": place.place_name or place.get_provision_display(),
        "provision": place.get_provision_display() if place.place_name else "",
        "support": place.get_send_display(),
        "span": span(place),
    }


def place_facts(overview: Overview) -> list[dict[str, str]]:
    """Where they live, learn and are registered, and how the law stands: now, each said also when it is not known."""
    found = overview.around
    learning = [education_row(place) for place in found.education if place.holds_on(today())]
    learns = {**learning[0], "place": " and ".join(row["place"] for row in learning)} if learning else None
    statuses = [status.get_kind_display() for status in overview.header.present_statuses]
    return [
        {"label": "Lives", "text": lives(overview), "unknown": "Not recorded"},
        {"label": "Learns", "text": learns["place"] if learns else "", "unknown": "Not asked yet", **(learns or {})},
        {"label": "Legal status", "text": ", ".join(statuses), "unknown": "None recorded"},
        {"label": "GP", "text": practice_line(found.practice), "unknown": "Not asked yet"},
        {"label": "Languages", "text": languages(found.particulars), "unknown": "Not asked yet"},
    ]


def lives(overview: Overview) -> str:
    """``The Elms, with foster carers: out of area``, or the locality of the family's home."""
    found = overview.around
    if found.place is None:
        return overview.person.locality
    kind = labels("placement_kind").get(found.place.kind, found.place.kind)
    named = ", ".join(filter(None, [found.place.place_name, lower_first(kind) if found.place.place_name else kind]))
    return f"{named}: out of area" if found.is_out_of_area else named


def practice_line(practice: PracticeRegistration | None) -> str:
    return ", ".join(filter(None, [practice.practice_name, practice.phone])) if practice else ""


def languages(particulars: Particulars | None) -> str:
    if particulars is None or not particulars.first_language:
        return ""
    needs = particulars.interpreter and particulars.interpreter != Interpreter.NONE
    return (
        f"{particulars.first_language}; {lower_first(particulars.get_interpreter_display())}"
        if needs
        else (particulars.first_language)
    )


def involved_lines(overview: Overview) -> list[Involved]:
    """The case's own workers, then whom apps above tell of."""
    own = [
        Involved(
            worker.worker.name,
            worker.get_part_display().lower(),
            f"{worker.worker.agency}, since {day(worker.starts_on)}",
        )
        for worker in overview.header.workers
    ]
    return own + overview.involved
