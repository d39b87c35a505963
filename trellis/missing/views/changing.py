"""What changes at an episode: its owner, its risk, its facts, its return undone, its reports merged and taken out."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from trellis.accounts.access import Hidden, check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import now
from trellis.missing import services
from trellis.missing.access import see_episode
from trellis.missing.forms.changing import (
    CorrectionForm,
    GradeForm,
    HandOverForm,
    MergeForm,
    UndoReturnForm,
    UnmergeForm,
)
from trellis.missing.lifecycle import MERGED
from trellis.missing.queries.desk import may_look_after
from trellis.missing.queries.episodes import other_episodes
from trellis.missing.services.grading import grade_risk
from trellis.missing.services.merging import Times, merge_reports, times_before, unmerge_report
from trellis.missing.services.owners import hand_over, take
from trellis.missing.views.steps import episode_page, move, see_to_change, step_page

CHANGED_MEANWHILE = "Nothing was changed: somebody changed this episode while you were writing."


@require_POST
def take_up(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    found = see_to_change(request, episode_id)
    return move(request, found, lambda: take(episode=found, by=request.user), "You look after them now.")


@require_http_methods(["GET", "POST"])
def give(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    found = see_to_change(request, episode_id)
    others = {user.id: user for user in may_look_after(found) if user.id != found.owner_id}
    form = HandOverForm(request.POST or None, workers=others.values())
    if request.method == "POST" and form.is_valid():
        to, why = others[form.cleaned_data["to"]], form.cleaned_data["why"]
        return move(
            request,
            found,
            lambda: hand_over(episode=found, to=to, by=request.user, why=why),
            f"{to.name} looks after them now.",
        )
    return step_page(request, found, form, "Hand over")


@require_http_methods(["GET", "POST"])
def grade(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    found = see_to_change(request, episode_id)
    form = GradeForm(request.POST or None, initial={"graded_at": now()})
    if request.method == "POST" and form.is_valid():
        return move(
            request,
            found,
            lambda: grade_risk(episode=found, by=request.user, **form.cleaned_data),
            "The risk is graded.",
        )
    return step_page(request, found, form, "Grade the risk")


@require_http_methods(["GET", "POST"])
def correct(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    found = see_to_change(request, episode_id)
    form = CorrectionForm(request.POST or None, episode=found)
    if request.method == "POST" and form.is_valid():
        if form.is_stale:
            return episode_page(request, found, CHANGED_MEANWHILE)
        changes, why = form.changes(), form.cleaned_data["why"]
        return move(
            request,
            found,
            lambda: services.correct_at_desk(episode=found, changes=changes, why=why, by=request.user),
            "The episode says so now. What it said before is kept.",
        )
    return step_page(request, found, form, "Correct or add to it")


@require_http_methods(["GET", "POST"])
def undo_return(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    found = see_to_change(request, episode_id)
    if not found.returned_at:
        raise Hidden("return", episode_id)
    form = UndoReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        return move(
            request,
            found,
            lambda: services.correct_at_desk(episode=found, changes={"returned_at": None}, why=why, by=request.user),
            "The return is undone. They are on the desk as missing.",
        )
    return step_page(request, found, form, "Undo the return")


@require_http_methods(["GET", "POST"])
def merge(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    found = see_to_change(request, episode_id)
    others = {one.id: one for one in other_episodes(found)}
    form = MergeForm(request.POST or None, others=others.values())
    if request.method == "POST" and form.is_valid():
        into, why = others[form.cleaned_data["into"]], form.cleaned_data["why"]
        return move(
            request,
            found,
            lambda: merge_reports(report=found, into=into, why=why, by=request.user),
            "The reports are one time missing now. Each is kept as it was told.",
        )
    return step_page(request, found, form, "Merge with another report")


@require_http_methods(["GET", "POST"])
def unmerge(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    check_may(request.user, Permission.MISSING_RECORD)
    found = see_episode(request.user, episode_id)
    if found.status != MERGED:
        raise Hidden("merged report", episode_id)
    form = UnmergeForm(request.POST or None, own=Times.of(found), others=times_before(found))
    if request.method == "POST" and form.is_valid():
        own, others, why = form.times(), form.times("other_"), form.cleaned_data["why"]
        return move(
            request,
            found,
            lambda: unmerge_report(report=found, own=own, others=others, why=why, by=request.user),
            "The report stands by itself now.",
        )
    return step_page(request, found, form, "Take this report out")
