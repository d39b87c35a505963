"""The banner of a child's record and the lines of a chronology, in words."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse

from trellis.accounts.models import User
from trellis.cases.access import can_correct, can_recode
from trellis.cases.child_pages import pages_open
from trellis.cases.chronology import KINDS
from trellis.cases.models import ChronologyEntry, Significance
from trellis.cases.queries import ChildHeader
from trellis.core.presenters import moment
from trellis.need_to_know.codes import CodeBook, Coding, short_code
from trellis.need_to_know.handling import Recoding
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


def timeline_entries(
    entries: Iterable[ChronologyEntry],
    user: User | None = None,
    book: CodeBook | None = None,
    with_raw_text: Collection[UUID] = (),
) -> list[dict[str, Any]]:
    """Rows for the timeline tag. With ``user`` each entry leads to what they may do with it; with ``book`` it says how
    it is handled; those ``with_raw_text`` lead to their source's own words."""
    return [
        {
            **timeline_entry(entry),
            **(handling_tag(entry, book) if book else {}),
            "links": entry_links(entry, user, entry.id in with_raw_text) if user else [],
        }
        for entry in entries
    ]


def entry_links(entry: ChronologyEntry, user: User, has_raw_text: bool) -> list[dict[str, str]]:
    """What the user may do with an entry that stands."""
    pages = [
        ("Correct", "correct-note", can_correct(user, entry)),
        ("Change the handling of", "entry-handling", can_recode(user, entry)),
        ("Open the source's own words of", "entry-raw-text", has_raw_text),
    ]
    opened = [(label, reverse(name, args=[entry.person_id, entry.id])) for label, name, open_to in pages if open_to]
    return [{"label": label.removesuffix(" of"), "url": url} for label, url in opened]


def handling_tag(entry: ChronologyEntry, book: CodeBook) -> dict[str, str]:
    """Whose an entry is, its code, and in words what a reader may do with it."""
    return {"code": owner_and_code(entry), "handling": book.in_words(entry)}


def owner_and_code(entry: ChronologyEntry) -> str:
    """``Police · C``."""
    return f"{entry.agency.name} · {short_code(entry.handling)}"


def code_holders(book: CodeBook) -> list[tuple[str, str]]:
    """The codes of new items, each with the agencies that may hold it."""
    return [
        (f"{code.code}: {code.label}", book.names(book.holders(code.code)) or "No other agency")
        for code in book.for_new_items()
    ]


def coding_rows(recodings: Iterable[Recoding], book: CodeBook) -> list[dict[str, Any]]:
    """How the handling of an entry or another item changed, in words."""
    return [
        {
            "at": recoding.recorded_at,
            "by": recoding.recorded_by.name,
            "why": recoding.why,
            "old": coding_said(recoding.old, book),
            "new": coding_said(recoding.new, book),
        }
        for recoding in recodings
    ]


def coding_said(kept: dict[str, Any], book: CodeBook) -> str:
    coding = Coding(kept["handling"], kept["conditions"], tuple(UUID(agency) for agency in kept["limited_to"]))
    return f"{short_code(coding.handling)}: {book.coding_in_words(coding)}" if coding.handling else "Not coded yet"


def timeline_entry(entry: ChronologyEntry) -> dict[str, Any]:
    return {
        "happened_at": entry.happened_at,
        "title": entry.title,
        "text": entry.body,
        "kind": KINDS.get(entry.kind, entry.kind),
        "by": entry.recorded_by.name if entry.recorded_by else "",
        "agency": entry.agency.name,
        "owner_and_code": owner_and_code(entry),
        "significant": entry.significance > Significance.ROUTINE,
        "significance": entry.get_significance_display(),
        "anchor": f"entry-{entry.id}",
        "was": correction_in_words(entry),
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
