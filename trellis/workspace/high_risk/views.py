"""The high-risk list, for those who work at the desk."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import now
from trellis.need_to_know.access import note_listed
from trellis.workspace.high_risk.presenters import lines
from trellis.workspace.high_risk.queries import high_risk, rule_on


@require_GET
def high_risk_list(request: SignedInRequest) -> HttpResponse:
    """Children missing often, graded high or harmed, and who owns the plan."""
    check_may(request.user, Permission.MISSING_DESK_READ)
    moment = now()
    rule = rule_on(moment)
    found = high_risk(request.user, moment, rule)
    note_listed(request.user, "high-risk list", {one.person.id for one in found})
    return render(request, "workspace/high_risk.html", {"rule": rule, "moment": moment, "lines": lines(found, rule)})
