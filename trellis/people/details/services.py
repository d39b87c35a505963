"""Saving what is known of a person: one section or one row at a time, with what it said before.

Whoever saves a person's details next waits for this transaction: the person's row is the lock of them all.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model

from trellis.accounts.access import Refused, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now, today
from trellis.core.ids import new_id
from trellis.core.revisions import ChangedMeanwhile
from trellis.people.completeness import BY_CODE, Answer
from trellis.people.details.sections import BY_CODE as SECTION_OF
from trellis.people.details.sections import Section, Values, as_json, is_of, mark_of, split, values_of
from trellis.people.models import (
    Address,
    AddressKind,
    Particulars,
    Person,
    PersonChange,
    Relationship,
    RelationshipChange,
)

HOME_AREA = SECTION_OF["home"]
MOVED = "A home address was recorded"


class Overlaps(ValueError):
    """The dates overlap with a row of the same kind that is there already."""

    def __init__(self) -> None:
        super().__init__("These dates overlap with what is recorded already: end that first, or change the dates")


@transaction.atomic
def change_details(
    *, person: Person, section: Section, values: Mapping[str, Any], seen: str, why: str, by: User
) -> bool:
    """Save a section that is filled in once. ``seen``: ``mark_of`` what the writer had before them. False when it says
    so already. Raises ChangedMeanwhile, Refused."""
    check_may(by, Permission.PERSON_EDIT)
    person = locked(person)
    particulars = Particulars.objects.filter(person=person).first()
    old = values_of(section, person, particulars)
    if not _is_news(person, old, values, seen):
        return False
    of_person, beside = split(section, values)
    if of_person:
        _give(person, of_person)
    if beside:
        _give_beside(person, particulars, beside)
    _keep(person, section, person.id, old, values, why, by)
    return True


@transaction.atomic
def add_row(
    *, person: Person, section: Section, values: Mapping[str, Any], key: uuid.UUID, why: str, by: User
) -> Model:
    """Add a row. ``key`` becomes its id, so that one form sent many times makes one row. Raises Overlaps, Refused."""
    check_may(by, Permission.PERSON_EDIT)
    assert section.rows
    person = locked(person)
    already = section.rows._default_manager.filter(pk=key, person=person).first()
    if already:
        return already
    row = section.rows(pk=key, person=person, **values)
    _store(row)
    _keep(person, section, key, {}, values, why, by, row)
    _move_home(person, row, why, by)
    return row


@transaction.atomic
def change_row(
    *, person: Person, section: Section, row: Model, values: Mapping[str, Any], seen: str, why: str, by: User
) -> bool:
    """Put a row right, or end it. False when it says so already. Raises ChangedMeanwhile, Overlaps, Refused."""
    check_may(by, Permission.PERSON_EDIT)
    if not is_of(person, row):
        raise Refused("This is not a row of this record.", "child's record", person.id)
    person = locked(person)
    row = type(row)._default_manager.get(pk=row.pk)
    old = values_of(section, row)
    if not _is_news(row, old, values, seen):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    _store(row, update_fields=[*values, *_also_saved(row)])
    _keep(person, section, row.pk, old, values, why, by, row)
    _move_home(person, row, why, by)
    return True


@transaction.atomic
def record_asked(
    *, person: Person, section: Section, outcomes: Mapping[str, str], seen: str, why: str, by: User
) -> bool:
    """What came of asking about what is not recorded: a question's code to an Answer. The day is kept as long as the
    answer stays. Raises ChangedMeanwhile, Refused; KeyError for a question there is not."""
    particulars = Particulars.objects.filter(person=locked(person)).first()
    before = particulars.asked if particulars else {}
    asked = dict(before)
    for code, outcome in outcomes.items():
        BY_CODE[code]
        if outcome == Answer.NOT_ASKED:
            asked.pop(code, None)
        elif before.get(code, {}).get("outcome") != outcome:
            asked[code] = {"outcome": str(Answer(outcome)), "on": today().isoformat()}
    return change_details(person=person, section=section, values={"asked": asked}, seen=seen, why=why, by=by)


def _move_home(person: Person, row: Model, why: str, by: User) -> None:
    """The home area follows a home address: its postcode and, in another postcode district, no locality until somebody
    says which it is now. An address that is kept apart tells nothing, and one that has ended changes nothing."""
    if not isinstance(row, Address) or row.kind != AddressKind.HOME or row.kept_apart:
        return
    if not row.postcode or row.postcode == person.postcode or not row.holds_on(today()):
        return
    now_said = values_of(HOME_AREA, person)
    moved = {**now_said, "postcode": row.postcode}
    if person.postcode and district(row.postcode) != district(person.postcode):
        moved["locality"] = ""
    change_details(person=person, section=HOME_AREA, values=moved, seen=mark_of(now_said), why=why or MOVED, by=by)


def district(postcode: str) -> str:
    """``M14`` of ``M140AA``."""
    return postcode[:-3]


def locked(person: Person) -> Person:
    return Person.objects.select_for_update(of=("self",), no_key=True).get(id=person.id)


def _is_news(kept: Model, old: Values, values: Mapping[str, Any], seen: str) -> bool:
    if as_json(old) == as_json(values):
        return False
    if mark_of(old) != seen:
        raise ChangedMeanwhile(kept)
    return True


def _give(person: Person, values: Values) -> None:
    for name, value in values.items():
        setattr(person, name, value)
    person.save(update_fields=[*values, "search_key"])


def _give_beside(person: Person, particulars: Particulars | None, values: Values) -> None:
    if particulars is None:
        insert_rows([Particulars(person=person, **values)])
    else:
        Particulars.objects.filter(pk=particulars.pk).update(**values)


def _also_saved(row: Model) -> list[str]:
    return ["search_key"] if hasattr(row, "search_key") else []


def _store(row: Model, **options: Any) -> None:
    """Save a row; the database says whether its dates overlap."""
    try:
        with attempt():
            row.save(**options) if options else row.save(force_insert=True)
    except IntegrityError as refused:
        if "exclusion" not in str(refused):
            raise
        raise Overlaps from None


def _keep(
    person: Person,
    section: Section,
    subject: uuid.UUID,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    why: str,
    by: User,
    row: Model | None = None,
) -> None:
    """The history's row, with those fields that changed, and the event in the log."""
    before, after = as_json(old), as_json(new)
    changed = [name for name in after if name not in before or before[name] != after[name]]
    told = {
        "id": new_id(),
        "section": section.code,
        "subject": subject,
        "old": {name: before[name] for name in changed if name in before},
        "new": {name: after[name] for name in changed},
        "why": why,
        "changed_at": now(),
        "changed_by": by,
    }
    if isinstance(row, Relationship):
        insert_rows([RelationshipChange(relationship=row, **told)])
    else:
        insert_rows([PersonChange(person=person, **told)])
    note(Action.WRITE, "child's details", object_id=subject, children=[person.id])
