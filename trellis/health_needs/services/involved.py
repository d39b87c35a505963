"""Health services that are involved with a young person: added, put right, ended."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.once import add_once
from trellis.audit_log.trail import note
from trellis.cases.services import add_chronology_entry
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now, today
from trellis.core.lifecycle import NotAsItStands
from trellis.health_needs.access import check_can_write_health
from trellis.health_needs.models import HealthService, HealthServiceCorrection
from trellis.need_to_know.codes import Coding
from trellis.need_to_know.handling import code_by_default
from trellis.people.models import Person

WHAT = "health service"
TOLD = ("kind", "name", "contact", "what_for", "starts_on")


@transaction.atomic
def add_service(*, person: Person, by: User, key: UUID | None = None, **told: Any) -> HealthService:
    """A service that is involved; ``told``: kind from the list health_service, name, contact, what_for, starts_on.

    Owned by the writer's agency and handled by its rule. Raises Refused, Hidden.
    """
    check_can_write_health(by, person)
    service = HealthService(person=person, agency=by.agency, form_key=key, recorded_by=by, **told)
    service.starts_on = service.starts_on or today()
    code_by_default([service])
    made, is_new = add_once(service, WHAT, person=person.id)
    if is_new:
        add_chronology_entry(
            person=person,
            happened_at=now(),
            kind="health.service",
            title="A health service is involved",
            by=by,
            agency=made.agency,
            coding=Coding.of(made),
            subject=made.id,
        )
    return made


@transaction.atomic
def correct_service(*, service: HealthService, by: User, why: str, **told: Any) -> HealthService:
    """Put what was said of a service right; the old values are kept. Raises Refused, Hidden."""
    check_can_write_health(by, service.person)
    service = HealthService.objects.select_for_update(of=("self",)).select_related("person").get(id=service.id)
    _keep_old(service, told, by, why)
    return service


@transaction.atomic
def end_service(*, service: HealthService, by: User, ends_on: date, because: str) -> HealthService:
    """It is involved no longer. Raises Refused, Hidden; NotAsItStands for a day before it began."""
    check_can_write_health(by, service.person)
    service = HealthService.objects.select_for_update(of=("self",)).select_related("person").get(id=service.id)
    if ends_on < service.starts_on:
        raise NotAsItStands("The service ends on the day it began or later")
    _keep_old(service, {"ends_on": ends_on, "ended_because": because}, by, because or "Ended")
    return service


def _keep_old(service: HealthService, new: dict[str, Any], by: User, why: str) -> None:
    old = {name: getattr(service, name) for name, value in new.items() if getattr(service, name) != value}
    if not old:
        return
    values = {name: value.isoformat() if isinstance(value, date) else value for name, value in old.items()}
    kept = HealthServiceCorrection(service=service, old_values=values, corrected_at=now(), corrected_by=by, why=why)
    insert_rows([kept])
    for name in old:
        setattr(service, name, new[name])
    service.save(update_fields=list(old))
    note(Action.WRITE, WHAT, object_id=service.id, children=[service.person_id])
