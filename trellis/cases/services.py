"""What workers do with a case: open, allocate and close it, say what happened.

Every service is one transaction that holds the change, its status row, its chronology entry and its audit event.
"""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from trellis.accounts.access import Refused, check_may
from trellis.accounts.models import Agency, User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note, note_written
from trellis.cases.access import check_can_correct, check_can_recode
from trellis.cases.chronology import KINDS, NOTE, part_told
from trellis.cases.closing import AFTER, check_ready_to_close
from trellis.cases.lifecycle import CASE, CLOSED, OPEN
from trellis.cases.models import Allocation, Case, CaseMove, ChronologyEntry, EntryRecoding, RawText, Significance
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now, today
from trellis.core.ids import new_id
from trellis.need_to_know.access import kept_from
from trellis.need_to_know.codes import CodeBook, Coding
from trellis.need_to_know.handling import code_by_default
from trellis.need_to_know.protective_marking import check_marking
from trellis.need_to_know.services import HUB, MANAGEMENT, end_sight, grant_sight
from trellis.people.models import Person


class AlreadyCorrected(ValueError):
    """Somebody else corrected this entry first."""

    def __init__(self) -> None:
        super().__init__("This entry was corrected meanwhile. Change the handling of its correction instead")


class RecodedMeanwhile(ValueError):
    """Somebody else changed the handling of this entry first."""

    def __init__(self) -> None:
        super().__init__("Somebody changed the handling first. Look at what it is now, then decide again")


def add_chronology_entry(
    *,
    person: Person,
    happened_at: datetime,
    kind: str,
    title: str,
    by: User | None,
    agency: Agency | None = None,
    body: str = "",
    significance: int = Significance.ROUTINE,
    subject: uuid.UUID | None = None,
    supersedes: ChronologyEntry | None = None,
    id: uuid.UUID | None = None,
    coding: Coding | None = None,
    lawful_basis: str = "",
    purpose: str = "",
) -> ChronologyEntry:
    """Say what happened (``happened_at``, aware). ``agency`` defaults to the writer's own, ``coding`` to that agency's
    rule. Raises KeyError for a kind nobody registered.
    """
    terms = {"lawful_basis": lawful_basis, "purpose": purpose}
    entry = ChronologyEntry(
        id=id or new_id(),
        person=person,
        happened_at=happened_at,
        kind=kind,
        title=title,
        body=body,
        significance=significance,
        agency=agency or writers_agency(by),
        subject=subject,
        supersedes=supersedes,
        recorded_by=by,
        **{name: code for name, code in terms.items() if code},
    )
    if coding:
        coding.put_on(entry)
    add_chronology_entries([entry])
    return entry


def writers_agency(by: User | None) -> Agency:
    """Whose entry it is when nobody else is named: the writer's agency, or children's social care."""
    return by.agency if by else Agency.objects.get(code="social_care")


def add_chronology_entries(entries: Sequence[ChronologyEntry]) -> None:
    """Say what happened, many at once: unsaved entries with their agency. Raises KeyError for an unknown kind."""
    for entry in entries:
        KINDS[entry.kind]
        entry.about = part_told(entry.kind)
    code_by_default(entries)
    insert_rows(entries)
    note_written("chronology entry", entries)


def add_note(
    *, person: Person, by: User, key: uuid.UUID | None = None, raw: str = "", kind: str = NOTE, **written: Any
) -> ChronologyEntry:
    """A worker's own entry, of one of the kinds WRITTEN. ``written``: happened_at (aware), title, body,
    significance, coding, lawful_basis, purpose; ``raw``: what the source said word for word, kept apart for the
    writer's own agency.

    ``key`` becomes the entry's id, so that one form sent many times makes one entry. Raises Refused without
    CHRONOLOGY_WRITE, MarkedTooHigh.
    """
    check_may(by, Permission.CHRONOLOGY_WRITE)
    check_marking(written["title"], written.get("body", ""), raw)
    try:
        with attempt():
            entry = add_chronology_entry(person=person, kind=kind, by=by, id=key, **written)
            keep_raw_text(entry, raw)
            return entry
    except IntegrityError:
        already = ChronologyEntry.objects.filter(id=key or new_id(), person=person, recorded_by=by).first()
        if already is None:
            raise
        return already


