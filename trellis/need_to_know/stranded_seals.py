"""Seals whose holders have gone: an operator, who reads no record, names somebody who can hold them again.

No page leads here, for none may tell that a sealed record exists. Whoever runs the command answers for it in the log.
"""

from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.row_context import Duty, duty
from trellis.need_to_know.models import Seal, SealHolder
from trellis.need_to_know.seals import FEWEST_AGENCIES, FEWEST_HOLDERS, reached_by_grants
from trellis.need_to_know.services import grant_sight

GRANTED = "Named to hold the seal after its holders had gone"


class NotStranded(ValueError):
    """Two people of two agencies hold this seal and see the record: they change its holders in the pages."""


class Stranded(NamedTuple):
    """A seal that nobody can take off, and those of its holders who can still reach the record."""

    seal: Seal
    left: list[User]


def stranded_seals() -> list[Stranded]:
    """Every seal that is on and could not be taken off, the oldest first."""
    with duty(Duty.SEAL):
        seals = list(Seal.objects.filter(unsealed_at=None).order_by("sealed_at", "id"))
        held = [Stranded(seal, _left(seal)) for seal in seals]
    return [one for one in held if not _enough(one.left)]


@transaction.atomic
def name_holder(*, seal_id: UUID, user: User, why: str) -> Stranded:
    """Let ``user`` hold a stranded seal, and see the record if they did not. ``why`` stands in the log, names nobody.

    Raises NotStranded, also where there is no such seal.
    """
    with duty(Duty.SEAL):
        seal = Seal.objects.select_for_update(of=("self",)).select_related("person").filter(id=seal_id).first()
        if seal is None or seal.unsealed_at or _enough(_left(seal)):
            raise NotStranded
        if not reached_by_grants(seal.person).filter(pk=user.pk).exists():
            grant_sight(person=seal.person, reason=GRANTED, by=None, user=user)
        SealHolder.objects.get_or_create(seal=seal, user=user)
        note(Action.WRITE, "seal holder", object_id=seal.id, children=[seal.person_id], why=why)
        return Stranded(seal, _left(seal))


def _left(seal: Seal) -> list[User]:
    return list(reached_by_grants(seal.person).filter(id__in=seal.holders.values("user")).select_related("agency"))


def _enough(holders: list[User]) -> bool:
    return len(holders) >= FEWEST_HOLDERS and len({user.agency_id for user in holders}) >= FEWEST_AGENCIES
