"""Sealing a record, so that to everybody but its holders it does not exist, and taking the seal off by two people.

A holder still needs a grant: a seal takes sight and never gives any. Whether somebody holds a seal is asked here first;
only then are its rows read, on duty.
"""

import uuid
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from trellis.accounts.access import Hidden, Refused, check_may
from trellis.accounts.models import Membership, User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.clocks import now, today
from trellis.core.protection import Part
from trellis.core.reference_data import limit
from trellis.core.row_context import Duty, duty
from trellis.need_to_know.access import check_can_seal, sees_whole_record, sight_shown
from trellis.need_to_know.models import Exclusion, Grant, Seal, SealHolder, UnsealProposal
from trellis.need_to_know.seeing import sight_of_person
from trellis.people.models import Person

WHAT = "seal"
FEWEST_HOLDERS = 2
FEWEST_AGENCIES = 2


class NotEnoughHolders(ValueError):
    """With these holders two people of two agencies could never take the seal off."""


class SealedAlready(ValueError):
    """The record is sealed, and whoever asks holds the seal."""


class AskedAlready(ValueError):
    """Somebody has proposed to unseal the record, and it waits for a second holder."""


class NothingToAgree(ValueError):
    """The proposal lapsed, was withdrawn or is agreed already."""


def who_sees_whole(person: Person) -> QuerySet[User]:
    """Everybody to whom the whole record is open at this moment. Asked on duty."""
    return User.objects.filter(id__in=sight_of_person(person.id, Part.RECORD).values("user")).order_by("name", "id")


def reached_by_grants(person: Person) -> QuerySet[User]:
    """Everybody to whom the whole record is granted now, by name, team or agency, seal or no seal. Asked on duty."""
    grants = Grant.objects.giving_sight().filter(person=person, parts=[])
    teams = Membership.objects.current().filter(team__in=grants.values("team")).values("user")
    reached = Q(id__in=grants.values("user")) | Q(id__in=teams) | Q(agency__in=grants.values("agency"))
    kept_away = Exclusion.objects.filter(person=person, ends_at=None).values("user")
    return User.objects.filter(reached, is_active=True).exclude(id__in=kept_away).order_by("name", "id")


def can_hold(user: User, person: Person) -> list[User]:
    """Whom the record could be kept to: those who see all of it now. Raises Refused, Hidden."""
    check_can_seal(user, person)
    with duty(Duty.SEAL):
        return list(who_sees_whole(person))


def seal_held(user: User, person: Person) -> Seal | None:
    """The seal on this record, for one of its holders who sees the record; None for everybody else, sealed or not."""
    if Part.RECORD not in sight_shown(user, person):
        return None
    with duty(Duty.SEAL):
        return Seal.objects.filter(person=person, unsealed_at=None, holders__user=user).first()


def see_seal(user: User, person: Person) -> Seal:
    """Raises Hidden for who does not hold it, sealed or not."""
    found = seal_held(user, person)
    if found is None:
        raise Hidden(WHAT, person.id)
    return found


def could_hold(seal: Seal) -> list[User]:
    """Who could join the holders of a seal that the asker holds."""
    with duty(Duty.SEAL):
        held = seal.holders.values("user")
        return list(reached_by_grants(seal.person).exclude(id__in=held))


def holders_of(seal: Seal) -> list[SealHolder]:
    """Who holds a seal that the asker holds."""
    with duty(Duty.SEAL):
        return list(seal.holders.select_related("user__agency").order_by("user__name", "id"))


def waiting_proposal(seal: Seal) -> UnsealProposal | None:
    """The proposal that a second holder may still agree to, of a seal that the asker holds."""
    with duty(Duty.SEAL):
        rows = seal.proposals.filter(agreed_at=None, withdrawn_at=None, lapses_at__gt=now())
        return rows.select_related("proposed_by").first()


@transaction.atomic
def seal_record(*, person: Person, holders: Collection[User], reason: str, by: User) -> Seal:
    """Keep the record to its holders from now on. ``by`` is one of them.

    Raises NotEnoughHolders unless they are of two agencies and all see the whole record; SealedAlready; Refused
    without SEAL_MANAGE, Hidden without the whole record.
    """
    check_can_seal(by, person)
    _check_holders(person, {user.pk: user for user in [by, *holders]}.values())
    with duty(Duty.SEAL):
        made, is_new = Seal.objects.get_or_create(
            person=person, unsealed_at=None, defaults={"reason": reason, "sealed_at": now(), "sealed_by": by}
        )
        if not is_new:
            raise SealedAlready
        for user in {user.pk: user for user in [by, *holders]}.values():
            SealHolder.objects.create(seal=made, user=user, recorded_by=by)
        note(Action.WRITE, WHAT, object_id=made.id, children=[person.id])
    return made


def _check_holders(person: Person, holders: Collection[User]) -> None:
    """Enough of them could take the seal off. Raises NotEnoughHolders."""
    with duty(Duty.SEAL):
        seeing = set(who_sees_whole(person).values_list("pk", flat=True))
    if not {user.pk for user in holders} <= seeing:
        raise NotEnoughHolders("Every holder must be able to see the whole record now: share it with them first")
    if len(holders) < FEWEST_HOLDERS or len({user.agency_id for user in holders}) < FEWEST_AGENCIES:
        raise NotEnoughHolders("Choose somebody of another agency as well: unsealing takes two people of two agencies")


