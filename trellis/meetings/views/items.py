"""Running a meeting: one young person at a time, on one screen."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from trellis.accounts.access import Refused
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.assessments.queries import agencies_that_see
from trellis.core.clocks import today
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.presenters import plural
from trellis.core.reference_data import labels
from trellis.core.revisions import ChangedMeanwhile
from trellis.meetings import presenters, services
from trellis.meetings.access import can_lead, check_can_lead, see_item, see_meeting
from trellis.meetings.forms import AskForm, MinuteForm, TakeOffForm
from trellis.meetings.lifecycle import PLANNED, TO_TALK_ABOUT
from trellis.meetings.models import AgendaItem, PanelMeeting
from trellis.meetings.queries.panels import actions_before, agenda, around, workers
from trellis.meetings.views.shown import CONFLICT, DECISIONS, changed, meeting_page
from trellis.need_to_know.access import note_listed

WRITTEN = ("said", "decision", "decided_why", "review_on")


def led_item(request: SignedInRequest, meeting_id: UUID, item_id: UUID) -> tuple[PanelMeeting, AgendaItem]:
    """An item opened to write. Raises Refused, Hidden."""
    meeting = see_meeting(request.user, meeting_id)
    found = see_item(request.user, meeting, item_id)
    check_can_lead(request.user, found.person_id)
    return meeting, found


def minute_form(request: SignedInRequest, meeting: PanelMeeting, item: AgendaItem) -> MinuteForm:
    written = {name: getattr(item, name) for name in WRITTEN if getattr(item, name)}
    return MinuteForm(
        request.POST or None,
        decisions=labels(DECISIONS),
        workers=workers(),
        waiting=list(actions_before(request.user, meeting, [item.person_id])),
        initial={"after": item.revision, "review_on": services.review_day(item), **written},
    )


@require_http_methods(["GET", "POST"])
def item(request: SignedInRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Why they are on it, what partners told, what is to be done from before; and the minute."""
    user = request.user
    meeting = see_meeting(user, meeting_id)
    found = see_item(user, meeting, item_id)
    if request.method == "POST":
        check_can_lead(user, found.person_id)
    writes = meeting.status == PLANNED and can_lead(user, found.person_id)
    form = minute_form(request, meeting, found) if writes or request.method == "POST" else None
    if request.method == "POST" and form is not None and form.is_valid():
        return saved(request, meeting, found, form)
    return item_page(request, meeting, found, form)


def saved(request: SignedInRequest, meeting: PanelMeeting, found: AgendaItem, form: MinuteForm) -> HttpResponse:
    """Save and go on to the next, or show both versions."""
    said = form.cleaned_data
    stands = None
    try:
        services.talk_about(
            item=found, after=said["after"], minute=form.minute(), by=request.user, key=said["form_key"]
        )
    except ChangedMeanwhile as meanwhile:
        form.beside(found.revision)
        stands = presenters.stands(found, labels(DECISIONS)) if meanwhile.now else None
    except MoveNotAllowed as refusal:
        form.add_error(None, f"Nothing was saved: {refusal}")
    except Refused as refusal:
        form.add_error(None, f"Nothing was saved. {refusal.reason}")
    else:
        messages.success(request, "The minute is saved.")
        return onwards(request, meeting)
    return item_page(request, meeting, found, form, status=CONFLICT, stands=stands)


def onwards(request: SignedInRequest, meeting: PanelMeeting) -> HttpResponse:
    """To whoever is next and not yet talked about; else back to the agenda."""
    left = [one for one in agenda(request.user, meeting) if one.status == TO_TALK_ABOUT]
    return redirect("agenda-item", meeting.id, left[0].id) if left else redirect("panel-meeting", meeting.id)


def item_page(
    request: SignedInRequest,
    meeting: PanelMeeting,
    found: AgendaItem,
    form: MinuteForm | None,
    status: int | None = None,
    **more: Any,
) -> HttpResponse:
    user = request.user
    items = agenda(user, meeting)
    note_listed(user, "panel meeting", [one.person_id for one in items])
    near = around(user, meeting, [found.person_id])
    place = next((place for place, one in enumerate(items, 1) if one.id == found.id), 0)
    book = presenters.CodeBook()
    return meeting_page(
        request,
        "item",
        meeting,
        status,
        item=found,
        person=found.person,
        row=presenters.agenda_row(place, found, near, labels(DECISIONS), book, today()),
        referral=presenters.referral_facts(found.referral) if found.referral else [],
        items=items,
        form=form,
        may_lead=form is not None,
        may_see_child=user.may(Permission.CHILD_READ),
        running_name=found.person.name,
        **more,
    )


@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    """Ask partners before the meeting what they know."""
    meeting, found = led_item(request, meeting_id, item_id)
    agencies = agencies_that_see(found.person, Permission.PANEL_UPDATE)
    form = AskForm(request.POST or None, agencies=agencies)
    if request.method == "POST" and form.is_valid():
        try:
            asked = services.ask_for_updates(item=found, by=request.user, **form.cleaned_data)
        except MoveNotAllowed as refusal:
            form.add_error(None, f"Nobody was asked: {refusal}")
        else:
            messages.success(request, f"{plural(len(asked), 'agency is', 'agencies are')} asked, and told.")
            return redirect("agenda-item", meeting.id, found.id)
    return meeting_page(request, "ask", meeting, item=found, person=found.person, form=form)


@require_http_methods(["GET", "POST"])
def take_off(request: SignedInRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    meeting, found = led_item(request, meeting_id, item_id)
    form = TakeOffForm(request.POST or None, initial={"after": found.revision})
    if request.method == "POST" and form.is_valid():
        return changed(
            request,
            ("panel-meeting", meeting.id),
            lambda: services.take_off(item=found, by=request.user, **form.cleaned_data),
            "They are off the agenda.",
        )
    return meeting_page(
        request, "step", meeting, form=form, page_heading="Take off the agenda", button="Take off", person=found.person
    )


@require_POST
def put_back(request: SignedInRequest, meeting_id: UUID, item_id: UUID) -> HttpResponse:
    meeting, found = led_item(request, meeting_id, item_id)
    return changed(
        request,
        ("panel-meeting", meeting.id),
        lambda: services.put_back(item=found, after=found.revision, by=request.user),
        "They are on the agenda.",
    )
