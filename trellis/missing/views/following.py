"""What follows from a return interview: more that was mentioned or agreed, what is set aside, what is done."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from trellis.accounts.access import Hidden, check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.missing import services
from trellis.missing.access import see_episode, see_mention, see_safety_action
from trellis.missing.forms.interviews import AsideForm, DoneForm, ToldForm
from trellis.missing.forms.rows import MORE, FollowingForm
from trellis.missing.lifecycle import COMPLETED
from trellis.missing.models import MissingEpisode
from trellis.missing.views.steps import move, step_page


@require_http_methods(["GET", "POST"])
def told(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    found = see_held(request, episode_id)
    form = ToldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return move(
            request,
            found,
            lambda: services.tell_of_interview(interview=found.interview, by=request.user, **form.cleaned_data),
            "It is recorded who was told.",
        )
    return step_page(request, found, form, "Record who was told")


@require_http_methods(["GET", "POST"])
def more(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    """What was mentioned, or agreed, and is written down later."""
    found = see_held(request, episode_id)
    form = FollowingForm(request.POST or None)
    if MORE in request.POST:
        form.only_asks_for_rows()
    elif request.method == "POST" and form.is_valid():
        return move(
            request,
            found,
            lambda: services.add_to_interview(interview=found.interview, by=request.user, **form.told()),
            "It is added.",
        )
    context = child_context(child_header(request.user, found.person), current="child-missing")
    return render(request, "missing/more.html", {**context, "episode": found, "form": form})


@require_http_methods(["GET", "POST"])
def set_aside(request: SignedInRequest, mention_id: UUID) -> HttpResponse:
    check_may(request.user, Permission.INTERVIEW_RECORD)
    mention = see_mention(request.user, mention_id)
    form = AsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return move(
            request,
            mention.interview.episode,
            lambda: services.set_mention_aside(mention=mention, by=request.user, **form.cleaned_data),
            "It is set aside, and no pattern draws on it.",
        )
    return step_page(request, mention.interview.episode, form, f"Set aside: {mention.words}")


@require_http_methods(["GET", "POST"])
def done(request: SignedInRequest, action_id: UUID) -> HttpResponse:
    check_may(request.user, Permission.INTERVIEW_RECORD)
    action = see_safety_action(request.user, action_id)
    form = DoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return move(
            request,
            action.interview.episode,
            lambda: services.finish_safety_action(action=action, by=request.user, **form.cleaned_data),
            "It is recorded as done.",
        )
    return step_page(request, action.interview.episode, form, f"Done: {action.what}")


def see_held(request: SignedInRequest, episode_id: UUID) -> MissingEpisode:
    """An episode whose own return interview was held."""
    check_may(request.user, Permission.INTERVIEW_RECORD)
    found = see_episode(request.user, episode_id)
    interview = getattr(found, "interview", None)
    if interview is None or interview.status != COMPLETED:
        raise Hidden("return interview", episode_id)
    return found
