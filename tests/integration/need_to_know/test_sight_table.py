"""Sight as the database keeps it is sight as it would be worked out anew, whatever changed, and by whom at once."""

import random
import threading
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import connection, connections

from tests.factories import accounts, people
from tests.support.context import SEES_ALL
from trellis.accounts.models import Agency, Membership, Role, Team, User
from trellis.core import row_context
from trellis.core.clocks import now, today
from trellis.core.row_context import asked_by
from trellis.need_to_know.models import AdultBasis, Exclusion, Grant, Seal, SealHolder
from trellis.people.models import Person, Relationship

STEPS, SEEDS, ROUNDS = 60, 6, 200
# What began is compared as begun; when it was written down does not matter.
KEPT = """
    SELECT user_id, person_id, part, CASE WHEN starts_at > clock_timestamp() THEN starts_at END, ends_at
    FROM need_to_know_sight WHERE ends_at IS NULL OR ends_at > clock_timestamp() ORDER BY 1, 2, 3, 4
"""
WORKED_OUT = """
    SELECT user_id, person_id, part, CASE WHEN lower(during) > clock_timestamp() THEN lower(during) END, upper(during)
    FROM trellis_worked_out_sight(NULL, NULL)
    WHERE upper(during) IS NULL OR upper(during) > clock_timestamp() ORDER BY 1, 2, 3, 4
"""
PARTS = ([], [], ["identity"], ["chronology", "missing"], ["emergency"], ["pointer"])


def kept_and_worked_out():
    with asked_by(SEES_ALL), connection.cursor() as cursor:
        cursor.execute(KEPT)
        kept = cursor.fetchall()
        cursor.execute(WORKED_OUT)
        return kept, cursor.fetchall()


