"""Asks for a second step and says what it was answered with: for signing in, and for confirming later on."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from trellis.accounts import pending, second_factors, security_keys, services
from trellis.accounts.forms import CodeForm, GuessForm, KeyAnswerForm, RecoveryCodeForm
from trellis.accounts.models import User
from trellis.accounts.second_factors import APP, RECOVERY
from trellis.accounts.security_keys import KEY
from trellis.accounts.views.guessing import guess_page, looked_at

TEMPLATE = "accounts/second_step.html"
WRONG_CODE = "That code is not right, or was used already. Enter the code your app shows now"
WRONG_RECOVERY_CODE = "That recovery code is not right, or was used already"
WRONG_KEY = "The key was not recognised. Try again, or use another way"


@dataclass(frozen=True)
class Asked:
    """Who is asked, why, where else they may turn, and what follows: ``done`` is told what they answered with."""

    user: User
    heading: str
    why: str
    done: Callable[[str], HttpResponse]
    other_page: str


def ask(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Ask for the app's code or a security key, whichever they have."""
    if request.method == "GET":
        return page(request, asked, CodeForm())
    if "answer" in request.POST:
        return answered_with_key(request, asked)
    return answered_with_code(request, asked, CodeForm(request.POST), APP)


def ask_for_recovery_code(request: HttpRequest, asked: Asked) -> HttpResponse:
    if request.method == "GET":
        return page(request, asked, RecoveryCodeForm())
    return answered_with_code(request, asked, RecoveryCodeForm(request.POST), RECOVERY)


def answered_with_code(request: HttpRequest, asked: Asked, form: GuessForm, kind: str) -> HttpResponse:
    accept = second_factors.accept_code if kind == APP else second_factors.accept_recovery_code
    if form.is_valid() and looked_at(
        request,
        form,
        lambda: accept(asked.user, form.cleaned_data["code"]),
        user=asked.user,
        step=kind,
        field="code",
        wrong=WRONG_CODE if kind == APP else WRONG_RECOVERY_CODE,
    ):
        return asked.done(kind)
    return page(request, asked, form)


def answered_with_key(request: HttpRequest, asked: Asked) -> HttpResponse:
    """A key cannot be guessed, so its answers are not counted; each challenge is good for one answer."""
    answer = KeyAnswerForm(request.POST)
    party, challenge = security_keys.party_of(request), pending.take(request.session, pending.CHALLENGE)
    if answer.is_valid() and party and challenge:
        if security_keys.accept_key(asked.user, answer.cleaned_data["answer"], challenge, party):
            return asked.done(KEY)
        services.record_failed_sign_in(asked.user, KEY)
    if answer.is_valid():
        answer.add_error(None, WRONG_KEY)
    return page(request, asked, CodeForm(), answer)


def page(request: HttpRequest, asked: Asked, form: GuessForm, answer: KeyAnswerForm | None = None) -> HttpResponse:
    factors = second_factors.second_factors_of(asked.user)
    recovery = isinstance(form, RecoveryCodeForm)
    party = security_keys.party_of(request)
    options = ""
    if factors.keys and party and not recovery:
        ceremony = security_keys.ask_to_sign_in(asked.user, party)
        pending.keep(request.session, pending.CHALLENGE, ceremony.challenge)
        options = ceremony.options
    context = {
        "asked": asked,
        "factors": factors,
        "recovery": recovery,
        "options": options,
        "answer": answer,
        "show_code": recovery or factors.app,
    }
    return guess_page(request, TEMPLATE, form, context)
