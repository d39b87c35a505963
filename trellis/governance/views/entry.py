"""The way in: what there is to review, and how much of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trellis.accounts.sessions import SignedInRequest
from trellis.governance.access import check_can_review
from trellis.governance.queries.entry import counts


@require_GET
def governance(request: SignedInRequest) -> HttpResponse:
    check_can_review(request.user)
    return render(request, "governance/governance.html", {"counts": counts(request.user)})
