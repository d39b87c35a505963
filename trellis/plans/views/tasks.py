"""Tasks: all of them by due date, a new one, one changed, one done."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.clocks import today
from trellis.core.pages import page_of
from trellis.people.models import Person
from trellis.plans import presenters, services
from trellis.plans.access import see_in_plan, see_plan
from trellis.plans.forms.plan import ChangeTaskForm, TaskForm, TaskStepForm
from trellis.plans.models import Plan, Task
from trellis.plans.queries import goal_choices, tasks_of, worker, workers
from trellis.plans.views.writing import PAGE, Writing, plan_page_of, to_write, written


@require_GET
def tasks(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Every task, by due date."""
    person = plan_page_of(request, person_id, "tasks")
    page = page_of(tasks_of(see_plan(request.user, person)), request.GET.get("page"))
    context = {
        **child_context(child_header(request.user, person), current=PAGE),
        "page": page,
        "tasks": presenters.task_rows(page, today()),
        "may_write": request.user.may(Permission.PLAN_WRITE),
    }
    return render(request, "plans/tasks.html", context)


def choices(plan: Plan) -> dict[str, Any]:
    return {"workers": workers(), "goals": goal_choices(plan)}


def kept(told: dict[str, Any]) -> dict[str, Any]:
    """Who was chosen, and the key of the goal chosen."""
    goal, owner = told.pop("goal"), told.pop("owner")
    return {**told, "owner": worker(owner) if owner else None, "goal_id": UUID(goal) if goal else None}


@require_http_methods(["GET", "POST"])
def add_task(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    plan = see_plan(request.user, person)
    writing = Writing(
        "Add a task",
        TaskForm(request.POST or None, initial={"owner": str(request.user.id)}, **choices(plan)),
        lambda told: services.add_task(plan=plan, by=request.user, **kept(told)),
        "The task is in the plan.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def change_task(request: SignedInRequest, person_id: UUID, task_id: UUID) -> HttpResponse:
    person, task = task_of(request, person_id, task_id)
    names = ("what", "due_on", "owner_name", "on_own_copy")
    initial = {"after": task.revision, "owner": task.owner_id, "goal": task.goal_id}
    initial |= {name: getattr(task, name) for name in names}
    writing = Writing(
        "Change a task",
        ChangeTaskForm(request.POST or None, initial=initial, **choices(task.plan)),
        lambda told: services.change_task(task=task, by=request.user, **kept(told)),
        "The task is saved.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def finish_task(request: SignedInRequest, person_id: UUID, task_id: UUID) -> HttpResponse:
    person, task = task_of(request, person_id, task_id)
    initial = {"after": task.revision, "on": today(), "effect": task.effect}
    writing = Writing(
        "How a task went",
        TaskStepForm(request.POST or None, initial=initial, status=task.status),
        lambda told: services.move_task(task=task, by=request.user, **told),
        "The task is up to date.",
        f"{task.what} ({presenters.owner(task)})",
    )
    return written(request, person, writing)


def task_of(request: SignedInRequest, person_id: UUID, task_id: UUID) -> tuple[Person, Task]:
    person = to_write(request, person_id)
    return person, see_in_plan(request.user, person, Task, task_id)
