"""Opening a record in an emergency, handing it back, and the reviewers' queue."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.accounts.access import check_may
from trellis.accounts.fresh import needs_fresh_sign_in
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import today
from trellis.core.reference_data import labels
from trellis.need_to_know.access import note_listed
from trellis.sharing.emergency import presenters, queries, services
from trellis.sharing.emergency.access import can_review, see_for_review, see_own_opening
from trellis.sharing.emergency.forms import EmergencyForm, ReviewForm
from trellis.sharing.emergency.models import EmergencyOpening

CONFLICT = 409


@require_http_methods(["GET", "POST"])
@needs_fresh_sign_in
def emergency(request: SignedInRequest) -> HttpResponse:
    """Open a record in an emergency. Nobody found, sealed, kept from: one page with the same words."""
    user = request.user
    check_may(user, Permission.BREAK_GLASS)
    form, nobody = EmergencyForm(request.POST or None), False
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            opening = services.open_in_emergency(
                asked=form.asked(), category=said["category"], reason=said["reason"], by=user, key=said["form_key"]
            )
        except services.NobodyFound:
            nobody = True
        except services.OpenAlready as open_already:
            messages.info(request, "You see this record already. Nothing was opened.")
            return redirect("child", open_already.person.id)
        else:
            messages.success(request, "The record is open to you. Those who answer for it are told.")
            return redirect("child", opening.person_id)
    return emergency_page(request, form, nobody)


def emergency_page(request: SignedInRequest, form: EmergencyForm, nobody: bool) -> HttpResponse:
    held = queries.open_to(request.user)
    note_listed(request.user, "emergency openings", [opening.person_id for opening in held])
    context = {"form": form, "nobody": nobody, "open": presenters.open_rows(held)}
    return render(request, "sharing/emergency/open.html", context)


@require_POST
def hand_back(request: SignedInRequest, opening_id: UUID) -> HttpResponse:
    """The worker needs the record no longer."""
    services.hand_back(opening=see_own_opening(request.user, opening_id), by=request.user)
    messages.success(request, "The record is closed to you again. Thank you for handing it back.")
    return redirect("my-day")


@require_GET
def reviews(request: SignedInRequest) -> HttpResponse:
    """Emergency openings that wait for a reviewer, overdue first."""
    queue = queries.queue_for(request.user)
    return render(
        request,
        "sharing/emergency/reviews.html",
        {
            "waiting": presenters.queue_rows(queue.waiting, queue, today()),
            "reviewed": presenters.queue_rows(queue.reviewed, queue, today()),
        },
    )


@require_http_methods(["GET", "POST"])
def review(request: SignedInRequest, opening_id: UUID) -> HttpResponse:
    """One opening, and what a reviewer makes of it."""
    user = request.user
    opening = see_for_review(user, opening_id)
    form, stale = ReviewForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            services.review_opening(opening=opening, by=user, **form.cleaned_data)
        except services.ReviewedAlready:
            opening, stale = see_for_review(user, opening_id), "Another reviewer was first. Nothing was changed."
        else:
            messages.success(request, "Your review is recorded.")
            return redirect("emergency-reviews")
    return review_page(request, opening, form, stale)


def review_page(request: SignedInRequest, opening: EmergencyOpening, form: ReviewForm, stale: str) -> HttpResponse:
    """``stale``: why what was just sent was refused, when another reviewer was first."""
    user, one = request.user, [opening.person_id]
    called = presenters.who(opening, queries.seen_among(user, one), queries.case_references(one))
    read = queries.what_was_read(opening)
    reviewed = getattr(opening, "review", None)
    context = {
        "opening": opening,
        "facts": presenters.facts(opening, called, labels(queries.CATEGORY), read),
        "reviewed": reviewed,
        "form": form if not reviewed and can_review(user, opening) else None,
        "own": opening.opened_by_id == user.pk,
        "stale": stale,
    }
    return render(request, "sharing/emergency/review.html", context, status=CONFLICT if stale else None)
