"""The banner of a child's record and the lines of a chronology, in words."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from trellis.accounts.models import User
from trellis.cases.access import can_correct
from trellis.cases.child_pages import pages_open
from trellis.cases.chronology import KINDS
from trellis.cases.models import ChronologyEntry, Significance
from trellis.cases.queries import ChildHeader
from trellis.core.presenters import moment
from trellis.people.models import Person

NOT_ASKED = "Not yet asked"
SYNTHETIC = "SYNTHETIC: an invented person"


def full_name(person: Person) -> str:
    """``Amira Khan (known as Ami)``."""
    return f"{person.name} (known as {person.known_as})" if person.known_as else person.name


def child_context(header: ChildHeader, current: str) -> dict[str, Any]:
    """The context every page under ``cases/child.html`` needs; ``current`` is the page's url name."""
    person = header.person
    child = {
        "id": person.id,
        "title": full_name(person),
        "url": reverse("child", args=[person.id]),
        "facts": facts_of(header),
        "tags": [*header.tags, *statuses_in_words(header)],
        "marking": SYNTHETIC if person.is_synthetic else "",
        "words": person.own_words,
        "words_from": f"{person.known_as or person.given_name}, in their own words",
        "pages": [
            {"label": page.label, "url": reverse(page.url_name, args=[person.id]), "current": page.url_name == current}
            for page in pages_open(header.parts)
        ],
    }
    return {"child": child, "person": person, "running_name": person.name}


def facts_of(header: ChildHeader) -> list[tuple[str, str]]:
    person = header.person
    lead = header.lead
    return [
        ("Age", person.age_in_words),
        ("Pronouns", person.pronouns or NOT_ASKED),
        ("Lead worker", f"{lead.name}, {lead.agency}" if lead else "Nobody yet"),
        ("Safe contact", person.safe_contact or "Not yet asked: ask before you call or write"),
    ]


def statuses_in_words(header: ChildHeader) -> list[tuple[str, str]]:
    case = [("Open case", "structure")] if header.case else [("No open case", "plain")]
    return case + [(status.get_kind_display(), "structure") for status in header.present_statuses]


def timeline_entries(entries: Iterable[ChronologyEntry], user: User | None = None) -> list[dict[str, Any]]:
    """Rows for the timeline tag; with ``user`` each note they may put right leads to its correction."""
    return [timeline_entry(entry, user) for entry in entries]


def timeline_entry(entry: ChronologyEntry, user: User | None) -> dict[str, Any]:
    correctable = user is not None and can_correct(user, entry)
    return {
        "happened_at": entry.happened_at,
        "title": entry.title,
        "text": entry.body,
        "kind": KINDS.get(entry.kind, entry.kind),
        "by": entry.recorded_by.name if entry.recorded_by else "",
        "agency": entry.agency.name,
        "significant": entry.significance > Significance.ROUTINE,
        "significance": entry.get_significance_display(),
        "anchor": f"entry-{entry.id}",
        "was": correction_in_words(entry),
        "correct_url": reverse("correct-note", args=[entry.person_id, entry.id]) if correctable else "",
    }


def correction_in_words(entry: ChronologyEntry) -> dict[str, str] | None:
    """What a corrected entry said before, and when it was put right."""
    old = entry.supersedes
    if old is None:
        return None
    return {
        "when": moment(entry.recorded_at),
        "title": old.title,
        "text": old.body,
        "happened": moment(old.happened_at),
    }
