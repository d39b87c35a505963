"""What the pages of one assessment share: finding it, the banner, what to do when somebody else was first."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from trellis.accounts.sessions import SignedInRequest
from trellis.assessments.access import check_can_assess, see_assessment
from trellis.assessments.models import Assessment
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.protection import Part
from trellis.need_to_know.access import see_person

CONFLICT = 409
CURRENT = "child-assessments"


def found(request: SignedInRequest, person_id: UUID, assessment_id: UUID) -> Assessment:
    person = see_person(request.user, person_id, "assessment", Part.ASSESSMENTS)
    return see_assessment(request.user, person, assessment_id)


def found_to_write(request: SignedInRequest, person_id: UUID, assessment_id: UUID) -> Assessment:
    assessment = found(request, person_id, assessment_id)
    check_can_assess(request.user, person_id)
    return assessment


def page(
    request: SignedInRequest, assessment: Assessment, template: str, *, status: int | None = None, **more: Any
) -> HttpResponse:
    context = child_context(child_header(request.user, assessment.person), current=CURRENT)
    context |= {"assessment": assessment, **more}
    return render(request, f"assessments/{template}.html", context, status=status)


def change(request: SignedInRequest, assessment: Assessment, make: Callable[[], object], told: str) -> HttpResponse:
    """Make a change; when somebody else was first, say so above how things stand."""
    try:
        make()
    except MoveNotAllowed as refusal:
        messages.warning(request, f"Nothing was changed: {refusal}. This is how it stands now.")
    else:
        messages.success(request, told)
    return to(assessment)


def to(assessment: Assessment) -> HttpResponse:
    return redirect("assessment", assessment.person_id, assessment.id)