def correct_note(*, entry: ChronologyEntry, by: User, key: uuid.UUID | None = None, **written: Any) -> ChronologyEntry:
    """Put a note right: a new entry that supersedes it, the old one kept, with what its source said unless said anew.

    Both are handled by the stricter of the old and the new coding; opening it further is a recoding. Raises
    AlreadyCorrected when another correction came first; Refused, MarkedTooHigh.
    """
    check_can_correct(by, entry)
    entry = locked(entry)
    book, old = CodeBook(), Coding.of(entry)
    coding = book.stricter(old, written.get("coding") or old, entry.agency_id)
    kept = {"kind": entry.kind, "raw": raw_text_of(entry), "lawful_basis": entry.lawful_basis, "purpose": entry.purpose}
    written = {**kept, **{name: value for name, value in written.items() if value != ""}}
    try:
        with attempt():
            made = add_note(person=entry.person, by=by, key=key, supersedes=entry, **{**written, "coding": coding})
    except IntegrityError:
        raise AlreadyCorrected from None
    for version in [entry, *earlier_versions(entry)]:
        give_coding(version, book.stricter(Coding.of(version), coding, entry.agency_id), by, "A correction is stricter")
    return made


@transaction.atomic
def recode_entry(
    *, entry: ChronologyEntry, coding: Coding, why: str, by: User, after: uuid.UUID | None
) -> ChronologyEntry:
    """Say anew how an entry that stands is handled, from this moment on. What it said before a correction follows where
    that is stricter and is opened no further. ``after``: the last recoding that whoever asks had seen.

    Raises Refused; AlreadyCorrected, RecodedMeanwhile when somebody was first.
    """
    check_can_recode(by, entry)
    entry = locked(entry)
    if ChronologyEntry.objects.filter(supersedes=entry).exists():
        raise AlreadyCorrected
    if after != last_recoding(entry):
        raise RecodedMeanwhile
    book = CodeBook()
    for version in earlier_versions(entry):
        give_coding(version, book.stricter(Coding.of(version), coding, entry.agency_id), by, why)
    give_coding(entry, coding, by, why)
    return entry


def locked(entry: ChronologyEntry) -> ChronologyEntry:
    """The entry as it is now; who corrects or recodes it next waits for this transaction."""
    entries = ChronologyEntry.objects.select_for_update(of=("self",))
    return entries.select_related("agency", "person").get(id=entry.id)


def last_recoding(entry: ChronologyEntry) -> uuid.UUID | None:
    return entry.recodings.order_by("-recorded_at").values_list("id", flat=True).first()


def earlier_versions(entry: ChronologyEntry) -> list[ChronologyEntry]:
    """What the entry said before each of its corrections, latest first."""
    versions, older = [], entry.supersedes_id
    while older:
        version = ChronologyEntry.objects.get(id=older)
        versions.append(version)
        older = version.supersedes_id
    return versions


def give_coding(entry: ChronologyEntry, coding: Coding, by: User, why: str) -> None:
    """Change the three columns that may change, and keep what they were; nothing when they are so already."""
    old = Coding.of(entry)
    if coding == old:
        return
    insert_rows([EntryRecoding(entry=entry, old=old.as_json(), new=coding.as_json(), recorded_by=by, why=why)])
    coding.put_on(entry)
    entry.save(update_fields=ChronologyEntry.changeable)
    note(Action.WRITE, "handling of an entry", object_id=entry.id, children=[entry.person_id])


def keep_raw_text(entry: ChronologyEntry, text: str) -> None:
    """Keep a source's own words beside an entry, for the agency that owns it."""
    if text.strip():
        insert_rows([RawText(entry=entry, agency_id=entry.agency_id, text=text)])
        note(Action.WRITE, "source's own words", object_id=entry.id, children=[entry.person_id])


def raw_text_of(entry: ChronologyEntry) -> str:
    return RawText.objects.filter(entry=entry).values_list("text", flat=True).first() or ""


@transaction.atomic
def open_case(*, person: Person, why: str, by: User | None, opened_on: date | None = None) -> Case:
    """Open a case, or give back the one already open."""
    already = person.cases.open().first()
    if already:
        return already
    opened_on = opened_on or today()
    case = Case.objects.create(person=person, opened_on=opened_on, reference=f"CSH-{uuid.uuid4().hex[:8].upper()}")
    CaseMove.objects.create(case=case, new=OPEN, moved_at=now(), moved_by=by, why=why)
    add_chronology_entry(
        person=person,
        happened_at=now(),
        kind="case.opened",
        title="Case opened",
        body=why,
        significance=Significance.NOTABLE,
        by=by,
        subject=case.id,
    )
    for team in (HUB, MANAGEMENT):
        grant_sight(person=person, team=team, reason="Open case", by=by, source=case.id)
    note(Action.WRITE, "case", object_id=case.id, children=[person.id])
    return case


