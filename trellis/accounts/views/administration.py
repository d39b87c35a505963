"""Looking after accounts: who there is, and one account with what may be done to it. No page here shows a child."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.access import check_may
from trellis.accounts.addresses import public_address
from trellis.accounts.administration import presenters, queries, services
from trellis.accounts.administration.access import (
    can_change_account,
    check_can_change_account,
    see_account,
    see_membership,
)
from trellis.accounts.administration.forms import (
    AgencyForm,
    ChooseForm,
    DetailsForm,
    EndForm,
    FindForm,
    MembershipForm,
    NewAccountForm,
    SureForm,
)
from trellis.accounts.fresh import needs_fresh_sign_in
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.accounts.sessions import SignedInRequest
from trellis.core.clocks import today
from trellis.core.pages import page_of

FORM = ["GET", "POST"]


@require_http_methods(FORM)
def accounts(request: SignedInRequest) -> HttpResponse:
    """Every account, by name: of an agency or a state by codes in the address, by name when posted."""
    check_may(request.user, Permission.ACCOUNT_MANAGE)
    find, choose = FindForm(request.POST or None), ChooseForm(request.GET)
    wanted = choose.wanted()
    if request.method == "POST" and find.is_valid():
        wanted = queries.Wanted(state=queries.ALL, words=find.cleaned_data["q"])
    page = page_of(queries.accounts(wanted), request.GET.get("page"))
    return render(
        request,
        "accounts/administration/accounts.html",
        {"form": find, "choose": choose, "wanted": wanted, "page": page, "rows": presenters.list_rows(page)},
    )


@require_GET
def account(request: SignedInRequest, account_id: UUID) -> HttpResponse:
    shown = see_account(request.user, account_id)
    invitation = queries.open_invitation(shown)
    return render(
        request,
        "accounts/administration/account.html",
        {
            "account": shown,
            "facts": presenters.facts(shown, queries.second_steps_of(shown), invitation),
            "memberships": presenters.membership_rows(queries.memberships_of(shown), today()),
            "may_change": can_change_account(request.user, shown),
        },
    )


@needs_fresh_sign_in
@require_http_methods(FORM)
def new_account(request: SignedInRequest) -> HttpResponse:
    check_may(request.user, Permission.ACCOUNT_MANAGE)
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = services.open_account(by=request.user, **form.cleaned_data)
            return invitation_page(request, made, secret)
        except services.AlreadyThere:
            form.add_error("email", "There is an account with this e-mail address already: find it in the list")
    return render(request, "accounts/administration/new.html", {"form": form})


def invitation_page(request: HttpRequest, account: User, secret: str) -> HttpResponse:
    """The only page that ever shows the link."""
    link = public_address(reverse("invitation", args=[secret]), request)
    return render(request, "accounts/administration/invited.html", {"account": account, "link": link})


def step(request: HttpRequest, account: User, form: forms.Form, heading: str, button: str, **more: Any) -> HttpResponse:
    """One change to an account, on a page of its own. ``more``: words, warning."""
    page = {"account": account, "form": form, "page_heading": heading, "button": button, **more}
    return render(request, "accounts/administration/step.html", page)


def done(request: HttpRequest, account: User, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("account-of", account.id)


def changed(user: User, account_id: UUID) -> User:
    """The account, for whoever may change it. Raises Refused, Hidden."""
    found = see_account(user, account_id)
    check_can_change_account(user, found)
    return found


@needs_fresh_sign_in
@require_http_methods(FORM)
def details(request: SignedInRequest, account_id: UUID) -> HttpResponse:
    account = changed(request.user, account_id)
    initial = {name: getattr(account, name) for name in ("name", "job_title", "home_postcode")}
    form = DetailsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        services.change_details(account=account, by=request.user, **form.cleaned_data)
        return done(request, account, "The details are saved.")
    return step(request, account, form, "Change the details", "Save")


@needs_fresh_sign_in
@require_http_methods(FORM)
def add_membership(request: SignedInRequest, account_id: UUID) -> HttpResponse:
    account = changed(request.user, account_id)
    form = MembershipForm(request.POST or None, initial={"starts_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.add_membership(account=account, by=request.user, **form.cleaned_data)
            return done(request, account, "The membership is added.")
        except services.AlreadyThere:
            form.add_error("role", "They hold this role in this team then already")
    return step(request, account, form, "Add a membership", "Add it")


@needs_fresh_sign_in
@require_http_methods(FORM)
def end_membership(request: SignedInRequest, account_id: UUID, membership_id: UUID) -> HttpResponse:
    account = changed(request.user, account_id)
    held = see_membership(request.user, account, membership_id)
    form = EndForm(request.POST or None, initial={"ends_on": max(today(), held.starts_on)}, membership=held)
    if request.method == "POST" and form.is_valid():
        services.end_membership(membership=held, by=request.user, **form.cleaned_data)
        return done(request, account, "The membership ends then.")
    return step(request, account, form, "End a membership", "End it", words=f"{held.role} in {held.team}.")


@needs_fresh_sign_in
@require_http_methods(FORM)
def move(request: SignedInRequest, account_id: UUID) -> HttpResponse:
    account = changed(request.user, account_id)
    form = AgencyForm(request.POST or None, initial={"agency": account.agency.code})
    if request.method == "POST" and form.is_valid():
        services.move_to_agency(account=account, by=request.user, **form.cleaned_data)
        return done(request, account, "They work for this agency from now on.")
    words = (
        "What their agency may see, they see from their next click on; what the agency before may see, no longer. "
        "Their memberships stay: end those that go with the move."
    )
    return step(request, account, form, "Move to another agency", "Move them", words=words)


def sure(request: SignedInRequest, account_id: UUID, act: Any, said: str, **page: Any) -> HttpResponse:
    """A change that asks nothing but to be sure."""
    account = changed(request.user, account_id)
    if request.method == "POST":
        act(account=account, by=request.user)
        return done(request, account, said)
    return step(request, account, SureForm(), **page)


@needs_fresh_sign_in
@require_http_methods(FORM)
def close(request: SignedInRequest, account_id: UUID) -> HttpResponse:
    return sure(
        request,
        account_id,
        services.close_account,
        "The account is closed.",
        heading="Close this account?",
        button="Close the account",
        warning=True,
        words="They are out with their next click, every membership ends today, and no link or sign-in works any more. "
        "What they wrote stays in the record. If they lead cases, ask a manager to give these to somebody else.",
    )


@needs_fresh_sign_in
@require_http_methods(FORM)
def open_again(request: SignedInRequest, account_id: UUID) -> HttpResponse:
    return sure(
        request,
        account_id,
        services.open_again,
        "The account is open again. Add a membership, so that it may do something.",
        heading="Open this account again?",
        button="Open the account",
        words="They can sign in as before. They may do nothing until you add a membership.",
    )


@needs_fresh_sign_in
@require_http_methods(FORM)
def reset_second_factors(request: SignedInRequest, account_id: UUID) -> HttpResponse:
    return sure(
        request,
        account_id,
        services.reset_second_factors,
        "Their second steps are reset.",
        heading="Reset the second steps?",
        button="Reset them",
        warning=True,
        words="For somebody who has lost phone, keys and recovery codes. Speak to them first, in person or on a number "
        "you know. Their app, keys and codes stop working, they are signed out, and they set up new ones after their "
        "password.",
    )


@needs_fresh_sign_in
@require_http_methods(FORM)
def invite(request: SignedInRequest, account_id: UUID) -> HttpResponse:
    account = changed(request.user, account_id)
    if request.method == "POST" and account.is_active:
        return invitation_page(request, account, services.invite(account=account, by=request.user))
    words = (
        "With the link they set a new password, once and within 72 hours. A link made before stops working. "
        "Give it to them yourself: whoever has it can use it."
    )
    return step(request, account, SureForm(), "Make an invitation link?", "Make the link", words=words)
