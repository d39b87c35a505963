"""Plans by their state, made through the services."""

from datetime import date, timedelta

from tests.factories import accounts, cases, people
from trellis.audit_log.trail import recorded
from trellis.core.clocks import now, today
from trellis.core.ids import new_id
from trellis.plans import services
from trellis.plans.lifecycle import AGREED, ENGAGING, GOALS_AGREED
from trellis.plans.models import DirectWork, Goal, LinkedPlan, Plan, SafetyPlan, Task, TeamMember

SAID = {
    "triggers": "When I argue with Mum and my phone does not stop.",
    "people_i_trust": "My aunt Shaz and Mr Okoro at school.",
    "what_i_will_do": "Ring Shaz before I go out.",
    "what_adults_will_do": "Shaz picks up, also at night.",
    "when_missing": "Try the bus station first. Do not shout at me.",
}


def open_plan(person=None, by=None, **fields) -> Plan:
    """The plan of a young person with an open case."""
    case = cases.open_case(person or people.child())
    by = by or accounts.hub_worker()
    with recorded(by, "test", duty="test"):
        return services.open_plan(case=case, by=by, **fields)


def plan_with_goals(person=None, by=None) -> Plan:
    """Goals are agreed: what was wanted, met for the first time, agreed."""
    by = by or accounts.hub_worker()
    plan = open_plan(person, by, opened_on=today() - timedelta(days=20))
    agreed_goal(plan, by)
    with recorded(by, "test", duty="test"):
        for new, days in ((ENGAGING, 14), (GOALS_AGREED, 3)):
            on = today() - timedelta(days=days)
            plan = services.move_plan(plan=plan, new=new, after=plan.revision, by=by, on=on)
    return plan


def goal(plan, by=None, words="I want to sleep at my own place", **fields) -> Goal:
    by = by or plan.recorded_by
    with recorded(by, "test", duty="test"):
        return services.say_goal(plan=plan, words=words, by=by, key=new_id(), **fields)


def agreed_goal(plan, by=None, **fields) -> Goal:
    made = goal(plan, by, **fields)
    with recorded(made.recorded_by, "test", duty="test"):
        return services.move_goal(goal=made, new=AGREED, after=1, by=made.recorded_by)


def task(plan, by=None, what="Ring the college", due_on: date | None = None, **fields) -> Task:
    by = by or plan.recorded_by
    owner = {} if "owner" in fields or "owner_name" in fields else {"owner": by}
    with recorded(by, "test", duty="test"):
        return services.add_task(
            plan=plan, what=what, due_on=due_on or today() + timedelta(days=5), by=by, key=new_id(), **owner, **fields
        )


def safety_plan(plan, by=None, after=0, **fields) -> SafetyPlan:
    by = by or plan.recorded_by
    with recorded(by, "test", duty="test"):
        return services.write_safety_plan(
            plan=plan, after=after, by=by, key=new_id(), said_by_child=True, **{**SAID, **fields}
        )


def planned_direct_work(person, by, **fields) -> DirectWork:
    fields = {"kind": "visit", "planned_at": now() + timedelta(hours=3), "worker": by, **fields}
    with recorded(by, "test", duty="test"):
        return services.plan_direct_work(person=person, by=by, key=new_id(), **fields)


def held_direct_work(person, by, **fields) -> DirectWork:
    told = {"happened_at": now() - timedelta(hours=2), "seen_alone": True, "where": "The park", **fields}
    with recorded(by, "test", duty="test"):
        return services.record_direct_work_done(person=person, kind="visit", new="held", by=by, key=new_id(), **told)


def member(person, by, name="Shaz", part="Aunt", **fields) -> TeamMember:
    with recorded(by, "test", duty="test"):
        return services.join_team(person=person, name=name, part=part, by=by, key=new_id(), **fields)


def linked_plan(plan, by=None, **fields) -> LinkedPlan:
    by = by or plan.recorded_by
    fields = {"kind": "care", "held_by": "North team", **fields}
    with recorded(by, "test", duty="test"):
        return services.link_plan(plan=plan, by=by, key=new_id(), **fields)