@transaction.atomic
def allocate_case(*, case: Case, worker: User, by: User, part: str = Allocation.Part.LEAD) -> Allocation:
    """Give the case a worker from today, in one part: a joint worker who leads from now on is a joint worker no longer.
    The lead worker before them steps back.

    Raises Refused: nobody is given a case whose young person they are kept from, and no case is left without its lead.
    """
    check_may(by, Permission.CASE_ALLOCATE)
    if kept_from(worker, [case.person_id]):
        raise Refused("This worker cannot work with this young person. Choose somebody else.", "case", case.id)
    leads = Q(part=Allocation.Part.LEAD)
    if part != Allocation.Part.LEAD and case.allocations.current().filter(leads, worker=worker).exists():
        raise Refused("They lead this case. Give it another lead worker first.", "case", case.id)
    replaced = Q(worker=worker) | leads if part == Allocation.Part.LEAD else Q(worker=worker)
    for past in case.allocations.current().filter(replaced).select_for_update():
        past.ends_on = today()
        past.save(update_fields=["ends_on"])
        end_sight(source=past.id)
    made = Allocation.objects.create(case=case, worker=worker, part=part, starts_on=today())
    grant_sight(person=case.person, user=worker, reason=f"{made.get_part_display()} of {case}", by=by, source=made.id)
    add_chronology_entry(
        person=case.person,
        happened_at=now(),
        kind="case.allocated",
        title=f"{worker.name} became {made.get_part_display().lower()}",
        by=by,
        subject=made.id,
    )
    note(Action.WRITE, "allocation", object_id=made.id, children=[case.person_id])
    return made


@transaction.atomic
def end_allocations(*, person: Person, worker: User, by: User | None) -> bool:
    """A worker works this child's open case no longer; what was granted for it ends. Whether they led it.

    Asked on duty, by whoever has the right to take them off.
    """
    held = Allocation.objects.current().filter(case__person=person, case__status=OPEN, worker=worker)
    ending = list(held.select_for_update(of=("self",)))
    for allocation in ending:
        allocation.ends_on = today()
        allocation.save(update_fields=["ends_on"])
        add_chronology_entry(
            person=person,
            happened_at=now(),
            kind="case.allocated",
            title=f"{worker.name} stepped back as {allocation.get_part_display().lower()}",
            by=by,
            subject=allocation.id,
        )
        end_sight(source=allocation.id)
        note(Action.WRITE, "allocation", object_id=allocation.id, children=[person.id])
    return any(allocation.part == Allocation.Part.LEAD for allocation in ending)


@transaction.atomic
def close_case(*, case: Case, reason: str, why: str, by: User) -> Case:
    """Close the case with a reason from the closure list; sight given for it ends.

    Raises Refused; MoveNotAllowed; NotReadyToClose while something of it is going on.
    """
    check_may(by, Permission.CASE_CLOSE)
    case = Case.objects.select_for_update(of=("self",)).select_related("person").get(id=case.id)
    CASE.check_move(case.status, CLOSED)
    check_ready_to_close(case, reason)
    CaseMove.objects.create(case=case, old=case.status, new=CLOSED, moved_at=now(), moved_by=by, why=why)
    case.status, case.closed_on, case.closure_reason = CLOSED, today(), reason
    case.save(update_fields=["status", "closed_on", "closure_reason"])
    for allocation in case.allocations.current():
        allocation.ends_on = today()
        allocation.save(update_fields=["ends_on"])
        end_sight(source=allocation.id)
    add_chronology_entry(
        person=case.person,
        happened_at=now(),
        kind="case.closed",
        title="Case closed",
        body=why,
        significance=Significance.NOTABLE,
        by=by,
        subject=case.id,
    )
    for follows in AFTER:
        follows(case, by)
    end_sight(source=case.id)
    note(Action.WRITE, "case", object_id=case.id, children=[case.person_id])
    return case
