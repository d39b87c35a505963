"""One meeting: its agenda, its order, its minutes, and that it is over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import today
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.presenters import plural
from trellis.core.reference_data import labels
from trellis.core.revisions import ChangedMeanwhile
from trellis.meetings import presenters, services
from trellis.meetings.access import see_meeting
from trellis.meetings.forms import CancelForm, CloseForm, OrderForm
from trellis.meetings.lifecycle import PLANNED
from trellis.meetings.queries.panels import agency_names, agenda, around
from trellis.meetings.views.shown import CONFLICT, DECISIONS, changed, led_meeting, meeting_page
from trellis.need_to_know.access import note_listed


@require_GET
def meeting(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Whom the meeting talks about, in what order and why."""
    return shown(request, meeting_id, "meeting")


@require_GET
def minutes(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes on paper, of those whom the reader sees."""
    return shown(request, meeting_id, "minutes")


def shown(request: SignedInRequest, meeting_id: UUID, template: str) -> HttpResponse:
    user = request.user
    found = see_meeting(user, meeting_id)
    items = agenda(user, found)
    off = agenda(user, found, off=True) if template == "meeting" else []
    people = [item.person_id for item in items]
    note_listed(user, f"panel {template}", [*people, *(item.person_id for item in off)])
    near = around(user, found, people)
    return meeting_page(
        request,
        template,
        found,
        facts=presenters.meeting_facts(found, agency_names()),
        rows=presenters.agenda_rows(items, near, labels(DECISIONS), today()),
        off=off,
        is_planned=found.status == PLANNED,
        may_lead=user.may(Permission.PANEL_LEAD) and found.status == PLANNED,
        steps=list(found.status_moves.select_related("moved_by")),
    )


@require_POST
def build(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    found = led_meeting(request, meeting_id)
    try:
        added = services.build_agenda(meeting=found, by=request.user)
    except MoveNotAllowed as refusal:
        messages.error(request, f"Nothing was changed: {refusal}.")
    else:
        messages.success(request, f"{plural(added, 'young person', 'young people')} added to the agenda.")
    return redirect("panel-meeting", found.id)


@require_http_methods(["GET", "POST"])
def order(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """Another order than the rule's."""
    user = request.user
    found = led_meeting(request, meeting_id)
    items = agenda(user, found)
    note_listed(user, "panel meeting", [item.person_id for item in items])
    form = OrderForm(request.POST or None, items=items)
    stale = ""
    if request.method == "POST" and form.is_valid():
        try:
            services.put_in_order(meeting=found, places=form.places(), by=user)
        except (MoveNotAllowed, ChangedMeanwhile) as refusal:
            stale = str(refusal)
        else:
            messages.success(request, "The order is changed.")
            return redirect("panel-meeting", found.id)
    status = CONFLICT if stale else None
    return meeting_page(request, "order", found, status, form=form, stale=stale, current=agenda(user, found))


@require_http_methods(["GET", "POST"])
def cancel(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    found = led_meeting(request, meeting_id)
    form = CancelForm(request.POST or None, reasons=labels("panel_cancelled"))
    if request.method == "POST" and form.is_valid():
        return changed(
            request,
            ("panel-meeting", found.id),
            lambda: services.cancel_meeting(meeting=found, reason=form.cleaned_data["reason"], by=request.user),
            "The meeting is cancelled. Who was to be talked about is on the agenda of the next.",
        )
    return meeting_page(
        request, "step", found, form=form, page_heading="Cancel the meeting", button="Cancel the meeting"
    )


@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest, meeting_id: UUID) -> HttpResponse:
    """It is over: who came, and who was not reached goes to the next."""
    found = led_meeting(request, meeting_id)
    form = CloseForm(request.POST or None, agencies=agency_names())
    if request.method == "POST" and form.is_valid():
        try:
            services.close_meeting(meeting=found, agencies=form.cleaned_data["agencies"], by=request.user)
        except (services.NotYet, MoveNotAllowed) as refusal:
            form.add_error(None, f"Nothing was saved. {refusal}")
        else:
            messages.success(request, "The meeting is held. Its minutes can be printed.")
            return redirect("panel-minutes", found.id)
    return meeting_page(
        request, "step", found, form=form, page_heading="The meeting is over", button="Close the meeting"
    )
