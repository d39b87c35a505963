"""The return interview: offered, tried for, answered, held; and the police's own, which is another."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from trellis.accounts.access import Hidden, check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sealed import keyed_hash
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.clocks import now
from trellis.missing import services
from trellis.missing.access import check_can_record_prevention, see_episode
from trellis.missing.forms.conversations import InterviewForm
from trellis.missing.forms.interviews import AnswerForm, AttemptForm, NotOfferedForm, OfferForm, PreventionForm
from trellis.missing.forms.rows import MORE
from trellis.missing.models import MissingEpisode
from trellis.missing.queries.interviews import others_waiting
from trellis.missing.views.steps import move, step_page


@require_http_methods(["GET", "POST"])
def offer(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    found = see_interview(request, episode_id)
    form = OfferForm(request.POST or None, initial={"offered_at": now()})
    if request.method == "POST" and form.is_valid():
        return move(
            request,
            found,
            lambda: services.offer_interview(interview=found.interview, by=request.user, **form.cleaned_data),
            "The offer is recorded.",
        )
    return step_page(request, found, form, "Record the offer")


@require_http_methods(["GET", "POST"])
def attempt(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    found = see_interview(request, episode_id)
    form = AttemptForm(request.POST or None, initial={"attempted_at": now()})
    if request.method == "POST" and form.is_valid():
        return move(
            request,
            found,
            lambda: services.record_attempt(interview=found.interview, by=request.user, **form.cleaned_data),
            "The attempt is recorded.",
        )
    return step_page(request, found, form, "Record an attempt")


@require_http_methods(["GET", "POST"])
def not_offered(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    found = see_interview(request, episode_id)
    form = NotOfferedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return move(
            request,
            found,
            lambda: services.not_offer_interview(interview=found.interview, by=request.user, **form.cleaned_data),
            "It is recorded that no interview is offered, and why.",
        )
    return step_page(request, found, form, "Record that it is not offered")


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
    """The template filled in beside the young person."""
    found = see_interview(request, episode_id)
    others = others_waiting(request.user, found.interview)
    form = InterviewForm(
        request.POST or None, interview=found.interview, others=others, initial={"completed_at": now()}
    )
    if MORE in request.POST:
        form.only_asks_for_rows()
    elif request.method == "POST" and form.is_valid():
        try:
            return move(
                request,
                found,
                lambda: services.hold_return_interview(interview=found.interview, by=request.user, **form.told()),
                "The return interview is recorded.",
            )
        except (services.NotTheirs, services.ReasonNeeded) as refusal:
            form.add_error(None, f"The times changed while you wrote: {refusal}")
    context = child_context(child_header(request.user, found.person), current="child-missing")
    lock = keyed_hash(str(request.user.id), "words kept on a device")
    return render(request, "missing/interview.html", {**context, "episode": found, "form": form, "lock": lock})


@require_http_methods(["GET", "POST"])
def prevention(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    """The police's own interview. It stands beside the return interview and moves nothing in it."""
    check_may(request.user, Permission.PREVENTION_INTERVIEW_RECORD)
    found = see_episode(request.user, episode_id)
    check_can_record_prevention(request.user)
    if not found.returned_at:
        raise Hidden("prevention interview", episode_id)
    form = PreventionForm(request.POST or None, initial={"held_at": now()})
    if request.method == "POST" and form.is_valid():
        return move(
            request,
            found,
            lambda: services.record_prevention_interview(episode=found, by=request.user, **form.cleaned_data),
            "The prevention interview is recorded. It takes the place of no return interview.",
        )
    return step_page(request, found, form, "Record the police's prevention interview")


def see_interview(request: SignedInRequest, episode_id: UUID) -> MissingEpisode:
    """An episode with its interview; before the return there is none."""
    check_may(request.user, Permission.INTERVIEW_RECORD)
    found = see_episode(request.user, episode_id)
    if getattr(found, "interview", None) is None:
        raise Hidden("return interview", episode_id)
    return found
