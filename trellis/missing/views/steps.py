"""What the steps of an episode share: the episode's page, a step's page, a move."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from trellis.accounts.access import Hidden, check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.clocks import now
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.reference_data import labels
from trellis.missing.access import see_episode
from trellis.missing.lifecycle import MERGED
from trellis.missing.models import MissingEpisode
from trellis.missing.presenters.episodes import facts, report_rows, said_before, steps
from trellis.missing.presenters.interviews import interview, interview_parts
from trellis.missing.queries.episodes import corrections_of, history_of, reports_of
from trellis.missing.queries.interviews import all_reasons, around_interview, independences
from trellis.missing.queries.profile import has_profile
from trellis.need_to_know.access import can_see_person

CONFLICT = 409
LISTS = ("missing_risk_grade", "missing_reason", "missing_harm", "authority")


def see_to_change(request: SignedInRequest, episode_id: UUID) -> MissingEpisode:
    """An episode that stands by itself, for somebody who works at the desk."""
    check_may(request.user, Permission.MISSING_RECORD)
    found = see_episode(request.user, episode_id)
    if found.status == MERGED:
        raise Hidden("missing episode", episode_id)
    return found


def episode_page(request: SignedInRequest, found: MissingEpisode, stale: str = "") -> HttpResponse:
    """``stale``: why something just sent was refused, when somebody else was first."""
    user = request.user
    context = child_context(child_header(request.user, found.person), current="child-missing")
    lists = {name: labels(name) for name in LISTS}
    more = {
        "episode": found,
        "facts": facts(found, lists, now()),
        "interview": interview(found, all_reasons(), now()),
        **interview_parts(around_interview(user, found), independences()),
        "steps": steps(history_of(found), lists["missing_risk_grade"]),
        "reports": report_rows(reports_of(found)),
        "said_before": said_before(corrections_of(found)),
        "is_owner": found.owner_id == user.id,
        "may_record": user.may(Permission.MISSING_RECORD),
        "may_interview": user.may(Permission.INTERVIEW_RECORD),
        "has_profile": has_profile(user, found.person_id),
        "stale": stale,
    }
    return render(request, "missing/episode.html", {**context, **more}, status=CONFLICT if stale else None)


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
