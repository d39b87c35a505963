"""The supervision page of one young person, and adding to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import Hidden, Refused, check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.queries import agency_choices
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.clocks import today
from trellis.core.lifecycle import MoveNotAllowed, NotAsItStands
from trellis.core.protection import Part
from trellis.core.revisions import ChangedMeanwhile
from trellis.need_to_know.access import see_person
from trellis.people.models import Person
from trellis.plans.access import plan_of
from trellis.supervision import forms, presenters, services
from trellis.supervision.access import see_of
from trellis.supervision.models import Formulation, SupervisionAction
from trellis.supervision.queries import actions_to_do, latest_formulation, moves_of, whole_supervision, workers

CONFLICT = 409


def see(request: SignedInRequest, person_id: UUID) -> Person:
    return see_person(request.user, person_id, "supervision", Part.RECORD)


def page(
    request: SignedInRequest, person: Person, template: str, status: int | None = None, **more: Any
) -> HttpResponse:
    context = child_context(child_header(request.user, person), current="child-supervision")
    return render(request, f"supervision/{template}.html", {**context, **more}, status=status)


@require_GET
def child_supervision(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Oversight, supervision, formulation and what was agreed."""
    user = request.user
    person = see(request, person_id)
    whole = whole_supervision(user, person)
    return page(
        request,
        person,
        "child",
        whole=whole,
        to_do=presenters.action_rows(whole.to_do, whole.carried, today()),
        finished=presenters.action_rows(whole.finished, {}, today()),
        supervisions=presenters.supervision_rows(whole.supervisions, dict(agency_choices())),
        parts=presenters.formulation_parts(whole.formulations[0]) if whole.formulations else [],
        may_supervise=user.may(Permission.SUPERVISION_WRITE),
        may_oversee=user.may(Permission.OVERSIGHT_WRITE),
        may_formulate=user.may(Permission.FORMULATION_WRITE),
        may_plan=user.may(Permission.PLAN_WRITE),
    )


@require_http_methods(["GET", "POST"])
def add_oversight(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    check_may(request.user, Permission.OVERSIGHT_WRITE)
    person = see(request, person_id)
    form = forms.OversightForm(request.POST or None, initial={"noted_on": today()})
    if request.method == "POST" and form.is_valid():
        services.note_oversight(person=person, by=request.user, key=form.cleaned_data["form_key"], **form.said())
        messages.success(request, "Your oversight is recorded.")
        return redirect("child-supervision", person.id)
    return page(request, person, "form", form=form, page_heading="Record management oversight")


@require_http_methods(["GET", "POST"])
def add_supervision(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """A supervision about this young person; what is still to do from before is answered or carried on."""
    user = request.user
    check_may(user, Permission.SUPERVISION_WRITE)
    person = see(request, person_id)
    header = child_header(user, person)
    form = forms.SupervisionForm(
        request.POST or None,
        agencies=agency_choices(),
        workers=workers(),
        waiting=actions_to_do(user, [person.id]),
        initial={"held_on": today(), "worker": header.lead.id if header.lead else None},
    )
    if request.method == "POST" and form.is_valid():
        held = {**form.held(), "worker": form.cleaned_data["worker"]}
        try:
            services.hold_supervision(of_each=[form.about(person)], by=user, key=form.cleaned_data["form_key"], **held)
        except (Refused, ChangedMeanwhile, MoveNotAllowed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The supervision is recorded.")
            return redirect("child-supervision", person.id)
    return page(request, person, "supervision", form=form)


@require_http_methods(["GET", "POST"])
def add_formulation(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """The next revision of the formulation; of two written at once both are shown."""
    user = request.user
    check_may(user, Permission.FORMULATION_WRITE)
    person = see(request, person_id)
    before = latest_formulation(user, person)
    initial = {"formulated_on": today()}
    form = forms.FormulationForm(request.POST or None, workers=workers(), before=before, initial=initial)
    stands = None
    if request.method == "POST" and form.is_valid():
        key, after = form.cleaned_data["form_key"], form.cleaned_data["after"]
        try:
            made = services.write_formulation(person=person, after=after, by=user, key=key, **form.said())
        except ChangedMeanwhile as meanwhile:
            stands = meanwhile.now
        else:
            messages.success(request, "The formulation is saved. What it said before is kept.")
            return redirect("formulation", person.id, made.id)
    said = presenters.formulation_parts(stands) if isinstance(stands, Formulation) else []
    status = CONFLICT if stands else None
    heading = "Write the formulation anew" if before else "Write a formulation"
    return page(request, person, "form", status, form=form, page_heading=heading, stands=stands, stands_parts=said)


@require_GET
def formulation(request: SignedInRequest, person_id: UUID, formulation_id: UUID) -> HttpResponse:
    """A formulation as it was at one revision."""
    person = see(request, person_id)
    found = see_of(request.user, person, Formulation, formulation_id)
    return page(
        request,
        person,
        "formulation",
        formulation=found,
        parts=presenters.formulation_parts(found),
        may_plan=request.user.may(Permission.PLAN_WRITE),
        may_formulate=request.user.may(Permission.FORMULATION_WRITE),
    )


@require_http_methods(["GET", "POST"])
def to_plan(request: SignedInRequest, person_id: UUID, formulation_id: UUID) -> HttpResponse:
    """What a formulation suggests becomes a task of the plan."""
    user = request.user
    check_may(user, Permission.PLAN_WRITE)
    person = see(request, person_id)
    found = see_of(user, person, Formulation, formulation_id)
    plan = plan_of(user, person)
    if plan is None:
        raise Hidden("plan", person.id)
    form = forms.TaskFromFormulationForm(request.POST or None, workers=workers())
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("what", "due_on", "owner")}
        try:
            services.add_formulation_to_plan(
                formulation=found, plan=plan, by=user, key=form.cleaned_data["form_key"], **said
            )
        except (Refused, NotAsItStands) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The task is in the plan.")
            return redirect("child-supervision", person.id)
    parts = presenters.formulation_parts(found)
    return page(request, person, "form", form=form, page_heading="Add to the plan", from_parts=parts)


@require_http_methods(["GET", "POST"])
def action(request: SignedInRequest, person_id: UUID, action_id: UUID) -> HttpResponse:
    """How an action stands and stood, and saying that it is done."""
    user = request.user
    check_may(user, Permission.SUPERVISION_WRITE)
    person = see(request, person_id)
    found = see_of(user, person, SupervisionAction, action_id)
    form = forms.ActionForm(request.POST or None, action=found)
    stale = ""
    if request.method == "POST" and form.is_valid():
        try:
            services.move_action(action=found, by=user, **form.cleaned_data)
        except (ChangedMeanwhile, MoveNotAllowed) as refusal:
            stale = str(refusal)
        else:
            messages.success(request, "How the action stands is recorded.")
            return redirect("child-supervision", person.id)
    status = CONFLICT if stale else None
    return page(
        request, person, "action", status, form=form, action=found, moves=presenters.steps(moves_of(found)), stale=stale
    )
