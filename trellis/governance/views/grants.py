"""The access review: every grant in force, as a file too, and ending one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import check_may
from trellis.accounts.fresh import needs_fresh_sign_in
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.pages import page_of
from trellis.governance import services
from trellis.governance.access import allocations_held, check_can_end_grant, reviewing, see_grant
from trellis.governance.csv_file import BYTE_ORDER_MARK, lines
from trellis.governance.forms import EndGrantForm, GrantFilterForm
from trellis.governance.presenters.grants import HEADINGS, GrantRow, csv_row, grant_rows
from trellis.governance.queries.grants import grants_asked, reach, worker_choices
from trellis.governance.queries.references import references_of
from trellis.need_to_know.access import note_listed
from trellis.need_to_know.models import Grant

WHAT = "access review"


@require_GET
def access_review(request: SignedInRequest) -> HttpResponse:
    """Every grant in force the reviewer answers for, the oldest first."""
    user = request.user
    check_may(user, Permission.ACCESS_REVIEW)
    with reviewing(user):
        form = GrantFilterForm(request.GET, worker_choices(user))
        page = page_of(grants_asked(user, form.asked()), request.GET.get("page"))
        rows = rows_of(request, list(page))
    note_listed(user, WHAT, {grant.person_id for grant in page})
    may_end = user.may(Permission.CASE_ALLOCATE)
    context = {"form": form, "page": page, "rows": rows, "may_end": may_end, "query": request.GET.urlencode()}
    return render(request, "governance/access_review.html", context)


@require_GET
@needs_fresh_sign_in
def access_file(request: SignedInRequest) -> HttpResponse:
    """The same list, whole, to keep."""
    user = request.user
    check_may(user, Permission.ACCESS_REVIEW)
    with reviewing(user):
        form = GrantFilterForm(request.GET, worker_choices(user))
        rows = rows_of(request, list(grants_asked(user, form.asked())))
    note(Action.EXPORT, WHAT, children={row.grant.person_id for row in rows})
    text = BYTE_ORDER_MARK + lines([HEADINGS, *map(csv_row, rows)])
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="access-review.csv"'
    return response


def rows_of(request: SignedInRequest, grants: list[Grant]) -> list[GrantRow]:
    references = references_of(request.user, {grant.person_id for grant in grants})
    return grant_rows(grants, references, reach(), allocations_held(grant.source for grant in grants))


@require_http_methods(["GET", "POST"])
def end_grant(request: SignedInRequest, grant_id: UUID) -> HttpResponse:
    """End one grant, with the reason."""
    check_may(request.user, Permission.ACCESS_REVIEW)
    grant = see_grant(request.user, grant_id)
    check_can_end_grant(request.user, grant)
    form = EndGrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.end_grant(grant=grant, why=form.words(), by=request.user)
        messages.success(request, "The grant is ended. It opens nothing from now on.")
        return redirect("access-review")
    [row] = rows_of(request, [grant])
    note_listed(request.user, WHAT, [grant.person_id])
    return render(request, "governance/end_grant.html", {"form": form, "row": row})