@transaction.atomic
def add_holder(*, seal: Seal, user: User, by: User) -> None:
    """Somebody more keeps their sight. Raises Refused, Hidden, NotEnoughHolders when ``user`` sees nothing to keep."""
    _check_holder(by, seal)
    check_may(by, Permission.SEAL_MANAGE)
    with duty(Duty.SEAL):
        if not reached_by_grants(seal.person).filter(pk=user.pk).exists():
            raise NotEnoughHolders("Share the whole record with them first: a holder keeps sight and is given none")
        SealHolder.objects.get_or_create(seal=seal, user=user, defaults={"recorded_by": by})
        note(Action.WRITE, "seal holder", object_id=seal.id, children=[seal.person_id])


@transaction.atomic
def remove_holder(*, seal: Seal, user: User, by: User) -> None:
    """Somebody keeps their sight no longer; anybody may step out themselves.

    Raises NotEnoughHolders when those who are left could not take the seal off; Refused, Hidden.
    """
    _check_holder(by, seal)
    if user.pk != by.pk:
        check_may(by, Permission.SEAL_MANAGE)
    with duty(Duty.SEAL):
        Seal.objects.select_for_update().get(id=seal.id)
        left = [held.user for held in holders_of(seal) if held.user_id != user.pk]
        if len(left) < FEWEST_HOLDERS or len({user.agency_id for user in left}) < FEWEST_AGENCIES:
            raise NotEnoughHolders("Two people of two agencies must be left: unsealing takes them both")
        SealHolder.objects.filter(seal=seal, user=user).delete()
        note(Action.WRITE, "seal holder", object_id=seal.id, children=[seal.person_id])


@transaction.atomic
def propose_unseal(*, seal: Seal, reason: str, by: User) -> UnsealProposal:
    """A holder asks that the seal be taken off. Raises AskedAlready, Hidden."""
    _check_holder(by, seal)
    moment = now()
    with duty(Duty.SEAL):
        Seal.objects.select_for_update().get(id=seal.id)
        if waiting_proposal(seal):
            raise AskedAlready
        seal.proposals.filter(agreed_at=None, withdrawn_at=None).update(withdrawn_at=moment)
        made = UnsealProposal.objects.create(
            seal=seal,
            reason=reason,
            proposed_at=moment,
            proposed_by=by,
            lapses_at=moment + timedelta(days=limit("seal.agreement", today())),
        )
        note(Action.WRITE, "unseal proposal", object_id=made.id, children=[seal.person_id])
    return made


@transaction.atomic
def agree_unseal(*, proposal: UnsealProposal, by: User) -> Seal:
    """The second holder, of another agency, agrees: the seal is off. Raises Refused, Hidden, NothingToAgree."""
    seal = _locked(proposal, by)
    if proposal.proposed_by.agency_id == by.agency_id:
        raise Refused("Somebody of another agency agrees: unsealing takes two people of two agencies.", WHAT, seal.id)
    with duty(Duty.SEAL):
        proposal.agreed_at = seal.unsealed_at = now()
        proposal.agreed_by = by
        proposal.save(update_fields=["agreed_at", "agreed_by"])
        seal.save(update_fields=["unsealed_at"])
        note(Action.WRITE, WHAT, object_id=seal.id, children=[seal.person_id])
    return seal


@transaction.atomic
def withdraw_proposal(*, proposal: UnsealProposal, by: User) -> None:
    """Whoever proposed takes it back, or another holder says no: the seal stays. Raises Hidden, NothingToAgree."""
    seal = _locked(proposal, by)
    with duty(Duty.SEAL):
        proposal.withdrawn_at, proposal.withdrawn_by = now(), by
        proposal.save(update_fields=["withdrawn_at", "withdrawn_by"])
        note(Action.WRITE, "unseal proposal", object_id=proposal.id, children=[seal.person_id])


def _locked(proposal: UnsealProposal, by: User) -> Seal:
    """The seal of a proposal that still waits, both held until the transaction ends."""
    with duty(Duty.SEAL):
        seal = Seal.objects.select_for_update().get(id=proposal.seal_id)
        proposal.refresh_from_db()
    _check_holder(by, seal)
    if proposal.agreed_at or proposal.withdrawn_at or proposal.lapses_at <= now():
        raise NothingToAgree
    return seal


def _check_holder(user: User, seal: Seal) -> None:
    """Raises Hidden unless the user holds this seal, which is on, and sees the record."""
    with duty(Duty.SEAL):
        holds = SealHolder.objects.filter(seal=seal, seal__unsealed_at=None, user=user).exists()
    if not (holds and sees_whole_record(user, seal.person_id)):
        raise Hidden(WHAT, seal.id)


def proposal_of(seal: Seal, proposal_id: uuid.UUID) -> UnsealProposal:
    """The waiting proposal with this id, of a seal that the asker holds. Raises Hidden."""
    found = waiting_proposal(seal)
    if found is None or found.id != proposal_id:
        raise Hidden("unseal proposal", proposal_id)
    return found
