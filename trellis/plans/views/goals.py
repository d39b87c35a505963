"""Goals in the young person's words: said, reworded, agreed, reached, set aside."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import today
from trellis.plans import presenters, services
from trellis.plans.access import see_in_plan, see_plan
from trellis.plans.forms.plan import ChangeGoalForm, GoalForm, GoalStepForm
from trellis.plans.models import Goal
from trellis.plans.queries import words_before
from trellis.plans.views.writing import Writing, to_write, written


@require_http_methods(["GET", "POST"])
def add_goal(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    plan = see_plan(request.user, person)
    writing = Writing(
        "Write down what they want",
        GoalForm(request.POST or None),
        lambda told: services.say_goal(plan=plan, by=request.user, **told),
        "What they want is in the plan.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def change_goal(request: SignedInRequest, person_id: UUID, goal_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    goal = see_in_plan(request.user, person, Goal, goal_id)
    initial = {"words": goal.words, "area": goal.area, "after": goal.revision}
    writing = Writing(
        "Put a goal into other words",
        ChangeGoalForm(request.POST or None, initial=initial),
        lambda told: services.reword_goal(goal=goal, by=request.user, **told),
        "The goal is saved. What it said before is kept.",
        more={"earlier": presenters.earlier_words(words_before(goal))},
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def move_goal(request: SignedInRequest, person_id: UUID, goal_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    goal = see_in_plan(request.user, person, Goal, goal_id)
    initial = {"after": goal.revision, "on": today()}
    writing = Writing(
        "How a goal goes on",
        GoalStepForm(request.POST or None, initial=initial, status=goal.status),
        lambda told: services.move_goal(goal=goal, by=request.user, **told),
        "The goal is up to date.",
        f"“{goal.words}” {goal.get_status_display()}.",
    )
    return written(request, person, writing)
