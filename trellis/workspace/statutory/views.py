"""The return of looked-after children beside the police count, and the reports behind each number."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.core.pages import page_of
from trellis.exchange.ssda903.periods import Fate
from trellis.need_to_know.access import note_listed
from trellis.workspace.statutory import presenters
from trellis.workspace.statutory.forms import YearForm
from trellis.workspace.statutory.queries import comparison_for, named, reports_of, visible_reports

WHAT = "statutory return"


@require_GET
def comparison(request: SignedInRequest) -> HttpResponse:
    """Both counts of a year, and what lies between them."""
    user = request.user
    check_may(user, Permission.MISSING_RECONCILE)
    form = YearForm({"year": request.GET["year"]} if "year" in request.GET else None)
    found = comparison_for(user, form.chosen)
    unready = named(user, found.unready)
    note_listed(user, WHAT, [row.person.id for row in unready])
    context = {
        "form": form,
        "year": found.year.name,
        "counts": presenters.counts(found, opens=user.may(Permission.CHILD_READ)),
        "unready": unready,
        "unready_count": len(found.unready),
    }
    return render(request, "workspace/statutory.html", context)


@require_GET
def rows(request: SignedInRequest) -> HttpResponse:
    """The reports behind one number, as far as the user sees their children."""
    user = request.user
    check_may(user, Permission.MISSING_RECONCILE)
    check_may(user, Permission.CHILD_READ)
    form, what = YearForm(request.GET), request.GET.get("what", Fate.IN_TABLE)
    found = comparison_for(user, form.chosen)
    try:
        keys = reports_of(found, what)
    except ValueError:
        raise Http404 from None
    page = page_of(visible_reports(user, keys), request.GET.get("page"))
    note_listed(user, WHAT, [episode.person_id for episode in page])
    context = {
        "year": found.year.name,
        "title": presenters.title_of(what),
        "back": presenters.address(found.year.name),
        "total": len(keys),
        "page": page,
        "rows": presenters.report_lines(page, found),
    }
    return render(request, "workspace/statutory_rows.html", context)
