"""Tasks: who does what by when, and what came of it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from trellis.accounts.access import Refused, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.once import add_once
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now, today
from trellis.need_to_know.access import kept_from
from trellis.plans.lifecycle import DONE, TASK, TO_DO
from trellis.plans.models import Plan, Task, TaskMove
from trellis.plans.services.saving import note_saved, plan_at_work, save_once


@transaction.atomic
def add_task(*, plan: Plan, what: str, due_on: date, by: User, key: UUID | None = None, **details: Any) -> Task:
    """Something to be done by a day, by one owner: ``owner`` (a user) or ``owner_name``. Further ``details``: goal,
    on_own_copy, source (what it came out of). Raises Refused, NotAsItStands.
    """
    check_may(by, Permission.PLAN_WRITE)
    plan = plan_at_work(plan)
    check_can_own(details.get("owner"), plan)
    task = Task(plan=plan, what=what, due_on=due_on, form_key=key, recorded_by=by, **details)
    first = TaskMove(task=task, new=TO_DO, moved_at=now(), moved_by=by)
    return add_once(task, "task", first, person=plan.person_id)[0]


def check_can_own(owner: User | None, plan: Plan) -> None:
    """Raises Refused for somebody who is kept from this young person."""
    if owner and kept_from(owner, [plan.person_id]):
        raise Refused("This worker cannot work with this young person. Choose somebody else.", "task", plan.id)


@transaction.atomic
def change_task(*, task: Task, after: int, by: User, **values: Any) -> Task:
    """Write a task anew: what, due_on, owner or owner_name, goal, on_own_copy.

    Raises Refused, NotAsItStands, ChangedMeanwhile.
    """
    check_may(by, Permission.PLAN_WRITE)
    plan = plan_at_work(task.plan)
    check_can_own(values.get("owner"), plan)
    if save_once(task, after, **values):
        note_saved("task", task, plan.person_id)
    return task


@transaction.atomic
def move_task(*, task: Task, new: str, after: int, by: User, effect: str = "", on: date | None = None) -> Task:
    """A task is done, no longer needed, or to be done after all; ``effect``: what came of it.

    Raises Refused, MoveNotAllowed, NotAsItStands, ChangedMeanwhile.
    """
    check_may(by, Permission.PLAN_WRITE)
    plan = plan_at_work(task.plan)
    task.refresh_from_db()
    old = task.status
    if task.revision == after:
        TASK.check_move(old, new)
    done_on = (on or today()) if new == DONE else None
    if save_once(task, after, status=new, done_on=done_on, effect=effect):
        insert_rows([TaskMove(task=task, old=old, new=new, moved_at=now(), moved_by=by, why=effect)])
        note_saved("task", task, plan.person_id)
    return task
