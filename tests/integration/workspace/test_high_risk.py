"""The high-risk list: a rule that is shown, only whom the reader may see, and whether anybody owns a plan."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import accounts, missing, people
from tests.support.pages import signed_in
from trellis.core.clocks import now
from trellis.missing.models import MissingEpisode
from trellis.people.models import Person
from trellis.workspace.high_risk.presenters import NO_PLAN, reasons
from trellis.workspace.high_risk.queries import Listed, Rule, order


@pytest.fixture
def client(db):
    return signed_in(accounts.missing_worker())


def shown(client):
    return client.get(reverse("high-risk"))


def test_a_child_graded_high_is_listed_with_the_reason_and_without_a_plan(client):
    child = people.child()
    missing.missing_child(child, risk_grade="high")
    missing.missing_child(people.child(), risk_grade="low")
    page = shown(client)
    assert page.context["rule"] == Rule(3, 90)
    assert [line.person_id for line in page.context["lines"]] == [child.id]
    assert "Graded high risk 1 time" in page.text
    assert NO_PLAN in page.text


def test_three_reports_within_the_days_list_a_child_and_older_ones_do_not(client):
    often, before = people.child(), people.child()
    for child, days in ((often, (89, 30, 1)), (before, (91, 30, 1))):
        for ago in days:
            missing.returned_child(child, risk_grade="low", hours_since_return=24 * ago - 2)
    reported = {
        child: sorted(now() - e.reported_at for e in MissingEpisode.objects.filter(person=child))
        for child in (often, before)
    }
    assert reported[often][-1] < timedelta(days=90) < reported[before][-1]
    assert [line.person_id for line in shown(client).context["lines"]] == [often.id]


def test_most_reasons_come_first_and_each_is_in_words():
    one = Listed(Person(), times=3, high=1, harm=2, reasons=3)
    other = Listed(Person(), times=9, reasons=1)
    assert order(one) < order(other)
    assert reasons(one, Rule(3, 90)) == [
        "Reported missing 3 times in 90 days",
        "Graded high risk 1 time",
        "Harm known 2 times",
    ]


def test_an_empty_list_says_what_will_come(client):
    assert "Nobody you may see is on the list" in shown(client).text


def test_it_is_not_for_those_who_do_not_read_the_desk(db):
    assert shown(signed_in(accounts.analyst())).status_code == 403


@pytest.mark.parametrize("children", [2, 8])
def test_its_queries_do_not_grow_with_its_rows(client, django_assert_max_num_queries, children):
    for _ in range(children):
        missing.missing_child(people.child(), risk_grade="high")
    with django_assert_max_num_queries(45):
        assert len(shown(client).context["lines"]) == children
