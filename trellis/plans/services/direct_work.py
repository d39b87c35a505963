"""Direct work: planned, attempted, held or cancelled. One that was held stands in the chronology."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.once import add_once
from trellis.cases.services import add_chronology_entry
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now
from trellis.core.lifecycle import NotAsItStands
from trellis.core.presenters import moment
from trellis.need_to_know.access import kept_from
from trellis.people.models import Person
from trellis.plans.lifecycle import ATTEMPTED, DIRECT_WORK, HELD, PLANNED
from trellis.plans.models import DirectWork, DirectWorkMove, Plan
from trellis.plans.services.saving import note_saved, save_once

MET = (ATTEMPTED, HELD)


@transaction.atomic
def plan_direct_work(
    *, person: Person, kind: str, planned_at: datetime, worker: User, by: User, key: UUID | None = None, where: str = ""
) -> DirectWork:
    """A time (aware) to spend with the young person. Raises Refused; NotAsItStands for a worker kept from them."""
    check_may(by, Permission.PLAN_WRITE)
    _check_may_work(worker, person)
    direct_work = DirectWork(
        person=person,
        plan=Plan.objects.filter(person=person).open().first(),
        kind=kind,
        planned_at=planned_at,
        worker=worker,
        where=where,
        form_key=key,
        recorded_by=by,
    )
    first = DirectWorkMove(direct_work=direct_work, new=PLANNED, moved_at=now(), moved_by=by)
    return add_once(direct_work, "direct work", first, person=person.id)[0]


@transaction.atomic
def record_direct_work(
    *,
    direct_work: DirectWork,
    new: str,
    after: int,
    by: User,
    happened_at: datetime | None = None,
    seen_alone: bool | None = None,
    why: str = "",
    **told: str,
) -> DirectWork:
    """How direct work went: attempted or held at ``happened_at`` (aware), or cancelled. ``told``: where, with_whom,
    childs_words, what_happened; one that was held says whether they were seen alone.

    Raises Refused, MoveNotAllowed, NotAsItStands, ChangedMeanwhile.
    """
    check_may(by, Permission.PLAN_WRITE)
    direct_work.refresh_from_db()
    old = direct_work.status
    if direct_work.revision == after:
        DIRECT_WORK.check_move(old, new)
    _check_told(new, happened_at, seen_alone)
    values = {"happened_at": happened_at, **told} if new in MET else {}
    alone = {"seen_alone": seen_alone} if new == HELD else {}
    if save_once(direct_work, after, status=new, **values, **alone):
        insert_rows([DirectWorkMove(direct_work=direct_work, old=old, new=new, moved_at=now(), moved_by=by, why=why)])
        note_saved("direct work", direct_work, direct_work.person_id)
        if new == HELD:
            _tell(direct_work, by)
    return direct_work


@transaction.atomic
def move_direct_work(
    *, direct_work: DirectWork, planned_at: datetime, worker: User, after: int, by: User, where: str = "", why: str = ""
) -> DirectWork:
    """What is planned takes place at another time (aware), elsewhere or with somebody else. Its status stays; when it
    was to be before, and why it moved, is kept as a move.

    Raises Refused; NotAsItStands once it took place or was cancelled, and for a worker kept from the young person;
    ChangedMeanwhile.
    """
    check_may(by, Permission.PLAN_WRITE)
    direct_work.refresh_from_db()
    if direct_work.revision == after and direct_work.status != PLANNED:
        raise NotAsItStands("This is no longer planned: say anew what is planned instead")
    _check_may_work(worker, direct_work.person)
    told = f"It was to be on {moment(direct_work.planned_at)} with {direct_work.worker.name}. {why}".strip()
    if save_once(direct_work, after, planned_at=planned_at, worker_id=worker.id, where=where):
        move = DirectWorkMove(direct_work=direct_work, old=PLANNED, new=PLANNED, moved_at=now(), moved_by=by, why=told)
        insert_rows([move])
        note_saved("direct work", direct_work, direct_work.person_id)
    return direct_work


def _check_may_work(worker: User, person: Person) -> None:
    if kept_from(worker, [person.id]):
        raise NotAsItStands("This worker cannot work with this young person. Choose somebody else")


def _check_told(new: str, happened_at: datetime | None, seen_alone: bool | None) -> None:
    if new in MET and happened_at is None:
        raise NotAsItStands("Say when it was")
    if new == HELD and seen_alone is None:
        raise NotAsItStands("Say whether you saw them alone")


def _tell(direct_work: DirectWork, by: User) -> None:
    said = f"“{direct_work.childs_words}”" if direct_work.childs_words else ""
    add_chronology_entry(
        person=direct_work.person,
        happened_at=direct_work.happened_at or now(),
        kind="direct_work",
        title=f"{direct_work.get_kind_display()}, {'seen alone' if direct_work.seen_alone else 'not seen alone'}",
        body="\n\n".join(filter(None, (direct_work.what_happened, said))),
        by=by,
        subject=direct_work.id,
    )


@transaction.atomic
def record_direct_work_done(
    *, person: Person, kind: str, new: str, happened_at: datetime, by: User, key: UUID | None = None, **told: Any
) -> DirectWork:
    """Direct work nobody had planned, by whoever records it: attempted or held. ``told`` as for record_direct_work."""
    made = plan_direct_work(person=person, kind=kind, planned_at=happened_at, worker=by, by=by, key=key)
    if made.status != PLANNED:
        return made
    return record_direct_work(direct_work=made, new=new, after=made.revision, by=by, happened_at=happened_at, **told)
