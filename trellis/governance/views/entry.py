"""The way in: what there is to review, and how much of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.governance.access import check_can_review
from trellis.governance.queries.entry import counts


@require_GET
def governance(request: SignedInRequest) -> HttpResponse:
    check_can_review(request.user)
    context = {
        "counts": counts(request.user),
        "reviews_emergencies": request.user.may(Permission.BREAK_GLASS_REVIEW),
    }
    return render(request, "governance/governance.html", context)
