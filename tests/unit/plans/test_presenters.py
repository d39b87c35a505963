"""The plan in words."""

from datetime import date

import pytest

from trellis.plans.models import Plan, Task
from trellis.plans.presenters import days_of, due, promised_by

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 3, 10), "today"),
        (date(2026, 3, 11), "in 1 day"),
        (date(2026, 4, 10), "in 31 days"),
        (date(2026, 3, 9), "1 day overdue"),
        (date(2026, 2, 10), "28 days overdue"),
    ],
)
def test_when_something_is_due_is_said_in_words(day, said):
    assert due(day, TODAY) == said


def test_goals_are_due_until_they_are_agreed_and_nothing_is_once_the_plan_is_closed():
    plan = Plan(goals_due_on=date(2026, 3, 1), review_due_on=date(2026, 3, 20))
    assert [(line["what"], line["late"]) for line in days_of(plan, TODAY)] == [
        ("Agree the goals by", True),
        ("Review the plan by", False),
    ]
    plan.goals_agreed_on = date(2026, 2, 28)
    assert len(days_of(plan, TODAY)) == 1
    plan.status = "closed"
    assert days_of(plan, TODAY) == []


def test_an_owner_is_named_on_the_own_copy_only_where_the_young_person_named_them():
    task = Task(owner_name="Shaz")
    assert promised_by(task, "my aunt shaz") == "Shaz"
    assert promised_by(task, "mr okoro") == "Somebody in your team"
