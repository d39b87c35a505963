"""The team board of whoever allocates, and the caseload of one worker."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.accounts.queries import agency_choices
from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import today
from trellis.core.pages import page_of
from trellis.need_to_know.access import note_listed
from trellis.supervision import presenters, services
from trellis.supervision.access import check_has_caseload, see_worker
from trellis.supervision.forms import TeamSupervisionForm
from trellis.supervision.queries import caseload_of, loads, with_nobody, workers


@require_GET
def caseload(request: SignedInRequest) -> HttpResponse:
    """Of the whole team for whoever allocates; one's own for whoever works cases."""
    user = request.user
    check_has_caseload(user)
    if not user.may(Permission.CASE_ALLOCATE):
        return caseload_page(request, user)
    nobody = page_of(with_nobody(user), request.GET.get("page"))
    note_listed(user, "caseload", {case.person_id for case in nobody})
    rows = loads(user, workers())
    context = {"rows": rows, "above": sum(row.above for row in rows), "page": nobody}
    return render(request, "supervision/board.html", context)


@require_GET
def worker_caseload(request: SignedInRequest, user_id: UUID) -> HttpResponse:
    check_has_caseload(request.user)
    return caseload_page(request, see_worker(request.user, user_id))


def caseload_page(request: SignedInRequest, worker: User) -> HttpResponse:
    user = request.user
    worked = caseload_of(user, worker)
    note_listed(user, "caseload", {row.person.id for row in worked})
    (load,) = loads(user, [worker])
    context = {
        "worker": worker,
        "own": worker == user,
        "rows": worked,
        "load": load,
        "figures": presenters.own_figures(load, worked),
        "may_supervise": bool(worked) and user.may(Permission.SUPERVISION_WRITE),
        "may_allocate": user.may(Permission.CASE_ALLOCATE),
    }
    return render(request, "supervision/caseload.html", context)


@require_http_methods(["GET", "POST"])
def supervise_worker(request: SignedInRequest, user_id: UUID) -> HttpResponse:
    """One supervision about several young people of a worker, kept apart for each of them."""
    user = request.user
    check_may(user, Permission.SUPERVISION_WRITE)
    worker = see_worker(user, user_id)
    people = [row.person for row in caseload_of(user, worker)]
    note_listed(user, "caseload", {person.id for person in people})
    form = TeamSupervisionForm(
        request.POST or None, people=people, agencies=agency_choices(), initial={"held_on": today()}
    )
    if request.method == "POST" and form.is_valid():
        services.hold_supervision(
            of_each=form.about(), by=user, key=form.cleaned_data["form_key"], worker=worker, **form.held()
        )
        messages.success(request, "The supervision is recorded, with each young person apart.")
        return redirect("worker-caseload", worker.id)
    return render(request, "supervision/supervise.html", {"form": form, "worker": worker})
