"""Reads for the details of a child: what is recorded, what is not known yet, and how it changed."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Model

from trellis.accounts.access import Hidden
from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.clocks import london_date, today
from trellis.core.reference_data import limit
from trellis.need_to_know.access import visible_to
from trellis.people.completeness import Completeness, completeness
from trellis.people.details.sections import SECTIONS, Section, Values, values_of
from trellis.people.models import (
    Address,
    DefinedBy,
    Education,
    Particulars,
    Person,
    PersonChange,
    Placement,
    PracticeRegistration,
    Relationship,
    RelationshipChange,
    RelationshipKind,
    SendSupport,
)

NOT_OBTAINED = "NOBT"
AT_HOME = {RelationshipKind.PARENT, RelationshipKind.CARER, RelationshipKind.SIBLING, RelationshipKind.TWIN}
AnyChange = PersonChange | RelationshipChange
ASK_AGAIN = "people.ethnicity_asked_again"


@dataclass(frozen=True)
class Around:
    """What the overview needs of the details: people, places and what was asked, as far as the reader may see."""

    person: Person
    particulars: Particulars | None
    relationships: list[Relationship]
    education: list[Education]
    placements: list[Placement]
    practices: list[PracticeRegistration]

    @cached_property
    def completeness(self) -> Completeness:
        return completeness(frozenset(self._recorded()), self.particulars.asked if self.particulars else {})

    @property
    def place(self) -> Placement | None:
        return next((placement for placement in self.placements if placement.holds_on(today())), None)

    @property
    def practice(self) -> PracticeRegistration | None:
        return next((practice for practice in self.practices if practice.holds_on(today())), None)

    @property
    def is_out_of_area(self) -> bool:
        """Placed in another authority than the one the child belongs to."""
        return self.place is not None and self.place.authority != self.person.authority

    def _recorded(self) -> Iterator[str]:
        person, beside = self.person, self.particulars or Particulars()
        kinds = {relationship.kind for relationship in self.relationships if relationship.holds_on(today())}
        place = next((place for place in self.education if place.holds_on(today())), None)
        answers = {
            "own_words": person.own_words,
            "safe_contact": person.safe_contact,
            "pronouns": person.pronouns,
            "gender_identity": beside.gender_identity,
            "ethnicity": person.ethnicity != NOT_OBTAINED,
            "ethnicity_defined_by": person.ethnicity_defined_by != DefinedBy.UNKNOWN,
            "language": beside.first_language,
            "interpreter": beside.interpreter,
            "disability": beside.disabilities,
            "family": kinds & AT_HOME,
            "trusted_adult": RelationshipKind.TRUSTED_ADULT in kinds,
            "education": place,
            "send": place and place.send != SendSupport.NOT_KNOWN,
            "gp": self.practice,
            "nhs_number": person.nhs_number,
            "upn": beside.upn,
            "locality": person.locality,
        }
        yield from (code for code, answer in answers.items() if answer)


def around(user: User, person: Person) -> Around:
    """What is recorded around a person whom ``user`` may see; rows of parts that are closed to them stay out."""
    return Around(
        person=person,
        particulars=visible_to(user, Particulars).filter(person=person).first(),
        relationships=list(visible_to(user, Relationship).filter(person=person).order_by("starts_on", "id")),
        education=list(visible_to(user, Education).filter(person=person).order_by("alongside", "-starts_on", "id")),
        placements=list(visible_to(user, Placement).filter(person=person).order_by("-starts_on", "id")),
        practices=list(visible_to(user, PracticeRegistration).filter(person=person).order_by("-starts_on", "id")),
    )


def rows_by_section(user: User, found: Around) -> dict[str, list[Any]]:
    """By section, its rows, the latest first; one query for each section that ``around`` did not ask."""
    known: dict[str, list[Any]] = {
        "people": found.relationships,
        "education": found.education,
        "placements": found.placements,
        "gp": found.practices,
    }
    others = [section for section in SECTIONS if section.rows and section.code not in known]
    return known | {section.code: rows_of(user, found.person, section) for section in others}


def rows_of(user: User, person: Person, section: Section) -> list[Any]:
    assert section.rows
    order = "-starts_on" if "starts_on" in section.fields else "recorded_at"
    return list(visible_to(user, section.rows).filter(person=person).order_by(order, "id"))


def see_row(user: User, person: Person, section: Section, row_id: uuid.UUID) -> Model:
    """A row of this person that the user may see. Raises Hidden."""
    found = visible_to(user, section.rows).filter(person=person, id=row_id).first() if section.rows else None
    if found is None:
        raise Hidden("child's details", row_id)
    return found


def seen_now(kept: Model, section: Section) -> Values:
    """What a section says now: of the person, or of a row, read anew."""
    fresh = type(kept)._default_manager.get(pk=kept.pk)
    if section.rows:
        return values_of(section, fresh)
    return values_of(section, fresh, Particulars.objects.filter(person=kept.pk).first())


def see_address(user: User, person: Person, row_id: uuid.UUID) -> Address:
    """An address of this person, and a mark of its own in the log. Raises Hidden."""
    found = visible_to(user, Address).filter(person=person, id=row_id).first()
    if found is None:
        raise Hidden("address kept apart", row_id)
    note(Action.READ, "address kept apart", object_id=row_id, children=[person.id])
    return found


def addresses_apart(user: User, person: Person) -> frozenset[uuid.UUID]:
    rows = visible_to(user, Address).filter(person=person, kept_apart=True)
    return frozenset(rows.values_list("id", flat=True))


def history_of(user: User, person: Person) -> list[AnyChange]:
    """Every change of a person's details that the user may see, the latest first."""
    own = visible_to(user, PersonChange).filter(person=person).select_related("changed_by__agency")
    others = visible_to(user, RelationshipChange).filter(relationship__person=person)
    changes: list[AnyChange] = [*own, *others.select_related("changed_by__agency", "relationship")]
    return sorted(changes, key=lambda change: (change.changed_at, str(change.id)), reverse=True)


def ethnicity_due_on(person: Person, particulars: Particulars | None) -> date | None:
    """The day by which ethnicity is to be asked again; None once it is recorded or refused."""
    if person.ethnicity != NOT_OBTAINED:
        return None
    asked = (particulars.asked if particulars else {}).get("ethnicity")
    since = date.fromisoformat(asked["on"]) if asked else london_date(person.recorded_at)
    return since + timedelta(days=limit(ASK_AGAIN, today()))