class Anything:
    """Random changes of everything that sight is worked out from."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.users = [accounts.hub_worker(), accounts.manager(), accounts.remote_partner(), accounts.missing_worker()]
        self.people = [people.child(given_name=name) for name in ("Ash", "Bay", "Cam")]
        self.teams, self.roles = (
            list(Team.objects.all()),
            list(Role.objects.filter(permissions__contains=["CHILD_READ"])),
        )
        self.agencies = list(Agency.objects.all()[:4])
        self.changes = [getattr(self, name) for name in dir(self) if name.startswith("change_")]

    def one(self, rows):
        rows = list(rows)
        return self.dice.choice(rows) if rows else None

    def moment(self):
        """Well away from now, so that nothing begins or ends while it is compared; sometimes no moment at all."""
        days = self.dice.choice([-40, -3, 2, 30, None])
        return None if days is None else now() + timedelta(days=days)

    def from_until(self):
        start = now() + timedelta(days=self.dice.choice([-60, -1, 5]))
        end = self.moment()
        return start, end if end is None or end > start else None

    def change_grant(self):
        to = self.one(
            [{"user": self.one(self.users)}, {"team": self.one(self.teams)}, {"agency": self.one(self.agencies)}]
        )
        start, end = self.from_until()
        Grant.objects.create(
            person=self.one(self.people), parts=self.one(PARTS), reason="x", starts_at=start, ends_at=end, **to
        )

    change_grant_again = change_grant

    def change_grants_end(self):
        if grant := self.one(Grant.objects.all()):
            grant.ends_at = max(now(), grant.starts_at) if self.dice.random() < 0.7 else None
            grant.save()

    def change_grants_person(self):
        if grant := self.one(Grant.objects.all()):
            grant.person = self.one(self.people)
            grant.save()

    def change_grants_together(self):
        Grant.objects.filter(person__in=self.people[:2], starts_at__lt=now()).update(ends_at=now() + timedelta(days=9))

    def change_grant_gone(self):
        if grant := self.one(Grant.objects.all()):
            grant.delete()

    def change_birthday(self):
        """Around now, and well away from it: 18 years and some days ago."""
        person = self.one(self.people)
        born = today() - timedelta(days=self.dice.choice([6500, 6570, 6573, 6580, 6600, 7000]))
        person.date_of_birth = self.one([born, date(2008, 2, 29)])
        person.save()

    def change_adult_basis(self):
        person = self.one(self.people)
        if not AdultBasis.objects.filter(person=person, ended_at=None).exists():
            AdultBasis.objects.create(
                person=person,
                kind="consent",
                words="x",
                starts_on=today() + timedelta(days=self.dice.choice([-30, -1, 3, 40])),
                with_partners=self.one([True, False]),
                ended_at=self.moment(),
            )

    def change_adult_bases_end(self):
        if held := self.one(AdultBasis.objects.filter(ended_at=None)):
            AdultBasis.objects.filter(id=held.id).update(ended_at=now() + timedelta(days=self.dice.choice([-1, 8])))

    def change_exclusion(self):
        start, end = self.from_until()
        user, person = self.one(self.users), self.one(self.people)
        if not Exclusion.objects.filter(user=user, person=person, ends_at=None).exists():
            Exclusion.objects.create(user=user, person=person, reason="x", starts_at=start, ends_at=end)

    def change_exclusions_end(self):
        if held := self.one(Exclusion.objects.all()):
            held.ends_at = max(now(), held.starts_at)
            held.save()

    def change_seal(self):
        person = self.one(self.people)
        if not Seal.objects.filter(person=person, unsealed_at=None).exists():
            seal = Seal.objects.create(person=person, reason="x", sealed_at=now())
            SealHolder.objects.create(seal=seal, user=self.one(self.users))

    def change_holder(self):
        if seal := self.one(Seal.objects.filter(unsealed_at=None)):
            SealHolder.objects.get_or_create(seal=seal, user=self.one(self.users))

    def change_holder_gone(self):
        if held := self.one(SealHolder.objects.all()):
            held.delete()

    def change_unseal(self):
        if seal := self.one(Seal.objects.filter(unsealed_at=None)):
            seal.unsealed_at = now()
            seal.save()

    def change_membership(self):
        start = today() + timedelta(days=self.dice.choice([-90, 0, 7]))
        end = self.one([None, start + timedelta(days=50)])
        Membership.objects.create(
            user=self.one(self.users),
            team=self.one(self.teams),
            role=self.one(self.roles),
            starts_on=start,
            ends_on=end,
        )

    def change_memberships_end(self):
        if held := self.one(Membership.objects.filter(user__in=self.users)):
            held.ends_on = max(today(), held.starts_on)
            held.save()

    def change_memberships_user(self):
        if held := self.one(Membership.objects.filter(user__in=self.users)):
            held.user = self.one(self.users)
            held.save()

    def change_membership_gone(self):
        if held := self.one(Membership.objects.filter(user__in=self.users)):
            held.delete()

    def change_account(self):
        user = self.one(self.users)
        user.is_active = not user.is_active
        user.save()

    def change_agency(self):
        user = self.one(self.users)
        user.agency = self.one(self.agencies)
        user.save()

    def change_role(self):
        role = self.one(self.roles)
        given = set(role.permissions) ^ {"CHILD_READ"}
        role.permissions = sorted(given)
        role.save()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(SEEDS))
def test_after_any_change_sight_is_what_would_be_worked_out_anew(seed):
    anything = Anything(seed)
    for step in range(STEPS):
        change = anything.dice.choice(anything.changes)
        change()
        kept, worked_out = kept_and_worked_out()
        assert kept == worked_out, f"seed {seed}, step {step}, {change.__name__}"


def at_once(changes, rounds, after=None):
    """Run each of ``changes`` (given the turn) on its own connection in its own transaction, all starting together,
    for so many rounds; then ask ``after`` each round. What went wrong, and the turns of which ``after`` said False."""
    start, done, wrong, false = threading.Barrier(len(changes)), threading.Barrier(len(changes) + 1), [], []

    def run(change):
        row_context._context.set(SEES_ALL)
        try:
            for turn in range(rounds):
                start.wait(60)
                with asked_by(SEES_ALL):
                    change(turn)
                done.wait(60)
                done.wait(60)
        except Exception as fault:
            wrong.append(fault)
            start.abort()
            done.abort()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(change,)) for change in changes]
    for thread in threads:
        thread.start()
    with suppress(threading.BrokenBarrierError):
        for turn in range(rounds):
            done.wait(60)
            if not after(turn):
                false.append(turn)
            done.wait(60)
    for thread in threads:
        thread.join()
    return wrong, false


def kept_is_worked_out(_turn):
    kept, worked_out = kept_and_worked_out()
    return kept == worked_out


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_grant_and_a_membership_changed_at_once_leave_sight_as_worked_out():
    with asked_by(SEES_ALL):
        worker, ids = accounts.hub_worker(), [people.child().id, people.child().id]
    hub, role = Team.objects.get(code="hub"), Role.objects.get(code="practitioner")

    def grants(turn):
        if turn % 4 < 2:
            Grant.objects.create(person_id=ids[turn % 2], team=hub, reason="x", starts_at=now())
        else:
            Grant.objects.filter(person=ids[turn % 2], team=hub).update(ends_at=now())

    def memberships(turn):
        if turn % 2:
            Membership.objects.filter(user=worker).update(ends_on=today())
        else:
            Membership.objects.create(user=worker, team=hub, role=role, starts_on=date(2020, 1, 1))

    assert at_once([grants, memberships], ROUNDS, kept_is_worked_out) == ([], [])


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_two_grants_and_a_seal_of_one_child_changed_at_once_leave_sight_as_worked_out():
    with asked_by(SEES_ALL):
        workers, child = [accounts.hub_worker(), accounts.hub_worker()], people.child()

    def granted_to(worker):
        def change(turn):
            if turn % 2:
                Grant.objects.filter(person=child, user=worker).update(ends_at=now())
            else:
                Grant.objects.create(person=child, user=worker, reason="x", starts_at=now())

        return change

    def sealed(turn):
        if turn % 3 == 0:
            seal = Seal.objects.create(person=child, reason="x", sealed_at=now())
            SealHolder.objects.create(seal=seal, user=workers[0])
        elif turn % 3 == 2:
            Seal.objects.filter(person=child).update(unsealed_at=now())

    changes = [granted_to(workers[0]), granted_to(workers[1]), sealed]
    assert at_once(changes, ROUNDS // 4, kept_is_worked_out) == ([], [])


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_relation_recorded_while_the_other_person_is_sealed_is_known_to_be_to_somebody_sealed():
    with asked_by(SEES_ALL):
        child = people.child()
        others = [people.child(given_name="Other") for _ in range(ROUNDS // 4)]

    def related(turn):
        Relationship.objects.create(person=child, other=others[turn], kind="friend", starts_on=today())

    def sealed(turn):
        Seal.objects.create(person=others[turn], reason="x", sealed_at=now())

    def told(turn):
        with asked_by(SEES_ALL):
            return Relationship.objects.get(other=others[turn]).other_sealed

    assert at_once([related, sealed], len(others), told) == ([], [])


@pytest.mark.django_db
def test_sight_is_of_users_and_people_there_are():
    """No row outlives whom it is about."""
    anything = Anything(99)
    Grant.objects.create(person=anything.people[0], user=anything.users[0], reason="x", starts_at=now())
    assert kept_and_worked_out()[0]
    Membership.objects.filter(user=anything.users[0]).delete()
    Grant.objects.all().delete()
    Person.objects.filter(id=anything.people[0].id).delete()
    User.objects.filter(id=anything.users[0].id).delete()
    kept, worked_out = kept_and_worked_out()
    assert kept == worked_out == []
