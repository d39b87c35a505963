"""The oracle, the access functions and row-level security over one hub in which each rule decides something: the same
comparison as after every step of the state machine, made once."""

from datetime import timedelta

import pytest

from tests.access import plain
from tests.access.small_hub import small_hub, write_item
from tests.access.test_oracle_agrees import (
    TABLES,
    compare_functions,
    database_clock,
    rows_filtered,
    rows_let_through,
)
from tests.factories import people
from trellis.core.clocks import now, today
from trellis.need_to_know.models import AdultBasis, Exclusion, Grant, Seal, SealHolder
from trellis.people.models import Person

SINCE = timedelta(days=1)


def one_of_each():
    """A grant to a user, a team and an agency, of the whole and of parts; one that is over; an exclusion, a seal with
    one holder, an entry limited to one agency; two of age today, one with a basis for the hub."""
    hub = small_hub()
    first, second, third, fourth = hub.children
    grown = Person.objects.filter(id__in=[second.id, fourth.id])
    grown.update(date_of_birth=people.born_so_that_of_age_in(0))
    AdultBasis.objects.create(person=second, kind="consent", words="Yes", starts_on=today())
    for fields in (
        *({"person": child, "team": hub.teams[0]} for child in (first, second, third)),
        {"person": first, "user": hub.users[1]},
        {"person": first, "user": hub.users[3], "parts": ["chronology"]},
        {"person": second, "agency": hub.agencies[1], "parts": ["missing"]},
        {"person": fourth, "user": hub.users[0], "parts": ["emergency"]},
        {"person": fourth, "user": hub.users[2], "parts": ["pointer"]},
        {"person": fourth, "user": hub.users[4], "ends_at": now() - timedelta(hours=1)},
        {"person": fourth, "user": hub.users[1]},
    ):
        Grant.objects.create(reason="Because", starts_at=now() - SINCE, **fields)
    Exclusion.objects.create(user=hub.users[0], person=second, reason="An aunt", starts_at=now() - SINCE)
    seal = Seal.objects.create(person=third, reason="A threat", sealed_at=now())
    SealHolder.objects.create(seal=seal, user=hub.users[2])
    write_item(first, hub.agencies[0], "P", [hub.agencies[2].id])
    Grant.objects.filter(user=hub.users[1]).update(ends_at=now())
    return hub


@pytest.mark.django_db
def test_the_three_answers_are_one_where_each_rule_decides_something():
    hub = one_of_each()
    oracle, moment = plain.oracle(), database_clock()
    for user in hub.users:
        expected = {table: oracle.rows_seen(user.id, table, moment) for table in TABLES}
        assert rows_let_through(user) == expected
        assert rows_filtered(user) == expected
        compare_functions(oracle, user, hub.children, moment)
