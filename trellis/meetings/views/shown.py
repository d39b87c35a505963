"""What the pages of panels share: how they are put together, and how a refusal is shown."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.protection import Part
from trellis.core.revisions import ChangedMeanwhile
from trellis.meetings.access import see_meeting
from trellis.meetings.models import PanelMeeting
from trellis.need_to_know.access import see_person
from trellis.people.models import Person

CONFLICT = 409
DECISIONS = "panel_decision"


def meeting_page(
    request: SignedInRequest, template: str, meeting: PanelMeeting, status: int | None = None, **more: Any
) -> HttpResponse:
    """A page inside a meeting. Every address here names the meeting; who is on its agenda is of the reader's sight."""
    return render(
        request, f"meetings/{template}.html", {"meeting": meeting, "panel": meeting.panel, **more}, status=status
    )


def led_meeting(request: SignedInRequest, meeting_id: UUID) -> PanelMeeting:
    """A meeting opened to change something of it. Raises Refused, Hidden."""
    check_may(request.user, Permission.PANEL_LEAD)
    return see_meeting(request.user, meeting_id)


def changed(request: SignedInRequest, back: tuple[Any, ...], do: Callable[[], object], words: str) -> HttpResponse:
    """Do it and say so, or say why not."""
    try:
        do()
    except (MoveNotAllowed, ChangedMeanwhile) as refusal:
        messages.error(request, f"Nothing was changed: {refusal}.")
    else:
        messages.success(request, words)
    return redirect(*back)


def see_child(request: SignedInRequest, person_id: UUID) -> Person:
    return see_person(request.user, person_id, "panels", Part.PANELS)


def child_page(
    request: SignedInRequest, person: Person, template: str, status: int | None = None, **more: Any
) -> HttpResponse:
    context = child_context(child_header(request.user, person), current="child-panels")
    return render(request, f"meetings/{template}.html", {**context, **more}, status=status)
