"""Keeping a worker from a child's record, whatever was granted to them, and letting them back.

Everything here is written and read on duty: nobody learns from the table who is kept from whom.
"""

import uuid

from django.db import transaction

from trellis.accounts.access import Hidden, Refused
from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.clocks import now
from trellis.core.row_context import Duty, duty
from trellis.need_to_know.access import can_see_person, check_can_keep_apart
from trellis.need_to_know.models import Exclusion
from trellis.people.models import Person

WHAT = "exclusion"


def exclusions_of(user: User, person: Person) -> list[Exclusion]:
    """Who is kept from this record now, for whoever may say so. Raises Refused, Hidden."""
    check_can_keep_apart(user, person)
    with duty(Duty.SEAL):
        rows = Exclusion.objects.filter(person=person, ends_at=None).select_related("user__agency", "recorded_by")
        return list(rows.order_by("starts_at", "id"))


def see_exclusion(user: User, person: Person, exclusion_id: uuid.UUID) -> Exclusion:
    """One of them. Raises Refused, Hidden."""
    found = next((held for held in exclusions_of(user, person) if held.id == exclusion_id), None)
    if found is None:
        raise Hidden(WHAT, exclusion_id)
    return found


@transaction.atomic
def exclude_worker(*, person: Person, user: User, reason: str, by: User) -> Exclusion:
    """Keep a worker from this child's record from now on, whoever grants what. Nothing tells them.

    Raises Refused without EXCLUSION_MANAGE and for oneself (see declare_relation), Hidden without the whole record.
    """
    check_can_keep_apart(by, person)
    if user.pk == by.pk:
        raise Refused("Say yourself that you know this young person: somebody else then lets you back.", WHAT)
    return _exclude(person, user, reason, by)


@transaction.atomic
def declare_relation(*, person: Person, reason: str, by: User) -> Exclusion:
    """A worker says that they know this child or somebody around them: their own sight ends with this.

    Raises Hidden for who does not see the child.
    """
    if not can_see_person(by, person.id):
        raise Hidden("child's record", person.id)
    return _exclude(person, by, reason, by)


def _exclude(person: Person, user: User, reason: str, by: User) -> Exclusion:
    with duty(Duty.SEAL):
        made, _ = Exclusion.objects.get_or_create(
            person=person,
            user=user,
            ends_at=None,
            defaults={"reason": reason, "starts_at": now(), "recorded_by": by},
        )
        note(Action.WRITE, WHAT, object_id=made.id, children=[person.id])
    return made


@transaction.atomic
def end_exclusion(*, exclusion: Exclusion, reason: str, by: User) -> Exclusion:
    """Let the worker see again what is granted to them. Nobody lets themselves back. Raises Refused, Hidden."""
    with duty(Duty.SEAL):
        person = exclusion.person
    check_can_keep_apart(by, person)
    if exclusion.user_id == by.pk:
        raise Refused("Somebody else lets you back.", WHAT, exclusion.id)
    with duty(Duty.SEAL):
        held = Exclusion.objects.select_for_update().get(id=exclusion.id)
        if held.ends_at is None:
            held.ends_at = held.ended_at = now()
            held.ended_by, held.end_reason = by, reason
            held.save(update_fields=["ends_at", "ended_at", "ended_by", "end_reason"])
            note(Action.WRITE, WHAT, object_id=held.id, children=[held.person_id])
    return held
