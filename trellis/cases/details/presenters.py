"""A child's details in words: nothing is left blank, and not asked, not told and not known stay apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from trellis.cases.details.queries import Around, ethnicity_due_on
from trellis.core.presenters import day
from trellis.people.completeness import ANSWERS, BY_CODE, Completeness, Gap
from trellis.people.details.forms import FORMS, SectionForm
from trellis.people.details.sections import BY_CODE as SECTION_OF
from trellis.people.details.sections import SECTIONS, Section, as_json, values_of
from trellis.people.identifiers import is_temporary_upn, nhs_in_groups
from trellis.people.models import Person, PersonChange, RelationshipChange

# Which question a field answers, where it is not called the same.
QUESTION_OF = {"first_language": "language", "disabilities": "disability"}
APART = "Kept apart"
HIDDEN_WHEN_APART = ("lines", "postcode", "who_may_know")
TITLES = {
    "aliases": ("name",),
    "people": ("other_name", "kind"),
    "statuses": ("kind",),
    "placements": ("place_name", "kind"),
    "education": ("place_name", "provision"),
    "addresses": ("kind",),
    "gp": ("practice_name",),
}
LEFT_OUT = ("starts_on", "ends_on", "kept_apart", "alongside")


class Wording:
    """Values of fields in words, by the labels and choices of the sections' forms; each code list is read once."""

    def __init__(self) -> None:
        self._forms: dict[str, SectionForm] = {}

    def form(self, section: str) -> SectionForm:
        if section not in self._forms:
            self._forms[section] = FORMS[section]()
        return self._forms[section]

    def label(self, section: str, name: str) -> str:
        fields = self.form(section).fields
        return str(fields[name].label) if name in fields else "Asked"

    def said(self, section: str, name: str, value: Any) -> str:
        """A value in words; empty for nothing."""
        if name == "asked":
            return "; ".join(
                f"{BY_CODE[code].label}: {ANSWERS[kept['outcome']].lower()}" for code, kept in value.items()
            )
        if name == "nhs_number":
            return nhs_in_groups(value or "")
        if name == "upn" and value and is_temporary_upn(value):
            return f"{value} (temporary)"
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, date):
            return day(value)
        known = dict(getattr(self.form(section).fields[name], "choices", []) or [])
        if isinstance(value, list):
            return ", ".join(str(known.get(code, code)) for code in value)
        return str(known.get(value, value)) if value else ""


def details_page(found: Around, rows: Mapping[str, Iterable[Any]], may_edit: bool) -> list[dict[str, Any]]:
    """The sections in order, each with its lines or rows and where to change them."""
    wording = Wording()
    sections = [section for section in SECTIONS if section.code != "asked"]
    return [section_words(section, found, rows.get(section.code, ()), wording, may_edit) for section in sections]


def section_words(
    section: Section, found: Around, rows: Iterable[Any], wording: Wording, may_edit: bool
) -> dict[str, Any]:
    person = found.person
    words: dict[str, Any] = {"code": section.code, "title": section.title, "one": section.one}
    if section.rows:
        words["rows"] = [row_words(section, row, person, wording, may_edit) for row in rows]
        words["gap"] = next((gap.words for gap in found.completeness.gaps if gap.question.section == section.code), "")
        words["add"] = reverse("add-detail", args=[person.id, section.code]) if may_edit else ""
    else:
        gaps = {gap.question.code: gap for gap in found.completeness.gaps}
        values = values_of(section, person, found.particulars)
        words["lines"] = [
            (wording.label(section.code, name), line(section, name, value, wording, gaps))
            for name, value in values.items()
        ]
        words["change"] = reverse("change-details", args=[person.id, section.code]) if may_edit else ""
    return words


def line(section: Section, name: str, value: Any, wording: Wording, gaps: Mapping[str, Gap]) -> dict[str, Any]:
    """What a field says, or why it says nothing."""
    gap = gaps.get(QUESTION_OF.get(name, name))
    said = wording.said(section.code, name, value)
    if gap and (not said or name.startswith("ethnicity")):
        return {"text": gap_words(gap), "unknown": True}
    return {"text": said, "unknown": False} if said else {"text": "Nothing recorded", "unknown": True}


def gap_words(gap: Gap) -> str:
    return f"{gap.words}, {day(gap.on)}" if gap.on else gap.words


