"""All panels, one panel, and planning its meetings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import today
from trellis.core.pages import page_of
from trellis.meetings import presenters, services
from trellis.meetings.access import check_opens_panels, see_panel
from trellis.meetings.forms import MeetingForm
from trellis.meetings.queries.panels import (
    actions_for,
    leads,
    meetings_of,
    panel_lines,
    waiting_for,
    waiting_for_panel,
)
from trellis.need_to_know.access import note_listed


@require_GET
def panels(request: SignedInRequest) -> HttpResponse:
    """When each panel meets, what my agency is asked, what I do for a panel."""
    user, day = request.user, today()
    check_opens_panels(user)
    reads = user.may(Permission.PANEL_READ)
    waiting = page_of(waiting_for(user), request.GET.get("page"))
    actions = list(actions_for(user)) if reads else []
    note_listed(user, "panels", {*(one.person_id for one in waiting), *(one.person_id for one in actions)})
    context = {
        "lines": panel_lines(user) if reads else None,
        "page": waiting if user.may(Permission.PANEL_UPDATE) else None,
        "waiting_rows": presenters.request_rows(waiting, day),
        "actions": presenters.action_rows(actions, day),
    }
    return render(request, "meetings/panels.html", context)


@require_GET
def panel(request: SignedInRequest, code: str) -> HttpResponse:
    """What a panel is for, when it met and meets, who waits for it."""
    user = request.user
    found = see_panel(user, code)
    waiting = page_of(waiting_for_panel(user, found), request.GET.get("waiting"))
    note_listed(user, "panel", [one.person_id for one in waiting])
    context = {
        "panel": found,
        "facts": presenters.panel_facts(found),
        "page": page_of(meetings_of(found), request.GET.get("page")),
        "waiting": waiting,
        "may_lead": user.may(Permission.PANEL_LEAD),
    }
    return render(request, "meetings/panel.html", context)


@require_http_methods(["GET", "POST"])
def plan_meeting(request: SignedInRequest, code: str) -> HttpResponse:
    """Plan a day; its agenda is built from the panel's rule afterwards."""
    user = request.user
    check_may(user, Permission.PANEL_LEAD)
    found = see_panel(user, code)
    form = MeetingForm(request.POST or None, leads=leads(), initial={"lead": user.id})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.plan_meeting(panel=found, by=user, **form.said())
        except services.NotYet as refusal:
            form.add_error("meets_at", str(refusal))
        else:
            messages.success(request, "The meeting is planned. Build its agenda next.")
            return redirect("panel-meeting", made.id)
    return render(request, "meetings/form.html", {"panel": found, "form": form, "page_heading": "Plan a meeting"})
