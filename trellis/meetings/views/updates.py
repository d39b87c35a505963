"""What a partner is asked, sees of it, and tells."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from trellis.accounts.access import check_may
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import today
from trellis.core.lifecycle import MoveNotAllowed
from trellis.meetings import presenters, services
from trellis.meetings.access import can_tell, check_can_lead, check_can_tell, see_request
from trellis.meetings.forms import UpdateForm
from trellis.meetings.forms.referrals import NOTHING
from trellis.meetings.models import UpdateRequest
from trellis.meetings.views.shown import CONFLICT, changed


@require_http_methods(["GET", "POST"])
def update(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    """Tell, or see the receipt. It needs no sight of the record beyond who the young person is."""
    asked = see_request(request.user, request_id)
    check_can_tell(request.user, asked)
    form = UpdateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            settle(request, asked, form)
        except MoveNotAllowed as refusal:
            form.add_error(None, f"Nothing was saved: {refusal}")
            return update_page(request, asked, form, status=CONFLICT)
        messages.success(request, "Thank you. Whoever asked is told.")
        return redirect("panel-update", asked.id)
    return update_page(request, asked, form)


def settle(request: SignedInRequest, asked: UpdateRequest, form: UpdateForm) -> None:
    said = form.cleaned_data
    if said["answer"] == NOTHING:
        services.say_nothing_to_tell(request=asked, by=request.user)
    else:
        services.give_update(
            request=asked, text=said["text"], going_well=said["going_well"], by=request.user, key=said["form_key"]
        )


def update_page(
    request: SignedInRequest, asked: UpdateRequest, form: UpdateForm, status: int | None = None
) -> HttpResponse:
    context = {
        "asked": asked,
        "person": asked.person,
        "rows": presenters.receipt(asked, today()),
        "form": form if status or can_tell(request.user, asked) else None,
        "running_name": asked.person.name,
    }
    return render(request, "meetings/update.html", context, status=status)


@require_POST
def chase(request: SignedInRequest, request_id: UUID) -> HttpResponse:
    check_may(request.user, Permission.PANEL_LEAD)
    asked = see_request(request.user, request_id)
    check_can_lead(request.user, asked.person_id)
    return changed(
        request,
        ("panel-meeting", asked.meeting_id),
        lambda: services.chase_update(request=asked, by=request.user),
        f"{asked.agency} is told once more.",
    )
