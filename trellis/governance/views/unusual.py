"""Unusual access: what the rules found, and what a reviewer makes of one finding."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import Hidden, check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.core.pages import page_of
from trellis.governance import services
from trellis.governance.access import can_review_opening
from trellis.governance.forms import UnusualFilterForm, UnusualReviewForm
from trellis.governance.presenters.unusual import finding_row, finding_rows
from trellis.governance.queries.references import references_of
from trellis.governance.queries.unusual import chosen, finding, unusual
from trellis.need_to_know.access import note_listed

WHAT = "unusual access"


@require_GET
def unusual_access(request: SignedInRequest) -> HttpResponse:
    """What deserves a question, the latest first."""
    user = request.user
    check_may(user, Permission.AUDIT_READ)
    form = UnusualFilterForm(request.GET)
    days, rule, state = form.asked()
    page = page_of(chosen(unusual(user, days), rule, state), request.GET.get("page"))
    children = {each.child for each in page if each.child}
    rows = finding_rows(page, references_of(user, children))
    note_listed(user, WHAT, children)
    context = {"form": form, "page": page, "rows": rows, "days": days, "query": request.GET.urlencode()}
    return render(request, "governance/unusual.html", context)


@require_http_methods(["GET", "POST"])
def unusual_finding(request: SignedInRequest, rule: str, worker: UUID, about: UUID | date) -> HttpResponse:
    """One finding, what was made of it before, and what the reviewer makes of it."""
    user = request.user
    check_may(user, Permission.AUDIT_READ)
    days, _, _ = UnusualFilterForm(request.GET).asked()
    found = finding(user, rule, worker, about, days)
    if found is None:
        raise Hidden(WHAT)
    may_review = can_review_opening(user, found.worker)
    form = UnusualReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        services.review_unusual_access(
            finding=found, outcome=said["outcome"], reason=said["reason"], by=user, key=said["form_key"]
        )
        messages.success(request, "What you made of it is kept.")
        return redirect("unusual-access")
    children = [found.child] if found.child else []
    row = finding_row(found, references_of(user, children))
    note_listed(user, WHAT, children)
    context = {"form": form, "row": row, "may_review": may_review, "days": days}
    return render(request, "governance/finding.html", context)
