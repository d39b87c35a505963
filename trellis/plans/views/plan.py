"""The plan on one page and on paper; opening it, its phases, reviews and the plans it is linked to."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.accounts.access import Hidden, check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.cases.read_back import last_read_together
from trellis.core.clocks import london_date, today
from trellis.core.protection import Part
from trellis.core.reference_data import labels
from trellis.need_to_know.access import see_person
from trellis.plans import presenters, services
from trellis.plans.access import plan_of, see_in_plan, see_plan
from trellis.plans.forms.plan import (
    ChangePlanForm,
    LinkForm,
    OpenPlanForm,
    PhaseForm,
    ReviewForm,
    SafetyForm,
)
from trellis.plans.models import LinkedPlan
from trellis.plans.queries import (
    WholePlan,
    agencies,
    first_met_on,
    next_and_last_direct_work,
    safety_before,
    team_of,
    whole_plan,
)
from trellis.plans.views.writing import PAGE, Writing, to_write, written

AREAS = "outcome_area"
ON_SCREEN = "plans/plan.html"


@require_GET
def plan(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Who does what by when, for what the young person wants."""
    return plan_in(request, person_id, ON_SCREEN, "plan")


@require_GET
def plan_print(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """The plan on paper, for the meeting."""
    return plan_in(request, person_id, "plans/print.html", "plan on paper")


def plan_in(request: SignedInRequest, person_id: UUID, template: str, what: str) -> HttpResponse:
    user, day = request.user, today()
    person = see_person(user, person_id, what, Part.PLAN)
    found, header = plan_of(user, person), child_header(user, person)
    if found is None and template != ON_SCREEN:
        raise Hidden("plan", person_id)
    upcoming, last = next_and_last_direct_work(user, person)
    context = {
        **child_context(header, current=PAGE),
        "plan": found,
        "called": presenters.called(person),
        "on_paper": template != ON_SCREEN,
        "team": presenters.member_rows(team_of(user, person)),
        "next_direct_work": presenters.direct_work_row(upcoming) if upcoming else None,
        "last_direct_work": presenters.direct_work_row(last) if last else None,
        "may_write": template == ON_SCREEN and user.may(Permission.PLAN_WRITE),
        "can_open": header.case is not None and (found is None or found.closed_on is not None),
    }
    if found is not None:
        context |= plan_words(whole_plan(found), day)
        context["read_together"] = last_read_together(user, person, found.id)
    return render(request, template, context)


def plan_words(whole: WholePlan, day: date) -> dict[str, object]:
    areas = labels(AREAS)
    return {
        "whole": whole,
        "facts": presenters.facts(whole.plan),
        "days": presenters.days_of(whole.plan, day),
        "goals": presenters.goal_rows(whole.goals, areas),
        "goals_then": presenters.goal_rows(whole.goals_then, areas),
        "safety": presenters.safety_rows(whole.safety),
        "said_by": presenters.said_by(whole.safety, whole.person) if whole.safety else "",
        "tasks": presenters.task_rows(whole.tasks, day),
        "finished": presenters.task_rows(whole.finished, day),
        "linked": presenters.linked_rows(whole.linked),
        "steps": presenters.step_rows(whole.moves),
        "is_open": whole.plan.closed_on is None,
    }


@require_GET
def plan_for_me(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """The young person's own copy: large, plain, and about nobody whom they did not name."""
    user = request.user
    person = see_person(user, person_id, "plan for the young person", Part.PLAN)
    whole = whole_plan(see_plan(user, person))
    upcoming, _ = next_and_last_direct_work(user, person)
    copy = presenters.own_copy(whole, team_of(user, person), upcoming, today())
    context = child_context(child_header(user, person), current=PAGE)
    return render(request, "plans/for_me.html", {**context, "copy": copy, "day": today()})


@require_http_methods(["GET", "POST"])
def open_plan(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    case = child_header(request.user, person).case
    if case is None:
        raise Hidden("open case", person_id)
    writing = Writing(
        "Open a plan",
        OpenPlanForm(request.POST or None),
        lambda told: services.open_plan(case=case, by=request.user, **told),
        "The plan is open. Write down what they want first.",
        "There is one plan. Where somebody else holds one already, such as a care plan, link to it afterwards.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def change_plan(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    found = see_plan(request.user, person)
    initial = {"what_matters": found.what_matters, "after": found.revision}
    writing = Writing(
        "What matters to them",
        ChangePlanForm(request.POST or None, initial=initial),
        lambda told: services.change_plan(plan=found, by=request.user, **told),
        "What matters to them is in the plan.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def phase(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    found = see_plan(request.user, person)
    met = first_met_on(person) if found.first_engaged_on is None else None
    on = london_date(met.happened_at) if met and met.happened_at else today()
    initial = {"after": found.revision, "on": max(on, found.opened_on)}
    writing = Writing(
        "The phase of the plan",
        PhaseForm(request.POST or None, initial=initial, status=found.status),
        lambda told: services.move_plan(plan=found, by=request.user, **told),
        "The plan is in its next phase.",
        f"The plan is now: {found.get_status_display().lower()}.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def safety_plan(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """What keeps them safe, in their words. Each saving is a revision; the ones before stay readable below."""
    person = to_write(request, person_id)
    found = see_plan(request.user, person)
    now = found.safety_plans.first()
    initial = {name: getattr(now, name) for name in (*presenters.SAFETY, "said_by_child", "agreed_on")} if now else {}
    before = [(one, presenters.safety_rows(one)) for one in safety_before(found)]
    writing = Writing(
        "Safety plan",
        SafetyForm(request.POST or None, initial={**initial, "after": now.revision if now else 0}),
        lambda told: services.write_safety_plan(plan=found, by=request.user, **told),
        "The safety plan is saved. What it said before is kept.",
        "Write it with them, in their words.",
        more={"before": before},
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def record_review(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    found = see_plan(request.user, person)
    writing = Writing(
        "Record a review",
        ReviewForm(request.POST or None, initial={"held_on": today()}),
        lambda told: services.record_review(plan=found, by=request.user, **told),
        "The review is recorded, and the next one has its day.",
    )
    return written(request, person, writing)


@require_http_methods(["GET", "POST"])
def link_plan(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = to_write(request, person_id)
    found = see_plan(request.user, person)

    def save(told: dict[str, object]) -> object:
        told["agency_id"] = told.pop("agency") or None
        return services.link_plan(plan=found, by=request.user, **told)  # type: ignore[arg-type]

    writing = Writing(
        "Link a plan that somebody else holds",
        LinkForm(request.POST or None, agencies=agencies()),
        save,
        "The plan is linked.",
        "Nothing of it is written twice: this says where it is and who holds it.",
    )
    return written(request, person, writing)


@require_POST
def end_linked_plan(request: SignedInRequest, person_id: UUID, linked_id: UUID) -> HttpResponse:
    check_may(request.user, Permission.PLAN_WRITE)
    person = see_person(request.user, person_id, "plan", Part.PLAN)
    services.end_linked_plan(linked=see_in_plan(request.user, person, LinkedPlan, linked_id), by=request.user)
    messages.success(request, "The linked plan has ended.")
    return redirect(PAGE, person_id)
