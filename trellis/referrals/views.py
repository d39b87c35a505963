"""The front door: the queue, a new referral, one referral and its decision."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.cases.presenters import child_context
from trellis.cases.queries import child_header, possible_matches
from trellis.cases.returning import earlier_work
from trellis.core.clocks import london_date, now
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.pages import page_of
from trellis.core.reference_data import labels
from trellis.documents.queries import documents_with
from trellis.need_to_know.access import note_listed
from trellis.referrals import presenters, services
from trellis.referrals.access import (
    can_decide_referral,
    can_give,
    can_see_referral,
    can_work_on,
    see_receipt,
    see_referral,
)
from trellis.referrals.forms import DecisionForm, OwnerForm, QueueForm, ReferralForm, ToldForm
from trellis.referrals.lifecycle import RECEIVED
from trellis.referrals.models import Referral, Telling
from trellis.referrals.queries import ALL, decided, earlier_of, made_with, may_own, queue_counts, to_be_told, waiting

CONFLICT = 409
WAITING = "waiting"
SHOWN = {WAITING: waiting, "decided": decided, "tell": to_be_told}


@require_GET
def queue(request: SignedInRequest) -> HttpResponse:
    """Referrals that wait, the earliest due first; or those decided, the latest first."""
    user, moment = request.user, now()
    check_may(user, Permission.REFERRAL_CREATE)
    show = request.GET.get("show", "")
    show = show if show in SHOWN else WAITING
    filters = QueueForm(request.GET or None)
    page = page_of(SHOWN[show](user, filters.wanted()), request.GET.get("page"))
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
            "filters": filters,
            "asked": filters.wanted() != ALL,
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
    return render(request, "referrals/new.html", {"form": form, "front_door": settings.FRONT_DOOR_PHONE})


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
    form = DecisionForm(request.POST or None, by_email=can_email(found))
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
        "closures": earlier_work(request.user, found.person, london_date(found.received_at)),
        "earlier": presenters.earlier_rows(earlier_of(request.user, found)),
        "owner_form": OwnerForm(people=may_own(found), initial={"owner": found.owner_id}),
        "may_take": found.owner_id != request.user.id and can_give(request.user, found, request.user),
        "may_give": can_work_on(request.user, found),
        "told_form": ToldForm(by_email=can_email(found)) if found.told_how == Telling.RING else None,
        "documents": documents_with(request.user, found.id),
    }
    return render(request, "referrals/referral.html", context, status=CONFLICT if stale else None)


def can_email(referral: Referral) -> bool:
    """Whether this referrer can be told by e-mail."""
    return bool(settings.SMTP_URL and referral.guest_email)


@require_POST
def owner(request: SignedInRequest, referral_id: UUID) -> HttpResponse:
    """Take a referral, or give it to somebody who sees it."""
    found = see_referral(request.user, referral_id)
    form = OwnerForm(request.POST, people=may_own(found))
    if form.is_valid():
        given = services.give_referral(referral=found, owner=form.cleaned_data["owner"], by=request.user)
        messages.success(request, f"{given.owner} looks after {found.reference}.")
    else:
        messages.error(request, "Choose somebody who may see this referral. Nothing was changed.")
    return redirect("referral", referral_id)


@require_POST
def told(request: SignedInRequest, referral_id: UUID) -> HttpResponse:
    """Record that the referrer was told."""
    found = see_referral(request.user, referral_id)
    form = ToldForm(request.POST, by_email=can_email(found))
    if not form.is_valid():
        messages.error(request, "Say how the referrer was told. Nothing was saved.")
        return redirect("referral", referral_id)
    try:
        services.record_telling(referral=found, how=form.cleaned_data["how"], by=request.user)
        messages.success(request, f"The referrer was told. {found.reference}")
    except MoveNotAllowed:
        messages.error(request, "Nothing was saved: the referrer was told already, or nothing is decided yet.")
    return redirect("referrals")
