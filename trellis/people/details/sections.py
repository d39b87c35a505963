"""The sections of a person's details: which fields each has and where they are kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from trellis.people.models import (
    Address,
    Alias,
    Education,
    LegalStatus,
    Particulars,
    Person,
    Placement,
    PracticeRegistration,
    Relationship,
)


@dataclass(frozen=True)
class Section:
    """``rows`` is the model of a section of many rows; None for one that is filled in once, on the person and the
    particulars. ``one`` says what a row is, in the middle of a sentence."""

    code: str
    title: str
    fields: tuple[str, ...]
    rows: type[Model] | None = None
    one: str = ""


DATES = ("starts_on", "ends_on")
SECTIONS = (
    Section("voice", "Their own words and safe contact", ("own_words", "safe_contact")),
    Section(
        "names",
        "Names and who they are",
        ("given_name", "family_name", "known_as", "pronouns", "date_of_birth", "sex", "gender_identity"),
    ),
    Section("aliases", "Other names", ("name",), Alias, "a name"),
    Section("numbers", "Identifiers", ("nhs_number", "nhs_source", "upn", "upn_source")),
    Section("ethnicity", "Ethnicity", ("ethnicity", "ethnicity_defined_by", "ethnicity_recorded_on")),
    Section("languages", "Languages", ("first_language", "other_languages", "interpreter")),
    Section("disability", "Disability", ("disabilities", "disability_note")),
    Section("people", "Family, important people and adults of concern", ("other_name", "kind", "note", *DATES),
            Relationship, "somebody"),
    Section("statuses", "Legal status", ("kind", "authority", "need", "ended_because", *DATES), LegalStatus,
            "a legal status"),
    Section("placements", "Placements",
            ("kind", "place_name", "authority", "legal_status", "placement_type", "provider", "registration",
             "ended_because", *DATES), Placement, "a placement"),
    Section("return", "For the return of looked-after children",
            ("social_care_number", "upn_unknown", "mother", "own_child_born_on")),
    Section("education", "School and alternative provision",
            ("provision", "place_name", "send", "alongside", *DATES), Education, "a place of education"),
    Section("home", "Home area", ("postcode", "locality", "authority")),
    Section("addresses", "Addresses", ("kind", "lines", "postcode", "kept_apart", "who_may_know", *DATES), Address,
            "an address"),
    Section("gp", "GP practice", ("practice_name", "practice_code", "phone", *DATES), PracticeRegistration,
            "a practice"),
    Section("asked", "What we asked and could not learn", ("asked",)),
)  # fmt: skip
BY_CODE = {section.code: section for section in SECTIONS}
OF_PARTICULARS = frozenset(field.name for field in Particulars._meta.get_fields()) - {"id", "person", "recorded_at"}
Values = dict[str, Any]


def values_of(section: Section, kept: Model, particulars: Particulars | None = None) -> Values:
    """What the section says now: of a row, or of the person and the particulars."""
    beside = particulars or Particulars()
    return {name: getattr(beside if _is_beside(section, name) else kept, name) for name in section.fields}


def _is_beside(section: Section, name: str) -> bool:
    return section.rows is None and name in OF_PARTICULARS


def split(section: Section, values: Mapping[str, Any]) -> tuple[Values, Values]:
    """Of a section that is filled in once: what is the person's, and what stands in the particulars."""
    beside = {name: value for name, value in values.items() if _is_beside(section, name)}
    return {name: value for name, value in values.items() if name not in beside}, beside


def as_json(values: Mapping[str, Any]) -> Values:
    """The values as the history keeps them."""
    kept: Values = json.loads(json.dumps(values, cls=DjangoJSONEncoder))
    return kept


def mark_of(values: Mapping[str, Any]) -> str:
    """A short mark of what was seen; a form carries it, so that a save over something newer is noticed."""
    text = json.dumps(as_json(values), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def section_of(kept: Model) -> Section:
    """The section whose rows are of this model."""
    return next(section for section in SECTIONS if section.rows is type(kept))


def is_of(person: Person, kept: Model) -> bool:
    return getattr(kept, "person_id", None) == person.id
