"""On the eighteenth birthday what was granted in childhood ends at the London midnight, but with a basis to go on."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from tests.factories import accounts, people
from trellis.accounts.access import Hidden, Refused
from trellis.accounts.models import Agency, Team
from trellis.audit_log.trail import recorded
from trellis.core.clocks import now
from trellis.need_to_know import adulthood
from trellis.need_to_know.access import can_see_person
from trellis.need_to_know.models import AdultBasis, Grant, Sight

LONDON = ZoneInfo("Europe/London")


def of_age(born):
    """The moment, said once more: the eighteenth birthday in London, 1 March where there is no 29 February."""
    month, day = (3, 1) if (born.month, born.day) == (2, 29) else (born.month, born.day)
    return datetime.combine(date(born.year + 18, month, day), time(0), tzinfo=LONDON).astimezone(UTC)


@pytest.mark.django_db
def test_the_database_and_the_clock_know_every_eighteenth_birthday():
    """Each day of birth of 28 years, leap days among them; a day of birth in summer comes of age in summer time."""
    first = date(1996, 1, 1)
    days = [first + timedelta(days=n) for n in range(28 * 366)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT born, trellis_adult_from(born) FROM unnest(%s::date[]) AS born", [days])
        said = dict(cursor.fetchall())
    for born in days:
        assert said[born] == of_age(born) == adulthood.comes_of_age_at(born), born


def child_who_is_of_age_in(days):
    return people.child(date_of_birth=people.born_so_that_of_age_in(days))


def granted(person, days_ago=100, **to):
    return Grant.objects.create(person=person, reason="x", starts_at=now() - timedelta(days=days_ago), **to)


def everybody(person):
    worker, manager, partner = accounts.hub_worker(), accounts.manager(), accounts.remote_partner()
    granted(person, team=Team.objects.get(code="hub"))
    granted(person, team=Team.objects.get(code="management"))
    granted(person, agency=Agency.objects.get(code="education"))
    return worker, manager, partner


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "basis", "seen"),
    [
        (5, None, (True, True, True)),
        (0, None, (False, True, False)),
        (-30, None, (False, True, False)),
        (-30, False, (True, True, False)),
        (-30, True, (True, True, True)),
        (0, True, (True, True, True)),
    ],
)
def test_who_sees_somebody_around_their_eighteenth_birthday(days, basis, seen):
    person = child_who_is_of_age_in(days)
    readers = everybody(person)
    if basis is not None:
        with recorded(readers[1]):
            adulthood.record_adult_basis(person=person, kind="consent", words="Yes", by=readers[1], with_partners=basis)
    assert tuple(can_see_person(user, person.id) for user in readers) == seen


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("born", "kind"), list(product([date(2010, 2, 28), date(2012, 2, 29), date(2012, 7, 1)], ["team"]))
)
def test_sight_itself_ends_at_the_midnight_so_that_nothing_need_run(born, kind):
    """The row says until when: the next request after midnight finds none, whatever job is down."""
    person, worker = people.child(date_of_birth=born), accounts.hub_worker()
    granted(person, team=Team.objects.get(code="hub"))
    assert [sight.ends_at for sight in Sight.objects.filter(person=person, user=worker)] == [of_age(born)]


@pytest.mark.django_db
def test_what_is_granted_to_an_adult_is_an_adults_matter():
    person, worker = child_who_is_of_age_in(-400), accounts.hub_worker()
    granted(person, days_ago=10, user=worker)
    assert can_see_person(worker, person.id)


@pytest.mark.django_db
def test_a_basis_withdrawn_before_the_birthday_never_holds_and_a_second_may_follow():
    person = child_who_is_of_age_in(20)
    worker, *_ = everybody(person)
    with recorded(worker):
        first = adulthood.record_adult_basis(person=person, kind="consent", words="Yes", by=worker)
        with pytest.raises(adulthood.BasisStands):
            adulthood.record_adult_basis(person=person, kind="consent", words="Again", by=worker)
        adulthood.end_adult_basis(basis=first, why="Changed her mind", by=worker)
    [until] = Sight.objects.filter(person=person, user=worker).values_list("ends_at", flat=True)
    assert until == adulthood.comes_of_age_at(person.date_of_birth)
    with recorded(worker):
        adulthood.record_adult_basis(person=person, kind="leaving_care", words="Pathway plan", by=worker)
    assert Sight.objects.filter(person=person, user=worker, ends_at=None).count() == 1
    assert AdultBasis.objects.filter(person=person).count() == 2


@pytest.mark.django_db
def test_ending_a_basis_after_the_birthday_ends_sight_at_once():
    person = child_who_is_of_age_in(-3)
    worker, manager, _ = everybody(person)
    with recorded(manager):
        basis = adulthood.record_adult_basis(person=person, kind="consent", words="Yes", by=manager)
    assert can_see_person(worker, person.id)
    with recorded(worker):
        adulthood.end_adult_basis(basis=basis, why="No longer", by=worker)
    assert not can_see_person(worker, person.id)
    assert can_see_person(manager, person.id)


@pytest.mark.django_db
def test_only_who_sees_the_whole_record_and_may_says_on_what_the_work_goes_on():
    person = child_who_is_of_age_in(20)
    *_, partner = everybody(person)
    stranger, said = accounts.hub_worker(), {"person": person, "kind": "consent", "words": "x"}
    Grant.objects.filter(team__code="hub").delete()
    with recorded(stranger), pytest.raises(Hidden):
        adulthood.record_adult_basis(by=stranger, **said)
    with recorded(partner), pytest.raises(Refused):
        adulthood.record_adult_basis(by=partner, **said)


@pytest.mark.django_db
def test_a_birthday_put_right_moves_the_end_of_sight():
    person, worker = child_who_is_of_age_in(-3), accounts.hub_worker()
    granted(person, team=Team.objects.get(code="hub"))
    assert not can_see_person(worker, person.id)
    person.date_of_birth = people.born_so_that_of_age_in(300)
    person.save()
    assert can_see_person(worker, person.id)
