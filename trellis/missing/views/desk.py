"""Who is out there, who is back and waiting."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.queries import lead_workers
from trellis.core.clocks import now
from trellis.core.pages import page_of
from trellis.core.reference_data import labels
from trellis.missing.presenters.desk import back, out_there
from trellis.missing.queries.desk import back_and_waiting, missing_now
from trellis.need_to_know.access import note_listed


@require_GET
def desk(request: SignedInRequest) -> HttpResponse:
    """Who is out there, who is back and waiting."""
    user, moment = request.user, now()
    check_may(user, Permission.MISSING_DESK_READ)
    out = page_of(missing_now(user), request.GET.get("out"))
    returned = page_of(back_and_waiting(user), request.GET.get("back"))
    people = {episode.person_id for episode in [*out, *returned]}
    note_listed(user, "missing desk", people)
    leads, grades = lead_workers(people), labels("missing_risk_grade")
    return render(
        request,
        "missing/desk.html",
        {
            "moment": moment,
            "out": out,
            "back": returned,
            "out_rows": out_there(out, leads, grades, moment),
            "back_rows": back(returned, leads, moment),
            "may_record": user.may(Permission.MISSING_RECORD),
        },
    )
