"""Released stories, for whoever reads reports. Nothing here leads to a record."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.case_studies.access import released_visible_to, see_released
from trellis.case_studies.document import pdf_of

PER_PAGE = 20


@require_GET
def released_studies(request: SignedInRequest) -> HttpResponse:
    check_may(request.user, Permission.REPORT_READ)
    page = Paginator(released_visible_to(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "case_studies/released.html", {"page": page})


@require_GET
def released_study(request: SignedInRequest, study_id: UUID) -> HttpResponse:
    return render(request, "case_studies/story.html", {"story": see_released(request.user, study_id)})


@require_GET
def released_study_pdf(request: SignedInRequest, study_id: UUID) -> HttpResponse:
    response = HttpResponse(pdf_of(see_released(request.user, study_id)), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="case-study.pdf"'
    return response
