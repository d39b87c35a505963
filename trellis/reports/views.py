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
from trellis.core.pages import page_of
from trellis.reports import presenters, services
from trellis.reports.access import editions_visible_to, requests_visible_to, see_edition, see_latest_edition, take_file
from trellis.reports.forms import EditionForm
from trellis.reports.material import material_of


@require_http_methods(["GET", "POST"])
def reports(request: SignedInRequest) -> HttpResponse:
    """The editions, the ones being made, and a form to ask for one."""
    user = request.user
    check_may(user, Permission.REPORT_READ)
    form = EditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.request_edition(year=form.cleaned_data["year"], form_key=form.cleaned_data["form_key"], by=user)
        messages.success(request, f"The annual report {form.cleaned_data['year']} is being made.")
        return redirect("reports")
    page = page_of(editions_visible_to(user).defer("figures", "definitions"), request.GET.get("page"))
    asked = requests_visible_to(user)
    context = {"page": page, "being_made": asked.being_made(), "failed": asked.failed()[:3], "form": form}
    return render(request, "reports/reports.html", context)


@require_GET
def annual(request: SignedInRequest, year: str) -> HttpResponse:
    """The latest edition of a year's annual report, each number leading to how it was made."""
    edition = see_latest_edition(request.user, presenters.year_from_address(year))
    return edition_page(request, edition.id)


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
