"""The missing desk, one episode, and a child's episodes."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.accounts.access import Hidden, check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header, lead_workers, possible_matches
from trellis.core.clocks import now
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.pages import page_of
from trellis.core.protection import Part
from trellis.core.reference_data import labels
from trellis.missing import presenters, services
from trellis.missing.access import see_episode
from trellis.missing.forms import AnswerForm, InterviewForm, NewReportForm, ReportForm, ReturnForm
from trellis.missing.models import MissingEpisode
from trellis.missing.queries import all_reasons, back_and_waiting, episodes_of, history_of, missing_now, reported_with
from trellis.need_to_know.access import can_see_person, note_listed, see_person
from trellis.people.models import Person
from trellis.people.queries import Named
from trellis.people.services import Introduction

CONFLICT = 409


@require_GET
def desk(request: SignedInRequest) -> HttpResponse:
    """Who is out there, who is back and waiting."""
    user, moment = request.user, now()
    check_may(user, Permission.MISSING_DESK_READ)
    out = page_of(missing_now(user), request.GET.get("out"))
    back = page_of(back_and_waiting(user), request.GET.get("back"))
    people = {episode.person_id for episode in [*out, *back]}
    note_listed(user, "missing desk", people)
    leads, grades = lead_workers(people), labels("missing_risk_grade")
    return render(
        request,
        "missing/desk.html",
        {
            "moment": moment,
            "out": out,
            "back": back,
            "out_rows": presenters.out_there(out, leads, grades, moment),
            "back_rows": presenters.back(back, leads, moment),
            "may_record": user.may(Permission.MISSING_RECORD),
        },
    )


@require_http_methods(["GET", "POST"])
def report(request: SignedInRequest) -> HttpResponse:
    """A report of somebody who is to be found first, or recorded."""
    check_may(request.user, Permission.MISSING_RECORD)
    form = NewReportForm(request.POST or None, initial={"reported_at": now()})
    if request.method == "POST" and form.is_valid():
        # People alike come first: one of them may be whom a copy of this form has made meanwhile.
        known = possible_matches(request.user, form.named())
        already = reported_with(form.cleaned_data["form_key"], request.user)
        if already:
            return redirect("missing-episode", already.id)
        if form.settles(known):
            return take_report(request, form, form.introduction(known))
    return report_page(request, form)


@require_http_methods(["GET", "POST"])
def report_child(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """A report of a young person whose record is open."""
    check_may(request.user, Permission.MISSING_RECORD)
    person = see_person(request.user, person_id, "missing episodes", Part.MISSING)
    form = ReportForm(request.POST or None, initial={"reported_at": now()})
    if request.method == "POST" and form.is_valid():
        return take_report(request, form, Introduction(Named.of(person), chosen=person), person)
    return report_page(request, form, person)


def take_report(
    request: SignedInRequest, form: ReportForm, who: Introduction, person: Person | None = None
) -> HttpResponse:
    try:
        episode = services.take_report(who=who, key=form.cleaned_data["form_key"], by=request.user, **form.told())
    except services.MissingAlready:
        form.add_error(None, "They are reported missing already for this time. Nothing was added")
        return report_page(request, form, person)
    messages.success(request, "The report is recorded. They are on the desk now.")
    return redirect("missing-episode", episode.id)


def report_page(request: SignedInRequest, form: ReportForm, person: Person | None = None) -> HttpResponse:
    if person:
        context = child_context(child_header(request.user, person), current="child-missing")
        return render(request, "missing/report_child.html", {**context, "form": form})
    return render(request, "missing/report.html", {"form": form})


@require_GET
def episode(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    """One time a young person was missing, and what comes next."""
    found = see_episode(request.user, episode_id)
    return episode_page(request, found)


def episode_page(request: SignedInRequest, found: MissingEpisode, stale: str = "") -> HttpResponse:
    """``stale``: why something just sent was refused, when somebody else was first."""
    user = request.user
    context = child_context(child_header(request.user, found.person), current="child-missing")
    more = {
        "episode": found,
        "facts": presenters.facts(found, labels("missing_risk_grade"), now()),
        "interview": presenters.interview(found, all_reasons(), now()),
        "steps": presenters.steps(found, history_of(found)),
        "may_record": user.may(Permission.MISSING_RECORD),
        "may_interview": user.may(Permission.INTERVIEW_RECORD),
        "stale": stale,
    }
    return render(request, "missing/episode.html", {**context, **more}, status=CONFLICT if stale else None)


@require_http_methods(["GET", "POST"])
def record_return(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    check_may(request.user, Permission.MISSING_RECORD)
    found = see_episode(request.user, episode_id)
    form = ReturnForm(request.POST or None, episode=found, initial={"returned_at": now()})
    if request.method == "POST" and form.is_valid():
        return move(
            request,
            found,
            lambda: services.record_return(episode=found, by=request.user, **form.cleaned_data),
            "The return is recorded. The time for the return interview runs from now on.",
        )
    return step_page(request, found, form, "Record the return")


@require_POST
def offer(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    found = see_interview(request, episode_id)
    return move(
        request,
        found,
        lambda: services.offer_interview(interview=found.interview, by=request.user),
        "The offer is recorded.",
    )


@require_http_methods(["GET", "POST"])
def answer(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    found = see_interview(request, episode_id)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return move(
            request,
            found,
            lambda: services.record_answer(interview=found.interview, by=request.user, **form.cleaned_data),
            "The answer is recorded.",
        )
    return step_page(request, found, form, "Record their answer")


@require_http_methods(["GET", "POST"])
def hold(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    found = see_interview(request, episode_id)
    form = InterviewForm(request.POST or None, interview=found.interview, initial={"completed_at": now()})
    if request.method == "POST" and form.is_valid():
        return move(
            request,
            found,
            lambda: services.hold_return_interview(interview=found.interview, by=request.user, **form.cleaned_data),
            "The return interview is recorded.",
        )
    return step_page(request, found, form, "Record the return interview")


def see_interview(request: SignedInRequest, episode_id: UUID) -> MissingEpisode:
    """An episode with its interview; before the return there is none."""
    check_may(request.user, Permission.INTERVIEW_RECORD)
    found = see_episode(request.user, episode_id)
    if not found.returned_at:
        raise Hidden("return interview", episode_id)
    return found


def move(request: SignedInRequest, found: MissingEpisode, change: Callable[[], object], told: str) -> HttpResponse:
    """Make a change; when somebody else was first, show how things stand instead of changing them."""
    try:
        change()
    except MoveNotAllowed as refusal:
        return episode_page(request, see_episode(request.user, found.id), f"Nothing was changed: {refusal}.")
    messages.success(request, told)
    if can_see_person(request.user, found.person_id):
        return redirect("missing-episode", found.id)
    return redirect("missing-desk")


def step_page(request: SignedInRequest, found: MissingEpisode, form: forms.Form, heading: str) -> HttpResponse:
    context = child_context(child_header(request.user, found.person), current="child-missing")
    return render(request, "missing/step.html", {**context, "episode": found, "form": form, "page_heading": heading})


@require_GET
def child_missing(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Every episode of one young person."""
    person = see_person(request.user, person_id, "missing episodes", Part.MISSING)
    page = page_of(episodes_of(person), request.GET.get("page"))
    return render(
        request,
        "missing/child.html",
        {
            **child_context(child_header(request.user, person), current="child-missing"),
            "page": page,
            "rows": presenters.episode_rows(page, labels("missing_risk_grade"), now()),
            "may_record": request.user.may(Permission.MISSING_RECORD),
        },
    )
