"""Whom to ask how things are, and closures that a new referral followed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.clocks import today
from trellis.core.pages import page_of
from trellis.core.protection import Part
from trellis.core.reference_data import labels, limit
from trellis.need_to_know.access import can_see_person, note_listed, see_person
from trellis.outcomes import services
from trellis.outcomes.access import see_follow_up
from trellis.outcomes.forms import NotReachedForm
from trellis.outcomes.queries import RETURNED, follow_ups_to_do
from trellis.outcomes.queries import returned as closures_returned


@require_GET
def follow_ups(request: SignedInRequest) -> HttpResponse:
    """Everybody who is still to be asked how things are, six and twelve months after the work ended."""
    check_may(request.user, Permission.OUTCOME_WRITE)
    page = page_of(follow_ups_to_do(request.user), request.GET.get("page"))
    note_listed(request.user, "follow-ups", {one.person_id for one in page})
    may_close = request.user.may(Permission.CASE_CLOSE)
    context = {"page": page, "today": today(), "may_close": may_close}
    return render(request, "outcomes/follow_ups.html", context)


@require_GET
def returned(request: SignedInRequest) -> HttpResponse:
    """Closures that a referral followed within the limit, for managers to look at again."""
    check_may(request.user, Permission.CASE_CLOSE)
    page = page_of(closures_returned(request.user), request.GET.get("page"))
    note_listed(request.user, "closures followed by a referral", {row.case.person_id for row in page})
    reasons = labels("case_closure_reason")
    rows = [(row, reasons.get(row.case.closure_reason, row.case.closure_reason)) for row in page]
    context = {"page": page, "rows": rows, "days": limit(RETURNED, today())}
    return render(request, "outcomes/returned.html", context)


@require_http_methods(["GET", "POST"])
def not_reached(request: SignedInRequest, person_id: UUID, follow_up_id: UUID) -> HttpResponse:
    """Nobody could be asked: why, and with that the follow-up is done."""
    user = request.user
    check_may(user, Permission.OUTCOME_WRITE)
    person = see_person(user, person_id, "follow-up", Part.OUTCOMES)
    found = see_follow_up(user, person, follow_up_id)
    form = NotReachedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.could_not_follow_up(follow_up=found, why_not=form.cleaned_data["why_not"], by=user)
        messages.success(request, "The follow-up is done.")
        sees = can_see_person(user, person.id, Part.OUTCOMES)
        return redirect("child-outcomes", person.id) if sees else redirect("follow-ups")
    context = {**child_context(child_header(user, person), current="child-outcomes"), "form": form, "follow_up": found}
    return render(request, "outcomes/not_reached.html", context)
