"""Saying who knows a child, and taking it back."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from trellis.accounts.models import Agency, User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now
from trellis.core.ids import new_id
from trellis.core.protection import Part
from trellis.core.row_context import Duty, duty
from trellis.need_to_know.services import end_sight, grant_sight
from trellis.people.models import Person
from trellis.sharing.access import can_share, check_can_point
from trellis.sharing.lifecycle import ASKED
from trellis.sharing.models import Pointer, PointerRequest
from trellis.sharing.services.told import tell


class RequestsWaiting(ValueError):
    """A pointer through which somebody asked does not end before they have an answer."""


def place_pointer(
    *,
    person: Person,
    agency: Agency,
    by: User,
    told: Collection[Agency] = (),
    contact: User | None = None,
    contact_name: str = "",
    contact_phone: str = "",
    ends_at: datetime | None = None,
    key: uuid.UUID | None = None,
) -> Pointer:
    """Say that ``agency`` knows the child and whom to ask there: a user, or a name and a telephone number.

    ``told``: agencies that see it besides the one that knows. Whoever may not share from the record says it of their
    own agency, and to the hub only. ``key`` becomes its id. Raises Refused.
    """
    check_can_point(by, person, agency)
    names = {agency.id: agency} | ({a.id: a for a in told} if can_share(by, person) else {})
    pointer = Pointer(
        id=key or new_id(),
        person=person,
        child_name=person.name,
        date_of_birth=person.date_of_birth,
        agency=agency,
        agencies=sorted(names),
        contact=contact,
        contact_name=contact_name,
        contact_phone=contact_phone,
        starts_at=now(),
        ends_at=ends_at,
        recorded_by=by,
    )
    try:
        with attempt():
            _place(pointer, list(names.values()))
    except IntegrityError:
        already = Pointer.objects.filter(id=pointer.id, person=person, recorded_by=by).first()
        if already is None:
            raise
        return already
    return pointer


def _place(pointer: Pointer, told: list[Agency]) -> None:
    # The grants come first: through one of them whoever has a part of the record sees what they add.
    for agency in told:
        grant_sight(
            person=pointer.person,
            reason=f"Pointer: known to {pointer.agency}",
            by=pointer.recorded_by,
            agency=agency,
            parts=[Part.POINTER],
            source=pointer.id,
            ends_at=pointer.ends_at,
        )
    insert_rows([pointer])
    _tell(pointer, "sharing.pointer", f"Pointer placed: known to {pointer.agency}", pointer.recorded_by)
    note(Action.WRITE, "pointer", object_id=pointer.id, children=[pointer.person_id])


@transaction.atomic
def end_pointer(*, pointer: Pointer, by: User) -> Pointer:
    """Take a pointer back: nobody it named sees it from the next request on. Raises Refused, RequestsWaiting."""
    check_can_point(by, pointer.person, pointer.agency)
    pointer = Pointer.objects.select_for_update(of=("self",)).select_related("agency", "person").get(id=pointer.id)
    if PointerRequest.objects.filter(pointer=pointer, status=ASKED).exists():
        raise RequestsWaiting("somebody waits for an answer")
    if not pointer.has_ended:
        pointer.ends_at = now()
        pointer.save(update_fields=["ends_at"])
        _tell(pointer, "sharing.pointer", f"Pointer ended: known to {pointer.agency}", by)
        note(Action.WRITE, "pointer", object_id=pointer.id, children=[pointer.person_id], why="ended")
        end_sight(source=pointer.id)
    return pointer


def _tell(pointer: Pointer, kind: str, title: str, by: User) -> None:
    """The hub learns it also from somebody who does not see the chronology."""
    with duty(Duty.INTAKE):
        tell(
            person=pointer.person,
            kind=kind,
            title=title,
            by=by,
            at=now(),
            subject=pointer.id,
            also=pointer.agencies,
        )
