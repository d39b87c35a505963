"""The return interview: offered, answered, held."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from trellis.accounts.access import Hidden, check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import now
from trellis.missing import services
from trellis.missing.access import see_episode
from trellis.missing.forms.interviews import AnswerForm, InterviewForm
from trellis.missing.models import MissingEpisode
from trellis.missing.views.steps import move, step_page


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
