"""Adding an authenticator app or a security key: at the first sign-in, and later from “Your sign-in”."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from trellis.accounts import pending, second_factors, security_keys
from trellis.accounts.forms import CodeForm, NewKeyForm
from trellis.accounts.models import User

Done = Callable[[], HttpResponse]
WRONG_CODE = "That code is not right. Check that the app is the one you just added, and that the phone's clock is right"
WRONG_KEY = "The key could not be added. Try again; a key that is added already cannot be added twice"


def adding_app(request: HttpRequest, user: User, back: str, done: Done) -> HttpResponse:
    """Show a new secret, and keep it once a code shows that the app has it."""
    secret = pending.look(request.session, pending.APP_SECRET) or second_factors.new_secret()
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if second_factors.add_app(user, secret, form.cleaned_data["code"]):
            pending.take(request.session, pending.APP_SECRET)
            return done()
        form.add_error("code", WRONG_CODE)
    pending.keep(request.session, pending.APP_SECRET, secret)
    context = {
        "form": form,
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        "picture": second_factors.picture_of(secret, user),
        "back": back,
    }
    return render(request, "accounts/add_app.html", context)


def adding_key(request: HttpRequest, user: User, back: str, done: Done) -> HttpResponse:
    """Ask the browser for a new key, and keep what it answers."""
    party = security_keys.party_of(request)
    form = NewKeyForm(request.POST or None)
    if request.method == "POST" and party and form.is_valid():
        challenge = pending.take(request.session, pending.CHALLENGE)
        name, answer = form.cleaned_data["name"], form.cleaned_data["answer"]
        if challenge and security_keys.add_key(user, name, answer, challenge, party):
            return done()
        form.add_error(None, WRONG_KEY)
    options = ""
    if party:
        ceremony = security_keys.ask_to_add(user, party)
        pending.keep(request.session, pending.CHALLENGE, ceremony.challenge)
        options = ceremony.options
    return render(request, "accounts/add_key.html", {"form": form, "options": options, "back": back})


def show_codes_first(request: HttpRequest, codes: list[str], wanted: str) -> HttpResponse:
    """The recovery codes, once, and then the page that was asked for."""
    pending.keep(request.session, pending.CODES, {"codes": codes, "wanted": wanted})
    return redirect("recovery-codes")
