"""The board, a young person's assessments, one begun, two compared."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import Refused
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.assessments import services
from trellis.assessments.access import can_assess, check_can_assess
from trellis.assessments.forms import BeginForm
from trellis.assessments.presenters import comparison, lists
from trellis.assessments.queries import (
    assessments_of,
    caseloads,
    learning_disability_of,
    series_of,
    tools_for,
    under_way,
    waiting_for,
)
from trellis.assessments.views.shown import CURRENT, to
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.clocks import today
from trellis.core.pages import page_of
from trellis.core.protection import Part
from trellis.core.reference_data import labels, limit
from trellis.need_to_know.access import note_listed, see_person

CASELOAD = "assessment.caseload"


@require_GET
def board(request: SignedInRequest) -> HttpResponse:
    """Who assesses whom until when, and what my agency is asked to contribute."""
    user = request.user
    writes, gives = user.may(Permission.ASSESSMENT_WRITE), user.may(Permission.CONTRIBUTION_GIVE)
    if not (writes or gives):
        raise Refused("Your role does not include writing assessments or contributing to them.", "assessments")
    waiting = page_of(waiting_for(user), request.GET.get("waiting")) if gives else None
    going = page_of(under_way(user), request.GET.get("page")) if writes else None
    note_listed(user, "assessments", [row.person_id for page in (waiting, going) if page for row in page])
    most = limit(CASELOAD, today())
    context = {
        "waiting": waiting,
        "waiting_rows": lists.waiting_rows(waiting or (), user.id, today()),
        "page": going,
        "rows": lists.board_rows(going or (), today()),
        "loads": lists.loads(caseloads(user), most) if writes else [],
        "most": most,
    }
    return render(request, "assessments/board.html", context)


@require_GET
def child_assessments(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = see_person(request.user, person_id, "assessments", Part.ASSESSMENTS)
    page = page_of(assessments_of(request.user, person), request.GET.get("page"))
    context = {
        **child_context(child_header(request.user, person), current=CURRENT),
        "page": page,
        "rows": lists.rows(page, today()),
        "may_begin": can_assess(request.user, person.id),
    }
    return render(request, "assessments/child.html", context)


@require_http_methods(["GET", "POST"])
def begin(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    person = see_person(request.user, person_id, "assessments", Part.ASSESSMENTS)
    check_can_assess(request.user, person.id)
    header = child_header(request.user, person)
    tools = tools_for(person, today())
    initial = {"clock_started_on": today(), "learning_disability": learning_disability_of(request.user, person)}
    form = BeginForm(request.POST or None, tools=tools, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = services.begin_assessment(
                person=person,
                version=said["version"],
                clock_started_on=said["clock_started_on"],
                learning_disability=said["learning_disability"],
                by=request.user,
                key=said["form_key"],
            )
        except (services.DoesNotFit, services.UnderWayAlready) as refusal:
            form.add_error("version", str(refusal))
        else:
            messages.success(request, f"The assessment is begun. It is due on {made.due_on:%-d %B %Y}.")
            return to(made)
    context = {**child_context(header, current=CURRENT), "form": form, "tools": tools}
    return render(request, "assessments/begin.html", context)


@require_GET
def compare(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Assessment by assessment: by score within a version, across tools by what was stated of each outcome area."""
    person = see_person(request.user, person_id, "assessments", Part.ASSESSMENTS)
    series = series_of(request.user, person)
    if not series:
        return redirect("child-assessments", person.id)
    context = {
        **child_context(child_header(request.user, person), current=CURRENT),
        "chart": comparison.picture(series),
        "pairs": comparison.pairs(series, labels("outcome_area")),
        "series": comparison.row_of_each(series),
    }
    return render(request, "assessments/compare.html", context)