def row_words(section: Section, row: Any, person: Person, wording: Wording, may_edit: bool) -> dict[str, Any]:
    values = values_of(section, row)
    apart = values.get("kept_apart", False)
    named = [wording.said(section.code, name, values[name]) for name in TITLES[section.code]]
    title, *more = [words for words in named if words]
    shown = {
        name: value
        for name, value in values.items()
        if name not in (*TITLES[section.code], *LEFT_OUT) and not (apart and name in HIDDEN_WHEN_APART)
    }
    facts = [wording.said(section.code, name, value) for name, value in shown.items()]
    if section.code == "placements" and row.authority != person.authority:
        facts.append("Out of area")
    if values.get("alongside"):
        facts.append("As well as the main place")
    return {
        "title": title,
        "more": ", ".join([*more, *filter(None, facts)]),
        "span": span(values.get("starts_on"), values.get("ends_on")),
        "over": values.get("ends_on") is not None,
        "open": reverse("open-address", args=[person.id, row.id]) if apart else "",
        "url": reverse("change-detail", args=[person.id, section.code, row.id]) if may_edit else "",
    }


def span(start: date | None, end: date | None) -> str:
    if start is None:
        return ""
    return f"{day(start)} to {day(end)}" if end else f"since {day(start)}"


def knowledge(found: Completeness) -> dict[str, Any]:
    """How much is recorded, and what is not, with why it matters."""
    rows = [
        {"what": gap.question.label, "why": gap.question.why, "ask": gap.question.ask, "state": gap_words(gap)}
        for gap in found.gaps
    ]
    return {"percent": found.percent, "known": found.known, "total": found.total, "rows": rows}


def tasks(found: Around) -> list[dict[str, Any]]:
    """What the record itself asks for by a day."""
    due = ethnicity_due_on(found.person, found.particulars)
    if due is None:
        return []
    url = reverse("change-details", args=[found.person.id, "ethnicity"])
    return [{"what": "Ask again which ethnicity they are", "on": due, "url": url}]


def history_rows(changes: Iterable[PersonChange | RelationshipChange], apart: frozenset[Any]) -> list[dict[str, Any]]:
    """Each change: when, by whom, why, and field by field what it said before and says since. ``apart``: addresses that
    are kept apart, whose words stay out."""
    wording = Wording()
    return [history_row(change, apart, wording) for change in changes]


def history_row(change: PersonChange | RelationshipChange, apart: frozenset[Any], wording: Wording) -> dict[str, Any]:
    section = SECTION_OF[change.section]
    about = change.relationship.other_name if isinstance(change, RelationshipChange) else ""
    return {
        "at": change.changed_at,
        "by": f"{change.changed_by.name}, {change.changed_by.agency}",
        "title": f"{section.title}{': ' if about else ''}{about}",
        "added": not change.old,
        "why": change.why,
        "fields": [
            changed_field(section, name, change, apart, wording) for name in change.new if name in section.fields
        ],
    }


def changed_field(
    section: Section, name: str, change: PersonChange | RelationshipChange, apart: frozenset[Any], wording: Wording
) -> dict[str, str]:
    if change.subject in apart and name in HIDDEN_WHEN_APART:
        return {"label": wording.label(section.code, name), "old": APART if change.old else "", "new": APART}
    old, new = (wording.said(section.code, name, in_words(name, kept.get(name))) for kept in (change.old, change.new))
    return {"label": wording.label(section.code, name), "old": old, "new": new}


def in_words(name: str, kept: Any) -> Any:
    """A kept day is a day again."""
    return date.fromisoformat(kept) if kept and (name.endswith("_on") or name == "date_of_birth") else kept


def both_versions(section: Section, now: Mapping[str, Any], typed: Mapping[str, Any]) -> list[dict[str, str]]:
    """What stands now beside what was typed, where the two differ."""
    wording = Wording()
    stands, wanted = as_json(now), as_json(typed)
    return [
        {
            "label": wording.label(section.code, name),
            "now": wording.said(section.code, name, now[name]) or "Nothing recorded",
            "typed": wording.said(section.code, name, typed[name]) or "Nothing recorded",
        }
        for name in section.fields
        if stands[name] != wanted[name]
    ]
