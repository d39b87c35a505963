"""The public door in four steps: an address, its code, the form, the reference. Open to all, and it tells nothing."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts import throttle
from trellis.accounts.forms import GuessForm
from trellis.accounts.views.guessing import guess_page
from trellis.core import mail
from trellis.core.open_pages import open_to_all
from trellis.people.services import Introduction
from trellis.referrals.guests import passes, services
from trellis.referrals.guests.forms import CodeForm, EmailForm, GuestReferralForm
from trellis.referrals.models import GuestPass, Referral

ASKED, PASS, SENT = "guest_asked", "guest_pass", "guest_sent"
ENOUGH = "So many codes were sent to this address that no more go out for an hour. Use the last one, or ring us"
WRONG = "The code is not right, or it is too old. Check the e-mail, or ask for a new code"


@open_to_all
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Whom to ring if it cannot wait, then the address."""
    if not mail.can_leave():
        return guest_page(request, "closed")
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and may_ask(request, form, form.cleaned_data["email"]):
        made = services.ask_for_code(form.cleaned_data["email"])
        if made:
            request.session[ASKED] = str(made.id)
            return redirect("guest-code")
        form.add_error("email", ENOUGH)
    return guest_page(request, "start", form)


def may_ask(request: HttpRequest, form: GuessForm, typed: str = "") -> int:
    """Counts one asking by address and network; 0, and the form says so, when there were too many."""
    try:
        return throttle.take_guess(request, None, f"guest {typed}")
    except throttle.Blocked as blocked:
        form.blocked_for = blocked.seconds
        form.add_error(None, blocked.words)
        return 0


@open_to_all
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """The code that was sent."""
    asked = request.session.get(ASKED, "")
    if not mail.can_leave() or not asked:
        return redirect("guest-start")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        guess = may_ask(request, form, asked)
        if guess and passes.confirm(UUID(asked), form.cleaned_data["code"]):
            throttle.take_back(guess)
            request.session.cycle_key()
            request.session[PASS] = request.session.pop(ASKED)
            return redirect("guest-form")
        if guess:
            form.add_error("code", WRONG)
    return guest_page(request, "code", form, can_be_tried=passes.can_be_tried(asked))


@open_to_all
@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest) -> HttpResponse:
    """The form. Sent after the confirmation ended, it keeps every word and says how to confirm again."""
    guest = passes.confirmed(request.session.get(PASS, "")) if mail.can_leave() else None
    if request.method == "GET" and not guest:
        return redirect("guest-start")
    form = GuestReferralForm(request.POST or None, request.FILES or None)
    form.asked = request
    if request.method == "POST" and form.is_valid():
        if not guest:
            return guest_page(request, "form", form, ended=True)
        made = made_by(guest, form)
        if made:
            request.session[SENT] = receipt_of(made)
            return redirect("guest-sent")
    return guest_page(request, "form", form, ended=not guest)


def made_by(guest: GuestPass, form: GuestReferralForm) -> Referral | None:
    who = Introduction(form.named(), form.details())
    key = form.cleaned_data["form_key"]
    try:
        return services.refer_as_guest(who=who, guest=guest, key=key, files=form.brought(), **form.told())
    except services.TooMany:
        form.add_error(None, "So many referrals came with this confirmation that a new code is needed. Ask for one")
        return None


def receipt_of(made: Referral) -> dict[str, object]:
    """Reference and clock: what the guest may keep."""
    return {"reference": made.reference, "by": f"{made.decision_due_on:%-d %B %Y}", "danger": made.immediate_danger}


@open_to_all
@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    receipt = request.session.get(SENT)
    return guest_page(request, "sent", receipt=receipt) if receipt else redirect("guest-start")


def guest_page(request: HttpRequest, name: str, form: forms.Form | None = None, **more: object) -> HttpResponse:
    context = {"front_door": settings.FRONT_DOOR_PHONE, **more}
    template = f"referrals/guests/{name}.html"
    if isinstance(form, GuessForm):
        return guess_page(request, template, form, context)
    return render(request, template, {**context, "form": form})
