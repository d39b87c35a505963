"""Many who save one plan at once, each on a connection of their own: whatever was acknowledged is there."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from tests.factories import accounts, plans
from tests.support.context import SEES_ALL
from trellis.audit_log.trail import recorded
from trellis.core.ids import new_id
from trellis.core.revisions import ChangedMeanwhile
from trellis.core.row_context import asked_by
from trellis.plans import services
from trellis.plans.models import Goal, Plan, SafetyPlan

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
WRITERS = 8


def at_once(work):
    """What each of the writers gives back, all begun together."""
    start = Barrier(WRITERS)

    def one(number):
        try:
            start.wait()
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(one, range(WRITERS)))


def added(plan):
    return int(plan.what_matters.split()[0])


def race(saves):
    """``saves`` tries to add one to what a plan says, each over what was there before and signed, so that no two write
    the same. Gives how many were saved and how many refused, and the plan as it is then."""
    plan, by = plans.open_plan(what_matters="0"), accounts.hub_worker()

    def save_many(number):
        saved = 0
        for turn in range(saves // WRITERS):
            with recorded(by, "race", duty=SEES_ALL.duty):
                seen = Plan.objects.get(id=plan.id)
            try:
                with recorded(by, "race", duty=SEES_ALL.duty):
                    words = f"{added(seen) + 1} by writer {number}, turn {turn}"
                    services.change_plan(plan=seen, after=seen.revision, what_matters=words, by=by)
                saved += 1
            except ChangedMeanwhile:
                pass
        return saved

    saved = sum(at_once(save_many))
    with asked_by(SEES_ALL):
        return saved, saves - saved, Plan.objects.get(id=plan.id)


@pytest.mark.parametrize(
    "saves", [1_000, pytest.param(10_000, marks=pytest.mark.nightly)], ids=["a thousand", "ten thousand"]
)
def test_no_save_is_lost(saves, capsys):
    saved, refused, plan = race(saves)
    lost = saved - added(plan)
    with capsys.disabled():
        sys.stdout.write(f"\n{saves:,} racing saves of one plan: {saved:,} saved, {refused:,} refused, {lost} lost\n")
    assert lost == 0
    assert plan.revision == 1 + saved
    assert refused > 0


def test_of_many_safety_plans_over_the_same_one_a_single_one_stands():
    plan, by = plans.open_plan(), accounts.hub_worker()

    def write(number):
        try:
            with recorded(by, "race", duty=SEES_ALL.duty):
                services.write_safety_plan(plan=plan, after=0, by=by, key=new_id(), triggers=f"Writer {number}")
        except ChangedMeanwhile:
            return 0
        return 1

    assert sum(at_once(write)) == 1
    with asked_by(SEES_ALL):
        assert SafetyPlan.objects.filter(plan=plan).count() == 1


def test_one_form_sent_by_many_at_once_is_one_goal():
    plan, by, key = plans.open_plan(), accounts.hub_worker(), new_id()

    def say(_):
        with recorded(by, "race", duty=SEES_ALL.duty):
            return services.say_goal(plan=plan, words="See my gran", by=by, key=key).id

    assert len(set(at_once(say))) == 1
    with asked_by(SEES_ALL):
        assert Goal.objects.filter(plan=plan).count() == 1


def test_many_who_open_a_plan_open_one():
    plan, by = plans.open_plan(), accounts.hub_worker()
    with recorded(by, "test", duty=SEES_ALL.duty):
        services.move_plan(plan=plan, new="closed", after=1, by=by)

    def open_one(_):
        with recorded(by, "race", duty=SEES_ALL.duty):
            return services.open_plan(case=plan.case, by=by, key=new_id()).id

    assert len(set(at_once(open_one))) == 1
