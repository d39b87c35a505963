"""How things stand: all of it on one page, and saying it for one point."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import Hidden, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.audit_log.trail import attempt
from trellis.cases.lifecycle import OPEN
from trellis.cases.models import Case
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.lifecycle import NotAsItStands
from trellis.core.protection import Part
from trellis.core.reference_data import labels
from trellis.core.revisions import ChangedMeanwhile
from trellis.need_to_know.access import can_see_person, see_person, sees_whole_record
from trellis.outcomes import presenters, services
from trellis.outcomes.access import case_of, see_case
from trellis.outcomes.counts import record_counts
from trellis.outcomes.forms import OutcomesForm
from trellis.outcomes.lifecycle import may_say
from trellis.outcomes.models import OutcomeRecord, Point
from trellis.outcomes.queries import (
    areas_of,
    challenges_of,
    follow_ups_of,
    looks_at,
    points_before,
    standing_of,
    told_of,
)
from trellis.people.models import Person

CONFLICT = 409
PAGE = "child-outcomes"


@require_GET
def child_outcomes(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Each area at each point of the present or latest case, and what the record counts."""
    user = request.user
    person = see_person(user, person_id, "outcomes", Part.OUTCOMES)
    case = case_of(user, person)
    context = {**child_context(child_header(user, person), current=PAGE), "case": case}
    if case:
        context |= case_context(user, person, case)
    return render(request, "outcomes/child.html", context)


def case_context(user: User, person: Person, case: Case) -> dict[str, object]:
    standing = standing_of(user, case)
    areas, points = areas_of(case, {area for _, area in standing}), list(Point)
    counts, is_open = record_counts(user, person, case), case.status == OPEN
    may_write = user.may(Permission.OUTCOME_WRITE)
    return {
        "is_open": is_open,
        "reason": labels("case_closure_reason").get(case.closure_reason, case.closure_reason),
        "rows": presenters.board(areas, standing, points),
        "heads": list(
            zip(
                points,
                presenters.tallies(areas, standing, points),
                [may_write and may_say(point, is_open=is_open) for point in points],
                strict=True,
            )
        ),
        "periods": presenters.period_heads(counts),
        "counts": presenters.count_rows(counts),
        "follow_ups": follow_ups_of(user, case),
        "challenges": challenges_of(user, case),
        "told": told_of(user, case),
        "looks": looks_at(user, [case.id]).get(case.id, []),
        "may_write": may_write,
        "may_close": is_open and user.may(Permission.CASE_CLOSE) and sees_whole_record(user, person.id),
    }


@require_http_methods(["GET", "POST"])
def outcomes_at(request: SignedInRequest, person_id: UUID, point: str) -> HttpResponse:
    """All areas on one page, with what the point before said beside each. Of two who save at once the second is shown
    what the first said, and loses nothing typed."""
    user = request.user
    check_may(user, Permission.OUTCOME_WRITE)
    person = see_person(user, person_id, "outcomes", Part.OUTCOMES)
    case = see_case(user, person)
    if point not in Point.values:
        raise Hidden("point", person_id)
    standing = standing_of(user, case)
    form = form_for(request, case, point, standing)
    stands, refused = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                key = form.cleaned_data["form_key"]
                services.record_outcomes(case=case, point=point, answers=form.answers(), by=user, key=key)
        except ChangedMeanwhile:
            now = at_point(standing_of(user, case), point)
            form.beside(now)
            stands = [(area.label, presenters.cell(now.get(area.code))) for area in form.areas]
        except NotAsItStands as refusal:
            refused = str(refusal)
        else:
            messages.success(request, "How things stand is saved.")
            sees = can_see_person(user, person.id, Part.OUTCOMES)
            return redirect(PAGE, person.id) if sees else redirect("follow-ups")
    if not may_say(point, is_open=case.status == OPEN):
        refused = refused or closed_point(case)
    context = {
        **child_context(child_header(user, person), current=PAGE),
        "form": form,
        "point": Point(point),
        "stands": stands,
        "refused": refused,
    }
    return render(request, "outcomes/at.html", context, status=CONFLICT if stands or refused else None)


def closed_point(case: Case) -> str:
    if case.status == OPEN:
        return "This case is open. How it went on is asked after it closed"
    return "This case is closed. What was said while it was open stays as it is"


def at_point(standing: dict[tuple[str, str], OutcomeRecord], point: str) -> dict[str, OutcomeRecord]:
    return {area: row for (at, area), row in standing.items() if at == point}


def form_for(
    request: SignedInRequest, case: Case, point: str, standing: dict[tuple[str, str], OutcomeRecord]
) -> OutcomesForm:
    areas = areas_of(case, {area for _, area in standing})
    before = {}
    for area in areas:
        found = next((p for p in points_before(point) if (p, area.code) in standing), None)
        row = standing.get((found, area.code)) if found else None
        before[area.code] = presenters.before_in_words(row, found)
    return OutcomesForm(request.POST or None, areas=areas, standing=at_point(standing, point), before=before)
