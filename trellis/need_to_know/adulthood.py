"""On what the hub's work goes on from 18: recorded by whoever sees the whole record, kept to by the database."""

import uuid
from datetime import date, datetime

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import birthday_in, now, start_of_day, today
from trellis.need_to_know.access import check_sees_whole, visible_to
from trellis.need_to_know.models import AdultBasis
from trellis.people.models import Person

WHAT = "basis from 18"
OF_AGE = 18


class BasisStands(ValueError):
    """Something is recorded already: end it first."""


def comes_of_age_on(born: date) -> date:
    """The 18th birthday; for who was born on 29 February, 1 March."""
    return birthday_in(born, born.year + OF_AGE)


def comes_of_age_at(born: date) -> datetime:
    """The London midnight at which the 18th birthday begins, in UTC."""
    return start_of_day(comes_of_age_on(born))


def is_of_age(person: Person, moment: datetime | None = None) -> bool:
    return (moment or now()) >= comes_of_age_at(person.date_of_birth)


def bases_of(user: User, person: Person) -> list[AdultBasis]:
    """What was recorded, the latest first, as far as the user sees it."""
    rows = visible_to(user, AdultBasis).filter(person=person)
    return list(rows.select_related("recorded_by", "ended_by"))


@transaction.atomic
def record_adult_basis(
    *,
    person: Person,
    kind: str,
    words: str,
    by: User,
    with_partners: bool = False,
    starts_on: date | None = None,
    key: uuid.UUID | None = None,
) -> AdultBasis:
    """Write down on what the work goes on from ``starts_on`` (the 18th birthday, or today where that is past): ``kind``
    from the list adult_basis, ``words`` what was agreed or why. One ``key`` records once.

    Raises Refused without ADULT_BASIS_RECORD, Hidden without the whole record, BasisStands.
    """
    check_may(by, Permission.ADULT_BASIS_RECORD)
    check_sees_whole(by, person)
    Person.objects.select_for_update().get(id=person.id)
    stands = AdultBasis.objects.filter(person=person, ended_at=None).first()
    if stands:
        if key and stands.form_key == key:
            return stands
        raise BasisStands("A basis is recorded already. End it before another is recorded.")
    starts_on = starts_on or max(comes_of_age_on(person.date_of_birth), today())
    made = AdultBasis(
        person=person,
        kind=kind,
        words=words,
        with_partners=with_partners,
        starts_on=starts_on,
        recorded_by=by,
        form_key=key,
    )
    insert_rows([made])
    note(Action.WRITE, WHAT, object_id=made.id, children=[person.id])
    return made


@transaction.atomic
def end_adult_basis(*, basis: AdultBasis, why: str, by: User) -> AdultBasis:
    """They said no after all, or it holds no longer: sight given in childhood ends with it, or on the birthday. Ended
    twice it stays as it was. Raises Refused without ADULT_BASIS_RECORD, Hidden without the whole record.
    """
    check_may(by, Permission.ADULT_BASIS_RECORD)
    check_sees_whole(by, basis.person)
    basis = AdultBasis.objects.select_for_update(of=("self",)).select_related("person").get(id=basis.id)
    if basis.ended_at is None:
        note(Action.WRITE, WHAT, object_id=basis.id, children=[basis.person_id])
        basis.ended_at, basis.ended_because, basis.ended_by = now(), why, by
        AdultBasis.objects.filter(id=basis.id).update(ended_at=basis.ended_at, ended_because=why, ended_by=by)
    return basis
