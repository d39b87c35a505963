"""The panels page of one young person: referrals, what was decided, what is to be done."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import today
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.reference_data import labels
from trellis.core.revisions import ChangedMeanwhile
from trellis.meetings import presenters, services
from trellis.meetings.access import can_finish, can_refer, check_can_finish, check_can_refer, see_of
from trellis.meetings.forms import ActionForm, ReferForm, WithdrawForm
from trellis.meetings.models import PanelAction, PanelReferral
from trellis.meetings.queries.panels import childs_panels, panels_that_talk
from trellis.meetings.views.shown import CONFLICT, DECISIONS, changed, child_page, see_child


@require_GET
def child_panels(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    user = request.user
    person = see_child(request, person_id)
    found, day = childs_panels(user, person), today()
    return child_page(
        request,
        person,
        "child",
        referrals=presenters.referral_rows(found.referrals),
        items=presenters.item_rows(found.items, labels(DECISIONS)),
        to_do=presenters.action_rows(found.to_do, day),
        finished=presenters.action_rows(found.finished, day),
        may_refer=can_refer(user, person.id),
        may_read=user.may(Permission.PANEL_READ),
    )


@require_http_methods(["GET", "POST"])
def refer(request: SignedInRequest, person_id: UUID) -> HttpResponse:
    """Bring them to a panel, with what they say to it; with consent where the panel needs it."""
    user = request.user
    person = see_child(request, person_id)
    check_can_refer(user, person.id)
    panels = panels_that_talk()
    form = ReferForm(request.POST or None, panels=panels)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.refer_to_panel(person=person, by=user, **form.said())
        except services.ConsentNeeded as refusal:
            form.add_error("consent_from", str(refusal))
        except services.WaitsAlready as refusal:
            form.add_error("panel", str(refusal))
        else:
            messages.success(request, f"They are referred. {made.panel} talks about them at its next meeting.")
            return redirect("child-panels", person.id)
    return child_page(request, person, "refer", form=form, panels=panels)


@require_http_methods(["GET", "POST"])
def withdraw(request: SignedInRequest, person_id: UUID, referral_id: UUID) -> HttpResponse:
    user = request.user
    person = see_child(request, person_id)
    check_can_refer(user, person.id)
    found = see_of(user, person, PanelReferral, referral_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return changed(
            request,
            ("child-panels", person.id),
            lambda: services.withdraw_referral(referral=found, why=form.cleaned_data["why"], by=user),
            "The referral is withdrawn. They are off every agenda to come.",
        )
    return child_page(request, person, "withdraw", form=form, page_heading=f"Withdraw from: {found.panel}")


@require_http_methods(["GET", "POST"])
def action(request: SignedInRequest, person_id: UUID, action_id: UUID) -> HttpResponse:
    """How an action stands and stood; whoever does it says that it is done."""
    user = request.user
    person = see_child(request, person_id)
    found = see_of(user, person, PanelAction, action_id)
    if request.method == "POST":
        check_can_finish(user, found)
    form = ActionForm(request.POST or None, action=found)
    stale = ""
    if request.method == "POST" and form.is_valid():
        try:
            services.move_action(action=found, by=user, **form.cleaned_data)
        except (ChangedMeanwhile, MoveNotAllowed) as refusal:
            stale = str(refusal)
        else:
            messages.success(request, "How the action stands is recorded.")
            return redirect("child-panels", person.id)
    return child_page(
        request,
        person,
        "action",
        CONFLICT if stale else None,
        form=form if can_finish(user, found) else None,
        action=found,
        moves=list(found.status_moves.select_related("moved_by")),
        stale=stale,
    )
