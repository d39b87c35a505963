"""What the plan adds to a child's overview: what is due, and who is in the team around them."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.cases.child_pages import Due, Involved
from trellis.cases.closing import Unfinished
from trellis.cases.models import Case
from trellis.core.presenters import day, plural
from trellis.people.models import Person
from trellis.plans.access import plan_of
from trellis.plans.lifecycle import PLANNED, TO_DO
from trellis.plans.models import OVER, DirectWork, Plan
from trellis.plans.queries import next_and_last_direct_work, tasks_of, team_of

TASKS = 3


def plan_due(user: User, person: Person) -> Iterator[Due]:
    """The next visit, the goals or the review, and the first tasks to do."""
    plan = plan_of(user, person)
    if plan is None or plan.status in OVER:
        return
    here = reverse("child-plan", args=[person.id])
    if plan.goals_due_on and not plan.goals_agreed_on:
        yield Due(plan.goals_due_on, "Agree the goals", here)
    if plan.review_due_on:
        yield Due(plan.review_due_on, "Review the plan", reverse("record-review", args=[person.id]))
    for task in tasks_of(plan).filter(status=TO_DO)[:TASKS]:
        yield Due(task.due_on, task.what, reverse("finish-task", args=[person.id, task.id]))
    planned, _ = next_and_last_direct_work(user, person)
    if planned:
        words = f"{planned.get_kind_display()}, {planned.worker.name}"
        yield Due(planned.planned_at, words, reverse("record-direct-work", args=[person.id, planned.id]))


def plan_unfinished(case: Case) -> Iterator[Unfinished]:
    """The plan that is open, and what is still planned with the young person."""
    here = reverse("child-plan", args=[case.person_id])
    if Plan.objects.filter(person=case.person_id).open().exists():
        yield Unfinished("The plan is open. Take it to its last phase", here)
    planned = DirectWork.objects.filter(person=case.person_id, status=PLANNED).count()
    if planned:
        what = f"Direct work is planned {plural(planned, 'time', 'times')}. Say how it went, or that it was cancelled"
        yield Unfinished(what, reverse("child-direct-work", args=[case.person_id]))


def team_involved(user: User, person: Person) -> Iterator[Involved]:
    """The adult they trust first."""
    for member in team_of(user, person):
        part = f"{member.part}, the adult they trust" if member.is_trusted_adult else member.part
        more = [str(member.agency)] if member.agency else []
        yield Involved(member.name, part, ", ".join([*more, f"since {day(member.starts_on)}"]))
