"""One episode, its return, and every episode of a child."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.clocks import now
from trellis.core.pages import page_of
from trellis.core.protection import Part
from trellis.core.reference_data import labels
from trellis.missing import services
from trellis.missing.access import see_episode
from trellis.missing.forms.episodes import ReturnForm
from trellis.missing.presenters.episodes import episode_rows
from trellis.missing.queries.episodes import episodes_of
from trellis.missing.views.steps import episode_page, move, see_to_change, step_page
from trellis.need_to_know.access import see_person


@require_GET
def episode(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    """One time a young person was missing, and what comes next."""
    found = see_episode(request.user, episode_id)
    return episode_page(request, found)


@require_http_methods(["GET", "POST"])
def record_return(request: SignedInRequest, episode_id: UUID) -> HttpResponse:
    found = see_to_change(request, episode_id)
    form = ReturnForm(request.POST or None, episode=found, initial={"returned_at": now()})
    if request.method == "POST" and form.is_valid():
        return move(
            request,
            found,
            lambda: services.record_return(episode=found, by=request.user, **form.cleaned_data),
            "The return is recorded. The time for the return interview runs from now on.",
        )
    return step_page(request, found, form, "Record the return")


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
            "rows": episode_rows(page, labels("missing_risk_grade"), now()),
            "may_record": request.user.may(Permission.MISSING_RECORD),
        },
    )
