"""A plan of each child of the matrix, a word in every part of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.factories.prepared import prepared
from trellis.accounts.models import User
from trellis.cases.models import Case
from trellis.core.clocks import now, today
from trellis.people.models import Person
from trellis.plans import services
from trellis.plans.models import GoalMove, PlanMove, Review, TaskMove

SAFETY = ("triggers", "people_i_trust", "what_i_will_do", "what_adults_will_do", "when_missing")


def write_plan(name: str, child: Person, by: User, word: Any) -> dict[str, dict[str, UUID]]:
    """Opens the plan; gives, by kind, what an address of it names."""

    def said(what: str) -> str:
        return str(word(name, f"plan{what}"))

    day, ids = today(), {"person_id": child.id}
    with prepared():
        plan = services.open_plan(case=Case.objects.get(person=child), by=by, what_matters=said("matters"))
        PlanMove.objects.create(plan=plan, old="accepted", new="accepted", moved_at=now(), why=said("move"))
        goal = services.say_goal(plan=plan, words=said("goal"), by=by)
        goal = services.reword_goal(goal=goal, after=1, words=said("reworded"), by=by)
        GoalMove.objects.create(goal=goal, old="wanted", new="wanted", moved_at=now(), why=said("goalmove"))
        task = services.add_task(
            plan=plan, what=said("task"), due_on=day + timedelta(days=3), by=by, owner_name=said("owner"), goal=goal
        )
        TaskMove.objects.create(task=task, old="to_do", new="to_do", moved_at=now(), why=said("taskmove"))
        told = {what: said(what.replace("_", "")) for what in SAFETY}
        services.write_safety_plan(plan=plan, after=0, by=by, **told)
        services.record_review(
            plan=plan, held_on=day, who_took_part=said("took"), childs_view=said("view"), what_changed="Nothing", by=by
        )
        Review.objects.create(plan=plan, held_on=day, who_took_part=said("also"), what_changed=said("changed"))
        linked = services.link_plan(plan=plan, kind="care", held_by=said("held"), reference=said("reference"), by=by)
        direct_work = services.plan_direct_work(
            person=child, kind="visit", planned_at=now() + timedelta(hours=4), worker=by, by=by, where=said("place")
        )
        held = {"where": said("where"), "with_whom": said("whom"), "childs_words": said("words")}
        services.record_direct_work_done(
            person=child, kind="visit", new="held", happened_at=now(), by=by, seen_alone=True,
            what_happened=said("happened"), **held,
        )  # fmt: skip
        shaz = services.join_team(person=child, name=said("member"), part=said("part"), phone=said("phone"), by=by)
    return {
        "planned": ids,
        "goal": {**ids, "goal_id": goal.id},
        "task": {**ids, "task_id": task.id},
        "linked plan": {**ids, "linked_id": linked.id},
        "direct_work": {**ids, "direct_work_id": direct_work.id},
        "team member": {**ids, "member_id": shaz.id},
    }
