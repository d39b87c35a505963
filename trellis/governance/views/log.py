"""The auditor's explorer of the log, and what it shows as a file. Looking is itself logged."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import check_may
from trellis.accounts.fresh import needs_fresh_sign_in
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.accounts.queries import agency_choices
from trellis.accounts.sessions import SignedInRequest
from trellis.audit_log.models import Action
from trellis.audit_log.queries import Filter
from trellis.audit_log.trail import note
from trellis.governance.access import left_out
from trellis.governance.csv_file import BYTE_ORDER_MARK, lines
from trellis.governance.forms import LogAddress, LogFilterForm
from trellis.governance.presenters.log import CUT, HEADINGS, csv_row, event_rows
from trellis.governance.queries.log import kinds_of_thing, log_page, place_of, whole_log

WHAT = "audit log"


@require_http_methods(["GET", "POST"])
def log(request: SignedInRequest) -> HttpResponse:
    """What was done, by whom, to which record, newest first. What is asked for is posted and becomes ids and codes."""
    user = request.user
    check_may(user, Permission.AUDIT_READ)
    address = LogAddress(request.GET)
    wanted = address.wanted()
    form = LogFilterForm(
        request.POST or None, kinds=kinds_of_thing(user), hidden=left_out(user), initial=address.cleaned_data
    )
    if request.method == "POST" and form.is_valid():
        return redirect(f"{reverse('audit-log')}?{urlencode(form.address())}")
    before = address.cleaned_data.get("before")
    page = log_page(user, wanted, place_of(before) if before else None)
    note(Action.READ, WHAT, object_id=wanted.child)
    query = address.query()
    context = {
        "form": form,
        "rows": event_rows(page, dict(agency_choices())),
        "older": urlencode({**query, "before": page.older}) if page.older else "",
        "later": bool(before),
        "query": urlencode(query),
    }
    return render(request, "governance/log.html", context)


@require_GET
@needs_fresh_sign_in
def log_file(request: SignedInRequest) -> HttpResponseBase:
    """The events asked for, to keep: sent as they are read. That it was taken is logged before the first of them."""
    check_may(request.user, Permission.AUDIT_READ)
    wanted = LogAddress(request.GET).wanted()
    note(Action.EXPORT, WHAT, object_id=wanted.child)
    response = StreamingHttpResponse(log_lines(request.user, wanted), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit-log.csv"'
    return response


def log_lines(user: User, wanted: Filter) -> Iterator[str]:
    agencies = dict(agency_choices())
    yield BYTE_ORDER_MARK + lines([HEADINGS])
    page = None
    for page in whole_log(user, wanted):
        yield lines(csv_row(event, page, agencies) for event in page.events)
    if page and page.place:
        yield lines([[CUT]])
