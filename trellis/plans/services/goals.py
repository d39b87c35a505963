"""Goals, in the young person's words."""

from datetime import date
from uuid import UUID

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.once import add_once
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now, today
from trellis.core.lifecycle import NotAsItStands
from trellis.plans.lifecycle import AGREED, GOAL, GOALS_AGREED, WANTED
from trellis.plans.models import Goal, GoalCorrection, GoalMove, Plan
from trellis.plans.services.saving import note_saved, plan_at_work, save_once


@transaction.atomic
def say_goal(*, plan: Plan, words: str, by: User, key: UUID | None = None, area: str = "") -> Goal:
    """Write down what the young person wants, as they said it. Raises Refused, NotAsItStands."""
    check_may(by, Permission.PLAN_WRITE)
    plan = plan_at_work(plan)
    goal = Goal(plan=plan, words=words, area=area, position=plan.goals.count(), form_key=key, recorded_by=by)
    first = GoalMove(goal=goal, new=WANTED, moved_at=now(), moved_by=by)
    return add_once(goal, "goal", first, person=plan.person_id)[0]


@transaction.atomic
def reword_goal(*, goal: Goal, after: int, words: str, by: User, area: str = "") -> Goal:
    """Put a goal into other words of theirs; what it said before is kept.

    Raises Refused, NotAsItStands, ChangedMeanwhile.
    """
    check_may(by, Permission.PLAN_WRITE)
    plan = plan_at_work(goal.plan)
    goal.refresh_from_db()
    old = {"words": goal.words, "area": goal.area}
    if save_once(goal, after, words=words, area=area) and old != {"words": words, "area": area}:
        insert_rows([GoalCorrection(goal=goal, old_values=old, corrected_at=now(), corrected_by=by)])
        note_saved("goal", goal, plan.person_id)
    return goal


@transaction.atomic
def move_goal(*, goal: Goal, new: str, after: int, by: User, on: date | None = None, why: str = "") -> Goal:
    """A goal is agreed, reached, set aside or taken up again, on ``on`` (today).

    Raises Refused, MoveNotAllowed, NotAsItStands, ChangedMeanwhile.
    """
    check_may(by, Permission.PLAN_WRITE)
    plan = plan_at_work(goal.plan)
    goal.refresh_from_db()
    old = goal.status
    if goal.revision == after:
        GOAL.check_move(old, new)
        _check_one_is_left(plan, goal, new)
    agreed = {"agreed_on": on or today()} if new == AGREED else {}
    if save_once(goal, after, status=new, **agreed):
        insert_rows([GoalMove(goal=goal, old=old, new=new, moved_at=now(), moved_by=by, why=why)])
        note_saved("goal", goal, plan.person_id)
    return goal


def _check_one_is_left(plan: Plan, goal: Goal, new: str) -> None:
    """In the phase in which goals are agreed, the last of them is not put aside."""
    if plan.status != GOALS_AGREED or new == AGREED:
        return
    if not plan.goals.filter(status=AGREED).exclude(id=goal.id).exists() and goal.status == AGREED:
        raise NotAsItStands("This is the only goal you agreed. Agree another first, or take the plan to its next phase")
