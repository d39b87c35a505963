"""The front door: the queue, a new referral, one referral and its decision."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header, possible_matches
from trellis.core.clocks import now
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.pages import page_of
from trellis.core.reference_data import labels
from trellis.need_to_know.access import note_listed
from trellis.referrals import presenters, services
from trellis.referrals.access import can_decide_referral, can_see_referral, see_receipt, see_referral
from trellis.referrals.forms import DecisionForm, ReferralForm
from trellis.referrals.lifecycle import RECEIVED
from trellis.referrals.models import Referral
from trellis.referrals.queries import decided, made_with, queue_counts, waiting

CONFLICT = 409
DECIDED = "decided"


@require_GET
def queue(request: SignedInRequest) -> HttpResponse:
    """Referrals that wait, the earliest due first; or those decided, the latest first."""
    user, moment = request.user, now()
    check_may(user, Permission.REFERRAL_CREATE)
    show = DECIDED if request.GET.get("show") == DECIDED else "waiting"
    page = page_of(decided(user) if show == DECIDED else waiting(user), request.GET.get("page"))
    note_listed(user, "referrals", {referral.person_id for referral in page})
    return render(
        request,
        "referrals/queue.html",
        {
            "counts": queue_counts(user),
            "show": show,
            "page": page,
            "rows": presenters.waiting_rows(page, moment),
            "moment": moment,
            "may_decide": user.may(Permission.REFERRAL_DECIDE),
        },
    )


@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """A referral. When somebody alike is known, the same page asks whether it is them; nothing typed is lost."""
    user = request.user
    check_may(user, Permission.REFERRAL_CREATE)
    form = ReferralForm(request.POST or None, initial={"received_at": now(), "agency": user.agency.code})
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["form_key"]
        # Asked again at the end: the person alike may be whom a copy of this form has made since.
        made = made_with(key, user) or refer(user, form) or made_with(key, user)
        if made:
            return redirect("referral-receipt", made.id)
    return render(request, "referrals/new.html", {"form": form})


def refer(user: User, form: ReferralForm) -> Referral | None:
    """Make the referral, unless the form now asks whether the young person is one of those alike."""
    known = possible_matches(user, form.named())
    if not form.settles(known):
        return None
    key = form.cleaned_data["form_key"]
    return services.refer(who=form.introduction(known), key=key, by=user, **form.told())


@require_GET
def receipt(request: SignedInRequest, referral_id: UUID) -> HttpResponse:
    """What the person who made the referral may keep: its reference and by when it is decided."""
    made = see_receipt(request.user, referral_id)
    return render(
        request, "referrals/receipt.html", {"referral": made, "opens": can_see_referral(request.user, made.id)}
    )


@require_http_methods(["GET", "POST"])
def referral(request: SignedInRequest, referral_id: UUID) -> HttpResponse:
    """One referral; whoever may decide it does so here."""
    user = request.user
    found = see_referral(user, referral_id)
    form = DecisionForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return referral_page(request, found, form)
    try:
        services.record_decision(referral=found, by=user, **form.cleaned_data)
    except MoveNotAllowed:
        return referral_page(request, see_referral(user, referral_id), form, stale=True)
    messages.success(request, f"Decided: {form.decision_in_words()}. {found.reference}")
    return redirect("referrals")


def referral_page(request: SignedInRequest, found: Referral, form: DecisionForm, stale: bool = False) -> HttpResponse:
    """``stale``: somebody else decided it first; what they decided stands beside what was typed."""
    context = {
        **child_context(child_header(request.user, found.person), current=""),
        "referral": found,
        "facts": presenters.facts(found, labels("referral_source")),
        "decision": presenters.decision_facts(found) if found.status != RECEIVED else [],
        "clock": presenters.waiting_row(found, now()),
        "form": form if found.status == RECEIVED and can_decide_referral(request.user, found) else None,
        "typed": form.data if stale else {},
    }
    return render(request, "referrals/referral.html", context, status=CONFLICT if stale else None)
