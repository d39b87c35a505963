"""What follows from keeping a worker from a record or sealing it: their allocation ends, whoever must know is told."""

from collections.abc import Callable, Collection

from django.db import transaction

from trellis.accounts.models import User
from trellis.cases.notices import managers_of, tell, those_who_answer_for
from trellis.cases.services import end_allocations
from trellis.core.row_context import Duty, duty
from trellis.need_to_know import exclusions, seals
from trellis.need_to_know.models import Seal, UnsealProposal
from trellis.people.models import Person

NO_LEAD = "Nobody leads this case now. Choose a new lead worker."
DECLARED = "A worker knows this young person outside work and no longer sees the record."
PROPOSED = "Somebody proposes to unseal this record. It takes your answer."
UNSEALED = "The seal on this record was taken off by two people."
SEALED = "This record is sealed now, and you are one of those who see it."
WHEN_SEALED: list[Callable[[Person, User], None]] = []


def register_when_sealed(step: Callable[[Person, User], None]) -> None:
    """Let an app take back what it gave out of a record, in the transaction that seals it."""
    WHEN_SEALED.append(step)


@transaction.atomic
def keep_worker_from(*, person: Person, user: User, reason: str, by: User) -> bool:
    """Exclude a worker from this record and end what they do in the case. Whether they led it, so that it has no lead
    now: the managers are told. See ``exclude_worker`` for what is refused.
    """
    exclusions.exclude_worker(person=person, user=user, reason=reason, by=by)
    with duty(Duty.SEAL):
        return _step_back(person, user, by)


@transaction.atomic
def declare_relation(*, person: Person, reason: str, by: User) -> None:
    """A worker says that they know this child: they see the record no longer, and those who answer for it are told.

    See ``exclusions.declare_relation`` for what is refused.
    """
    exclusions.declare_relation(person=person, reason=reason, by=by)
    with duty(Duty.SEAL):
        _step_back(person, by, by)
        tell(to=those_who_answer_for(person), person=person, kind="exclusion.declared", words=DECLARED)


def _step_back(person: Person, user: User, by: User) -> bool:
    led = end_allocations(person=person, worker=user, by=by)
    if led:
        tell(to=managers_of(person), person=person, kind="case.no_lead", words=NO_LEAD)
    return led


@transaction.atomic
def seal_record(*, person: Person, holders: Collection[User], reason: str, by: User) -> Seal:
    """Seal the record to its holders, take back what was given out of it and tell the other holders.

    See ``seals.seal_record``.
    """
    made = seals.seal_record(person=person, holders=holders, reason=reason, by=by)
    for step in WHEN_SEALED:
        step(person, by)
    _tell_holders(made, by, "seal.made", SEALED)
    return made


@transaction.atomic
def propose_unseal(*, seal: Seal, reason: str, by: User) -> UnsealProposal:
    """Ask that the seal be taken off, and tell the other holders. See ``seals.propose_unseal``."""
    made = seals.propose_unseal(seal=seal, reason=reason, by=by)
    _tell_holders(seal, by, "seal.proposed", PROPOSED)
    return made


@transaction.atomic
def agree_unseal(*, proposal: UnsealProposal, by: User) -> None:
    """Take the seal off as the second of two, and tell the holders. See ``seals.agree_unseal``."""
    seal = seals.agree_unseal(proposal=proposal, by=by)
    _tell_holders(seal, by, "seal.off", UNSEALED)


def _tell_holders(seal: Seal, by: User, kind: str, words: str) -> None:
    others = [held.user for held in seals.holders_of(seal) if held.user_id != by.pk]
    tell(to=others, person=seal.person, kind=kind, words=words)
