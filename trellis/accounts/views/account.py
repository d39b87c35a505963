"""“Your sign-in”: the password, the second steps and the recovery codes of whoever is signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts import pending, second_factors, services
from trellis.accounts.access import Refused
from trellis.accounts.forms import PasswordForm
from trellis.accounts.fresh import View, needs_fresh_sign_in
from trellis.accounts.queries import key_of
from trellis.accounts.second_factors import TheLastOne
from trellis.accounts.sessions import SignedInRequest
from trellis.accounts.views.adding import adding_app, adding_key, show_codes_first
from trellis.accounts.views.beginning import page_after
from trellis.accounts.views.guessing import guess_page, looked_at

WRONG_PASSWORD = "Your present password is not right"  # noqa: S105 a sentence
LAST_ONE = "This is the only second step you have. Set up another one first, then you can remove it."
INVENTED = "This person is invented and has nothing to sign in with: they are entered with one click."


def own_sign_in(view: View) -> View:
    """Changing how one signs in needs a fresh sign-in, and is nothing for invented people."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_demonstration:
            raise Refused(INVENTED, what="sign-in")
        return needs_fresh_sign_in(view)(request, *args, **kwargs)

    return guarded


@require_GET
def account(request: SignedInRequest) -> HttpResponse:
    """What is set up, and the way to change it."""
    factors = second_factors.second_factors_of(request.user)
    return render(request, "accounts/account.html", {"factors": factors})


@own_sign_in
@sensitive_post_parameters("present", "wanted")
@require_http_methods(["GET", "POST"])
def password(request: SignedInRequest) -> HttpResponse:
    """Change the password. Every other session of this account ends."""
    user = request.user
    if not user.has_usable_password():
        raise Refused("You sign in with your work account; its password is changed there.", what="sign-in")
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and knows_password(request, form):
        try:
            services.change_password(user, form.cleaned_data["wanted"])
        except ValidationError as problem:
            form.add_error("wanted", problem)
        else:
            return changed(request, "Your password is changed. Any other place you were signed in at is signed out.")
    return guess_page(request, "accounts/password.html", form, {})


def knows_password(request: SignedInRequest, form: PasswordForm) -> bool:
    user = request.user
    right = looked_at(
        request,
        form,
        lambda: user.check_password(form.cleaned_data["present"]),
        user=user,
        step="password",
        field="present",
        wrong=WRONG_PASSWORD,
    )
    return bool(right)


@own_sign_in
@require_http_methods(["GET", "POST"])
def app(request: SignedInRequest) -> HttpResponse:
    """Set up an authenticator app, or another in its place."""
    return adding_app(
        request, request.user, reverse("account"), lambda: added(request, "Your authenticator app is set up.")
    )


@own_sign_in
@require_http_methods(["GET", "POST"])
def add_key(request: SignedInRequest) -> HttpResponse:
    return adding_key(request, request.user, reverse("account"), lambda: added(request, "Your security key is added."))


def added(request: SignedInRequest, words: str) -> HttpResponse:
    """Back to “Your sign-in”, past the recovery codes for whoever has none left."""
    codes = second_factors.codes_for_whoever_has_none(request.user)
    response = changed(request, words)
    return show_codes_first(request, codes, reverse("account")) if codes else response


@own_sign_in
@require_http_methods(["GET", "POST"])
def remove_app(request: SignedInRequest) -> HttpResponse:
    return removing(request, "your authenticator app", lambda: second_factors.remove_app(request.user))


@own_sign_in
@require_http_methods(["GET", "POST"])
def remove_key(request: SignedInRequest, key_id: UUID) -> HttpResponse:
    key = key_of(request.user, key_id)
    return removing(request, f"the security key “{key.name}”", lambda: second_factors.remove_key(request.user, key))


def removing(request: SignedInRequest, what: str, remove: Callable[[], None]) -> HttpResponse:
    """Ask before taking a second step away. One always stays."""
    if request.method == "POST":
        try:
            remove()
        except TheLastOne:
            messages.error(request, LAST_ONE)
            return redirect("account")
        return changed(request, f"{what[0].upper()}{what[1:]} is removed.")
    only_one = second_factors.second_factors_of(request.user).only_one
    return render(request, "accounts/remove.html", {"what": what, "only_one": only_one, "last_one": LAST_ONE})


@own_sign_in
@require_http_methods(["GET", "POST"])
def new_recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Ten new codes in the place of the ones before."""
    if request.method == "POST":
        codes = second_factors.make_recovery_codes(request.user)
        update_session_auth_hash(request, request.user)
        return show_codes_first(request, codes, reverse("account"))
    return render(request, "accounts/new_recovery_codes.html")


@require_http_methods(["GET", "POST"])
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    """Show codes that were just made until they are said to be kept, and never again."""
    if request.method == "POST":
        shown = pending.take(request.session, pending.CODES) or {}
        return redirect(page_after(request, shown.get("wanted", reverse("account"))))
    shown = pending.look(request.session, pending.CODES)
    return render(request, "accounts/recovery_codes.html", {"codes": shown["codes"]}) if shown else redirect("account")


def changed(request: SignedInRequest, words: str) -> HttpResponse:
    """This session goes on under a new key; every other one of this account ends."""
    update_session_auth_hash(request, request.user)
    messages.success(request, words)
    return redirect("account")
