"""What workers do with a plan: the rows it leaves, and what is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import accounts, kept_away, people, plans
from trellis.accounts.access import Refused
from trellis.audit_log.models import Action, AuditEvent
from trellis.audit_log.trail import recorded
from trellis.cases.models import ChronologyEntry
from trellis.core.clocks import now, today
from trellis.core.ids import new_id
from trellis.core.lifecycle import MoveNotAllowed, NotAsItStands
from trellis.core.protection import Part
from trellis.core.revisions import ChangedMeanwhile
from trellis.plans import services
from trellis.plans.models import (
    DirectWork,
    Goal,
    GoalCorrection,
    GoalMove,
    Plan,
    PlanMove,
    SafetyPlan,
    Task,
    TaskMove,
    TeamMember,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return accounts.hub_worker()


@pytest.fixture
def doing(worker):
    """What this worker does is recorded, and asked as them."""
    with recorded(worker, "test", duty="test"):
        yield worker


def test_a_young_person_has_one_open_plan(worker):
    plan = plans.open_plan(by=worker)
    with recorded(worker, "test", duty="test"):
        assert services.open_plan(case=plan.case, by=worker).id == plan.id
    assert PlanMove.objects.filter(plan=plan).count() == 1
    assert plan.review_due_on == plan.opened_on + timedelta(days=42)


def test_a_plan_closed_gives_way_to_a_new_one_and_its_form_sent_again_does_not(doing):
    key = new_id()
    first = plans.open_plan(by=doing, key=key)
    services.move_plan(plan=first, new="closed", after=1, by=doing)
    assert services.open_plan(case=first.case, by=doing, key=key).id == first.id
    second = services.open_plan(case=first.case, by=doing, key=new_id())
    assert second.id != first.id
    assert second.status == "accepted"


def test_the_first_engagement_starts_the_eight_weeks_of_the_goals(doing):
    plan = plans.open_plan(by=doing, opened_on=today() - timedelta(days=30))
    met = today() - timedelta(days=10)
    plan = services.move_plan(plan=plan, new="engaging", after=1, by=doing, on=met)
    assert plan.first_engaged_on == met
    assert plan.goals_due_on == met + timedelta(weeks=8)
    entry = ChronologyEntry.objects.get(subject=plan.id, title__contains="getting to know")
    assert entry.about == Part.PLAN


def test_goals_are_agreed_once_one_is(doing):
    plan = plans.open_plan(by=doing)
    plan = services.move_plan(plan=plan, new="engaging", after=1, by=doing)
    goal = plans.goal(plan)
    with pytest.raises(NotAsItStands, match="Agree at least one goal"):
        services.move_plan(plan=plan, new="goals_agreed", after=plan.revision, by=doing)
    services.move_goal(goal=goal, new="agreed", after=1, by=doing)
    plan = services.move_plan(plan=plan, new="goals_agreed", after=plan.revision, by=doing)
    assert plan.goals_agreed_on == today()
    with pytest.raises(NotAsItStands, match="the only goal you agreed"):
        services.move_goal(goal=goal, new="set_aside", after=2, by=doing)


def test_a_phase_cannot_come_before_the_one_before_it(doing):
    plan = plans.open_plan(by=doing)
    with pytest.raises(NotAsItStands, match="Enter a day from"):
        services.move_plan(plan=plan, new="engaging", after=1, by=doing, on=today() - timedelta(days=1))
    with pytest.raises(MoveNotAllowed):
        services.move_plan(plan=plan, new="active", after=1, by=doing)


def test_a_plan_closes_once_nothing_is_left_to_do(doing):
    plan = plans.plan_with_goals(by=doing)
    task = plans.task(plan)
    with pytest.raises(NotAsItStands, match="1 task is still to do"):
        services.move_plan(plan=plan, new="closed", after=plan.revision, by=doing)
    services.move_task(task=task, new="dropped", after=1, by=doing)
    plan = services.move_plan(plan=plan, new="closed", after=plan.revision, by=doing, why="Well")
    assert plan.closed_on == today()
    assert plan.review_due_on is None
    with pytest.raises(NotAsItStands, match="This plan is closed"):
        services.say_goal(plan=plan, words="More", by=doing)
    assert services.move_plan(plan=plan, new="follow_up", after=plan.revision, by=doing).status == "follow_up"


def test_each_goal_keeps_its_steps(doing):
    goal = plans.agreed_goal(plans.open_plan(by=doing))
    services.move_goal(goal=goal, new="reached", after=2, by=doing, why="She sleeps at home")
    assert list(GoalMove.objects.order_by("recorded_at").values_list("old", "new")) == [
        ("", "wanted"),
        ("wanted", "agreed"),
        ("agreed", "reached"),
    ]


def test_a_change_that_is_too_late_is_refused_with_what_stands(doing):
    goal = plans.goal(plans.open_plan(by=doing))
    services.reword_goal(goal=goal, after=1, words="Mine", by=doing)
    with pytest.raises(ChangedMeanwhile) as late:
        services.reword_goal(goal=goal, after=1, words="Theirs", by=doing)
    assert late.value.now.words == "Mine"


def test_safety_plans_follow_one_another_and_none_is_changed(doing):
    plan = plans.open_plan(by=doing)
    first = plans.safety_plan(plan)
    services.write_safety_plan(plan=plan, after=1, by=doing, key=new_id(), triggers="Other")
    with pytest.raises(ChangedMeanwhile) as late:
        services.write_safety_plan(plan=plan, after=1, by=doing, key=new_id(), triggers="Third")
    assert late.value.now.triggers == "Other"
    assert services.write_safety_plan(plan=plan, after=1, by=doing, key=late.value.now.form_key).revision == 2
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        SafetyPlan.objects.filter(id=first.id).update(triggers="Gone")


def test_a_task_has_one_owner_and_keeps_what_came_of_it(doing):
    plan = plans.open_plan(by=doing)
    task = plans.task(plan)
    task = services.change_task(task=task, after=1, by=doing, owner=None, owner_name="Shaz")
    task = services.move_task(task=task, new="done", after=2, by=doing, effect="He has a bus pass")
    assert (task.done_on, task.effect) == (today(), "He has a bus pass")
    assert TaskMove.objects.filter(task=task).count() == 2
    task = services.move_task(task=task, new="to_do", after=3, by=doing)
    assert task.done_on is None


def test_nobody_kept_from_a_young_person_is_given_a_task_or_a_visit(doing):
    plan = plans.open_plan(by=doing)
    cousin = kept_away.excluded_worker(plan.person)
    with pytest.raises(Refused, match="cannot work with this young person"):
        services.add_task(plan=plan, what="x", due_on=today(), by=doing, owner=cousin)
    with pytest.raises(NotAsItStands, match="cannot work with this young person"):
        plans.planned_direct_work(plan.person, doing, worker=cousin)


def test_direct_work_that_was_held_stands_in_the_chronology_once(doing):
    plan = plans.open_plan(by=doing)
    direct_work = plans.planned_direct_work(plan.person, doing)
    told = {"happened_at": now(), "where": "The park", "childs_words": "It was all right", "what_happened": "Walked"}
    for _ in range(3):
        services.record_direct_work(direct_work=direct_work, new="held", after=1, by=doing, seen_alone=True, **told)
    entry = ChronologyEntry.objects.get(subject=direct_work.id)
    assert (entry.kind, entry.about, entry.title) == ("direct_work", "plan", "Visit, seen alone")
    assert entry.body == "Walked\n\n“It was all right”"
    assert direct_work.plan == plan


def test_an_attempt_may_still_be_held_and_what_was_cancelled_may_not(doing):
    person = plans.open_plan(by=doing).person
    tried = plans.planned_direct_work(person, doing)
    services.record_direct_work(
        direct_work=tried, new="attempted", after=1, by=doing, happened_at=now(), what_happened="No"
    )
    assert not ChronologyEntry.objects.filter(subject=tried.id).exists()
    services.record_direct_work(direct_work=tried, new="held", after=2, by=doing, happened_at=now(), seen_alone=False)
    off = plans.planned_direct_work(person, doing)
    services.record_direct_work(direct_work=off, new="cancelled", after=1, by=doing, why="Exam")
    with pytest.raises(MoveNotAllowed):
        services.record_direct_work(direct_work=off, new="held", after=2, by=doing, happened_at=now(), seen_alone=True)
    with pytest.raises(NotAsItStands, match="whether you saw them alone"):
        services.record_direct_work(
            direct_work=plans.planned_direct_work(person, doing), new="held", after=1, by=doing, happened_at=now()
        )


def test_there_is_one_trusted_adult_and_who_was_before_stays_in_the_team(doing):
    person = plans.open_plan(by=doing).person
    plans.member(person, doing, name="Shaz", trusted=True)
    okoro = plans.member(person, doing, name="Mr Okoro")
    services.trust(member=okoro, by=doing)
    current = TeamMember.objects.filter(person=person, ends_on=None)
    assert dict(current.values_list("name", "is_trusted_adult")) == {"Shaz": False, "Mr Okoro": True}
    assert TeamMember.objects.filter(person=person).count() == 4
    services.leave_team(member=current.get(name="Shaz"), by=doing)
    assert current.count() == 1


def test_a_review_sets_the_next_one_within_the_limit(doing):
    plan = plans.open_plan(by=doing, opened_on=today() - timedelta(days=9))
    told = {"who_took_part": "Robin", "what_changed": "Nothing"}
    with pytest.raises(NotAsItStands, match="Choose a day for the next review"):
        services.record_review(plan=plan, held_on=today(), next_on=today() + timedelta(days=43), by=doing, **told)
    soon = today() + timedelta(days=14)
    services.record_review(plan=plan, held_on=today(), next_on=soon, by=doing, **told)
    plan.refresh_from_db()
    assert plan.review_due_on == soon
    services.record_review(plan=plan, held_on=today() - timedelta(days=5), by=doing, **told)
    plan.refresh_from_db()
    assert plan.review_due_on == soon


def test_a_linked_plan_ends_once(doing):
    linked = plans.linked_plan(plans.open_plan(by=doing))
    services.end_linked_plan(linked=linked, by=doing)
    services.end_linked_plan(linked=linked, by=doing)
    linked.refresh_from_db()
    assert linked.ended_on == today()


def test_every_service_refuses_whom_their_role_does_not_include():
    plan = plans.plan_with_goals()
    goal, task = plan.goals.get(), plans.task(plan)
    direct_work = plans.planned_direct_work(plan.person, plan.recorded_by)
    shaz, linked = plans.member(plan.person, plan.recorded_by), plans.linked_plan(plan)
    by = accounts.analyst()
    asked = [
        lambda: services.open_plan(case=plan.case, by=by),
        lambda: services.change_plan(plan=plan, after=1, what_matters="x", by=by),
        lambda: services.move_plan(plan=plan, new="active", after=1, by=by),
        lambda: services.record_review(plan=plan, held_on=today(), who_took_part="x", what_changed="x", by=by),
        lambda: services.link_plan(plan=plan, kind="care", held_by="x", by=by),
        lambda: services.end_linked_plan(linked=linked, by=by),
        lambda: services.say_goal(plan=plan, words="x", by=by),
        lambda: services.reword_goal(goal=goal, after=1, words="x", by=by),
        lambda: services.move_goal(goal=goal, new="reached", after=1, by=by),
        lambda: services.write_safety_plan(plan=plan, after=0, by=by),
        lambda: services.add_task(plan=plan, what="x", due_on=today(), by=by),
        lambda: services.change_task(task=task, after=1, by=by, what="x"),
        lambda: services.move_task(task=task, new="done", after=1, by=by),
        lambda: services.plan_direct_work(person=plan.person, kind="visit", planned_at=now(), worker=by, by=by),
        lambda: services.record_direct_work(direct_work=direct_work, new="cancelled", after=1, by=by),
        lambda: services.record_direct_work_done(
            person=plan.person, kind="visit", new="held", happened_at=now(), by=by
        ),
        lambda: services.join_team(person=plan.person, name="x", part="x", by=by),
        lambda: services.trust(member=shaz, by=by),
        lambda: services.leave_team(member=shaz, by=by),
    ]
    for ask in asked:
        with recorded(by, "test", duty="test"), pytest.raises(Refused, match="writing plans"):
            ask()


def test_every_writing_leaves_a_mark_without_what_was_written():
    plan = plans.open_plan()
    plans.goal(plan, words="Secret words")
    event = AuditEvent.objects.get(action=Action.WRITE, what="goal")
    assert event.children == [plan.person_id]
    assert "Secret" not in str(event.__dict__)


def impossible(plan, by):
    base = {"plan": plan}
    day = today()
    return {
        "one_open_plan_for_a_child": Plan(person=plan.person, case=plan.case, opened_on=day),
        "closed_plan_has_a_day": Plan(person=people.child(), case=plan.case, opened_on=day, status="closed"),
        "goals_due_from_first_engagement": Plan(
            person=people.child(), case=plan.case, opened_on=day, first_engaged_on=day
        ),
        "plan_at_work_has_agreed_goals": Plan(person=people.child(), case=plan.case, opened_on=day, status="active"),
        "goal_says_something": Goal(**base, words=""),
        "agreed_goal_has_a_day": Goal(**base, words="x", status="agreed"),
        "task_has_one_owner": Task(**base, what="x", due_on=day, owner=by, owner_name="Shaz"),
        "done_task_has_a_day": Task(**base, what="x", due_on=day, owner=by, status="done"),
        "safety_plan_saved_over_the_one_before": SafetyPlan(**base, revision=1),
        "safety_plan_counts_from_one": SafetyPlan(**base, revision=0),
        "direct_work_done_has_a_time": DirectWork(person=plan.person, worker=by, planned_at=now(), status="attempted"),
        "direct_work_held_says_whether_seen_alone": DirectWork(
            person=plan.person, worker=by, planned_at=now(), happened_at=now(), status="held"
        ),
        "one_trusted_adult_at_a_time": TeamMember(
            person=plan.person, name="x", part="x", starts_on=day, is_trusted_adult=True
        ),
        "team_member_leaves_after_start": TeamMember(
            person=plan.person, name="x", part="x", starts_on=day, ends_on=day - timedelta(days=1)
        ),
    }


def test_the_database_refuses_the_impossible(doing):
    plan = plans.open_plan(by=doing)
    plans.safety_plan(plan)
    plans.member(plan.person, doing, trusted=True)
    for constraint, row in impossible(plan, doing).items():
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            row.save(force_insert=True)


def test_what_a_goal_said_before_is_kept_with_who_put_it_into_other_words(doing):
    goal = plans.goal(plans.open_plan(by=doing), words="I want my own place")
    services.reword_goal(goal=goal, after=1, words="I want a place of my own with a door I can lock", by=doing)
    services.reword_goal(goal=goal, after=2, words="I want a place of my own with a door I can lock", by=doing)
    before = GoalCorrection.objects.get(goal=goal)
    assert (before.old_values["words"], before.corrected_by) == ("I want my own place", doing)


def test_what_is_planned_moves_to_another_time_and_says_when_it_was_to_be(doing):
    person, colleague = plans.open_plan(by=doing).person, accounts.hub_worker()
    planned = plans.planned_direct_work(person, doing)
    later = planned.planned_at + timedelta(days=2)
    said = {"planned_at": later, "worker": colleague, "where": "College", "by": doing, "why": "She has an exam"}
    for _ in range(2):
        services.move_direct_work(direct_work=planned, after=1, **said)
    assert (planned.planned_at, planned.worker, planned.status) == (later, colleague, "planned")
    assert planned.status_moves.get(old="planned").why.endswith(f"with {doing.name}. She has an exam")
    with pytest.raises(ChangedMeanwhile):
        services.move_direct_work(direct_work=planned, after=1, **{**said, "planned_at": later + timedelta(days=1)})
    services.record_direct_work(direct_work=planned, new="cancelled", after=2, by=doing, why="Exam")
    with pytest.raises(NotAsItStands, match="no longer planned"):
        services.move_direct_work(direct_work=planned, after=3, **said)
