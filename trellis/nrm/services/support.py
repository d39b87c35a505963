"""The guardian of a trafficked child, and the defence of section 45."""

from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction

from trellis.accounts.models import User
from trellis.audit_log.trail import attempt
from trellis.cases.services import add_chronology_entry
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import start_of_day
from trellis.core.revisions import ChangedMeanwhile
from trellis.nrm.access import check_can_record
from trellis.nrm.models import Guardian, Section45
from trellis.nrm.services.saving import NotOpen, note_saved
from trellis.people.models import Person

Made = TypeVar("Made", Guardian, Section45)
GUARDIAN, SECTION_45 = "guardian", "section 45 defence"


@transaction.atomic
def ask_for_guardian(
    *, person: Person, asked_on: date, service: str, by: User, key: UUID | None = None, **told: Any
) -> Guardian:
    """An Independent Child Trafficking Guardian is asked for. ``told``: name, phone, first_contact_on. The same form
    sent again gives back the row it made. Raises Refused; NotOpen while there is one."""
    check_can_record(by, person.id)
    row = Guardian(person=person, asked_on=asked_on, service=service, form_key=key, recorded_by=by, **told)
    made = _add(row, GUARDIAN, "A guardian was asked for already: say there what came of it")
    if made is row:
        _tell(person, "nrm.guardian", "A guardian for trafficked children was asked for", asked_on, by, service)
    return made


@transaction.atomic
def change_guardian(*, guardian: Guardian, after: int, by: User, **told: Any) -> Guardian:
    """What came of asking: service, name, phone, first_contact_on, ended_on, ended_why. Raises Refused,
    ChangedMeanwhile."""
    check_can_record(by, guardian.person_id)
    met, ended = guardian.first_contact_on, guardian.ended_on
    if not _save(guardian, after, **told):
        return guardian
    note_saved(guardian.id, guardian.person_id, GUARDIAN)
    if guardian.first_contact_on and guardian.first_contact_on != met:
        _tell(guardian.person, "nrm.guardian", "The guardian met the young person", guardian.first_contact_on, by)
    if guardian.ended_on and guardian.ended_on != ended:
        _tell(guardian.person, "nrm.guardian", "The guardian's part ended", guardian.ended_on, by, guardian.ended_why)
    return guardian


@transaction.atomic
def consider_section_45(
    *, person: Person, matter: str, considered_on: date, by: User, key: UUID | None = None, **told: Any
) -> Section45:
    """Whether the defence applies was considered in one matter. ``told``: raised, solicitor_told, cps_told, schedule_4,
    used_in_court, outcome, outcome_on. The same form sent again gives back the row it made. Raises Refused."""
    check_can_record(by, person.id)
    row = Section45(person=person, matter=matter, considered_on=considered_on, form_key=key, recorded_by=by, **told)
    made = _add(row, SECTION_45, "This was recorded already")
    if made is row:
        _tell(person, "nrm.section_45", "The section 45 defence was considered", considered_on, by, matter)
    return made


@transaction.atomic
def change_section_45(*, defence: Section45, after: int, by: User, **told: Any) -> Section45:
    """What became of it. Raises Refused, ChangedMeanwhile."""
    check_can_record(by, defence.person_id)
    before = defence.outcome
    if not _save(defence, after, **told):
        return defence
    note_saved(defence.id, defence.person_id, SECTION_45)
    if defence.outcome != before:
        on = defence.outcome_on or defence.considered_on
        said = f"Section 45: {defence.get_outcome_display().lower()}"
        _tell(defence.person, "nrm.section_45", said, on, by, defence.matter)
    return defence


def _add(row: Made, what: str, otherwise: str) -> Made:
    """Store a new row once for its form; a second one where one is allowed raises NotOpen."""
    try:
        with attempt():
            insert_rows([row])
            note_saved(row.id, row.person_id, what)
    except IntegrityError:
        rows = type(row)._default_manager.filter(form_key=row.form_key, recorded_by=row.recorded_by)
        already = rows.first() if row.form_key else None
        if already is None:
            raise NotOpen(otherwise) from None
        return already
    return row


def _save(row: Guardian | Section45, after: int, **values: Any) -> bool:
    """Write over revision ``after``; False when the same was written already. Raises ChangedMeanwhile."""
    try:
        row.save_over(after, **values)
    except ChangedMeanwhile as meanwhile:
        if any(getattr(meanwhile.now, name) != value for name, value in values.items()):
            raise
        return False
    return True


def _tell(person: Person, kind: str, title: str, on: date | datetime, by: User, body: str = "") -> None:
    happened_at = on if isinstance(on, datetime) else start_of_day(on)
    add_chronology_entry(person=person, happened_at=happened_at, kind=kind, title=title, body=body, by=by)
