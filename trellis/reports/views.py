"""Reports: the editions there are, one to read, how each figure was made, the files."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import check_may
from trellis.accounts.fresh import needs_fresh_sign_in
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.core.forms import FormKey
from trellis.core.pages import page_of
from trellis.reports import presenters, services
from trellis.reports.access import editions_visible_to, requests_visible_to, see_edition, see_latest_edition, take_file
from trellis.reports.forms import EditionForm, MonthForm
from trellis.reports.material import material_of
from trellis.reports.models import Kind


@require_http_methods(["GET", "POST"])
def reports(request: SignedInRequest) -> HttpResponse:
    """The editions, the ones being made, and a form to ask for one."""
    check_may(request.user, Permission.REPORT_READ)
    form = EditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return ask(request, form.cleaned_data["year"], form, "reports")
    page = page_of(editions_visible_to(request.user).defer("figures", "definitions"), request.GET.get("page"))
    asked = requests_visible_to(request.user)
    context = {
        "page": page,
        "being_made": asked.being_made(),
        "failed": asked.failed()[:3],
        "form": form,
        "may_reconcile": request.user.may(Permission.MISSING_RECONCILE),
    }
    return render(request, "reports/reports.html", context)


@require_http_methods(["GET", "POST"])
def missing_reports(request: SignedInRequest) -> HttpResponse:
    """The monthly missing reports, and a form to ask for one."""
    check_may(request.user, Permission.REPORT_READ)
    form = MonthForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return ask(request, form.cleaned_data["month"], form, "missing-reports")
    editions = editions_visible_to(request.user).filter(kind=Kind.MISSING).defer("figures", "definitions")
    asked = requests_visible_to(request.user).filter(kind=Kind.MISSING)
    context = {
        "page": page_of(editions, request.GET.get("page")),
        "being_made": asked.being_made(),
        "failed": asked.failed()[:3],
        "form": form,
    }
    return render(request, "reports/missing_reports.html", context)


def ask(request: SignedInRequest, period: str, form: FormKey, back: str) -> HttpResponse:
    """Have the report of a period made, and say so where it was asked for."""
    asked = services.request_edition(period=period, form_key=form.cleaned_data["form_key"], by=request.user)
    messages.success(request, f"{asked.title} is being made.")
    return redirect(back)


@require_GET
def annual(request: SignedInRequest, year: str) -> HttpResponse:
    """The latest edition of a year's annual report, each number leading to how it was made."""
    edition = see_latest_edition(request.user, presenters.year_from_address(year))
    return edition_page(request, edition.id)


@require_GET
def missing_report(request: SignedInRequest, month: str) -> HttpResponse:
    """The latest edition of a month's missing report."""
    return edition_page(request, see_latest_edition(request.user, month).id)


@require_GET
def edition(request: SignedInRequest, edition_id: UUID) -> HttpResponse:
    """One edition, also when there is a later one."""
    return edition_page(request, edition_id)


def edition_page(request: SignedInRequest, edition_id: UUID) -> HttpResponse:
    found = see_edition(request.user, edition_id)
    context = {
        "edition": found,
        "report": services.report_of(material_of(found)),
        "files": presenters.file_links(found.files.defer("content")),
        "address_of": lambda measure: reverse("figure", args=[found.id, measure]),
        "inside": True,
    }
    return render(request, "reports/annual.html", context)


@require_GET
def figure(request: SignedInRequest, edition_id: UUID, measure: str) -> HttpResponse:
    """How the figures of one measure were made."""
    found = see_edition(request.user, edition_id)
    page = presenters.figure_page(found, material_of(found), measure)
    if page is None:
        raise Http404
    return render(request, "reports/figure.html", {"edition": found, "page": page})


@require_GET
@needs_fresh_sign_in
def file(request: SignedInRequest, edition_id: UUID, name: str) -> HttpResponse:
    """A file of an edition, to keep. Never shown inside a page of ours."""
    found = take_file(request.user, edition_id, name)
    response = HttpResponse(bytes(found.content), content_type=found.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    return response
