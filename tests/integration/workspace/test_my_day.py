"""My day: what waits, for whom, and what changed."""

from datetime import timedelta

import pytest

from tests.factories import accounts, cases, missing, people, referrals
from tests.support.pages import queries_of, signed_in
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.cases.services import add_note
from trellis.core.clocks import now

pytestmark = pytest.mark.django_db


def my_day(user, looked_at=None):
    response = signed_in(user, looked_at).get("/")
    assert response.status_code == 200
    return response


def test_a_new_worker_reads_what_will_come_and_how_to_begin():
    page = my_day(accounts.hub_worker()).content.decode()
    assert "Nothing waits for you." in page
    assert "No young person is allocated to you yet." in page
    assert "/referrals/new/" in page


def test_a_worker_sees_the_interviews_of_their_own_children_and_the_desk_sees_all():
    lead, desk = accounts.hub_worker(), accounts.missing_worker()
    mine, other = people.child(given_name="Mine"), people.child(given_name="Other")
    cases.allocated_case(lead, mine)
    missing.returned_child(mine)
    missing.returned_child(other)
    assert [clock.person for clock in my_day(lead).context["clocks"]] == [mine]
    assert {clock.person for clock in my_day(desk).context["clocks"]} == {mine, other}


def test_who_may_decide_sees_the_referrals_that_wait():
    person = referrals.waiting_referral().person
    assert [clock.person for clock in my_day(accounts.manager()).context["clocks"]] == [person]
    assert my_day(accounts.hub_worker()).context["clocks"] == []


def test_clocks_come_in_the_order_they_fall_and_the_late_one_is_marked():
    desk = accounts.missing_worker()
    for hours in (10, 80, 40):
        missing.returned_child(people.child(given_name=f"Back {hours}"), hours_since_return=hours)
    clocks = my_day(desk).context["clocks"]
    assert [(clock.person.given_name, clock.late) for clock in clocks] == [
        ("Back 80", True),
        ("Back 40", False),
        ("Back 10", False),
    ]


def test_changes_are_those_of_others_since_the_last_sign_in_and_of_a_day_at_least():
    lead, colleague = accounts.hub_worker(), accounts.hub_worker()
    person = cases.allocated_case(lead).person
    for by in (lead, colleague):
        with recorded(by):
            add_note(person=person, by=by, happened_at=now(), title=f"By {by.name}", body="", significance=1)
    [row] = my_day(lead, looked_at=now().timestamp()).context["children"]
    assert row.latest.title == f"By {colleague.name}"
    assert row.changes == 3  # the case opened, the allocation, the colleague's note


def test_children_missing_now_stand_first_and_are_mine_alone_unless_i_work_at_the_desk():
    lead, desk = accounts.hub_worker(), accounts.missing_worker()
    mine, other = people.child(given_name="Mine"), people.child(given_name="Other")
    cases.allocated_case(lead, mine)
    missing.missing_child(mine)
    missing.missing_child(other)
    assert my_day(lead).context["missing_count"] == 1
    assert my_day(desk).context["missing_count"] == 2
    assert "2</span>" in my_day(lead).content.decode()


def test_a_role_without_children_is_told_where_its_work_is():
    assert "not with children's records" in my_day(accounts.analyst()).content.decode()


def test_a_child_whose_sight_ended_is_gone():
    lead = accounts.hub_worker()
    case = cases.allocated_case(lead)
    case.person.grants.update(starts_at=now() - timedelta(days=2), ends_at=now() - timedelta(minutes=1))
    assert my_day(lead).context["children"] == []


def test_who_was_shown_is_logged():
    lead = accounts.hub_worker()
    person = cases.allocated_case(lead).person
    my_day(lead)
    event = AuditEvent.objects.get(what="my day")
    assert event.children == [person.id]
    assert event.grants


def test_queries_do_not_grow_with_the_caseload():
    lead = accounts.hub_worker()
    client = signed_in(lead)

    def add(count):
        for number in range(count):
            person = people.child(given_name=f"Child {number}")
            cases.allocated_case(lead, person)
            missing.returned_child(person)

    add(2)
    queries_of(client, "/")
    few = queries_of(client, "/")
    add(10)
    assert queries_of(client, "/") == few
