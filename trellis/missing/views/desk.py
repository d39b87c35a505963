"""Who is out there, who is back and waiting; and the same lists alone, for a page that brings itself up to date."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest, asked_by_the_page
from trellis.cases.queries import lead_workers
from trellis.core.clocks import now
from trellis.core.pages import page_of
from trellis.core.reference_data import labels
from trellis.missing.presenters.desk import back, out_there
from trellis.missing.queries.desk import back_and_waiting, desk_version, missing_now, times_lately
from trellis.need_to_know.access import note_listed


@require_GET
def desk(request: SignedInRequest) -> HttpResponse:
    """Who is out there, who is back and waiting."""
    check_may(request.user, Permission.MISSING_DESK_READ)
    moment = now()
    return render(request, "missing/desk.html", lists(request, moment, desk_version(request.user, moment)))


@asked_by_the_page
@require_GET
def desk_now(request: SignedInRequest) -> HttpResponse:
    """The lists alone, or that nothing has changed since the version the page names."""
    check_may(request.user, Permission.MISSING_DESK_READ)
    moment = now()
    version = desk_version(request.user, moment)
    if request.headers.get("If-None-Match") == f'"{version}"':
        return HttpResponse(status=304)
    response = render(request, "missing/_desk_lists.html", lists(request, moment, version))
    response["ETag"] = f'"{version}"'
    return response


def lists(request: SignedInRequest, moment: datetime, version: str) -> dict[str, Any]:
    """The version is asked before the rows: what changes between is shown now and asked for once more."""
    user = request.user
    out = page_of(missing_now(user), request.GET.get("out"))
    returned = page_of(back_and_waiting(user), request.GET.get("back"))
    people = {episode.person_id for episode in [*out, *returned]}
    note_listed(user, "missing desk", people)
    leads, grades, often = lead_workers(people), labels("missing_risk_grade"), times_lately(people, moment)
    return {
        "moment": moment,
        "version": version,
        "out": out,
        "back": returned,
        "out_rows": out_there(out, leads, grades, moment, often),
        "back_rows": back(returned, leads, moment, often),
        "may_record": user.may(Permission.MISSING_RECORD),
        "may_audit": user.may(Permission.INTERVIEW_AUDIT),
    }
