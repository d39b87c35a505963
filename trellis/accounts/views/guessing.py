"""One guess, counted before it is looked at; and the page that says when there were too many."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from trellis.accounts import services, throttle
from trellis.accounts.forms import GuessForm
from trellis.accounts.models import User

TOO_MANY_REQUESTS = 429
Found = TypeVar("Found")


def looked_at(
    request: HttpRequest,
    form: GuessForm,
    look: Callable[[], Found | None],
    *,
    user: User | None,
    step: str,
    field: str,
    wrong: str,
    typed: str = "",
) -> Found | None:
    """What ``look`` finds. None when that is nothing, or when there were too many guesses to look: the form says so."""
    try:
        guess = throttle.take_guess(request, user, typed)
    except throttle.Blocked as blocked:
        if blocked.first:
            services.record_blocked_sign_in(user, step)
        form.blocked_for = blocked.seconds
        form.add_error(field, blocked.words)
        return None
    found = look()
    if found:
        throttle.take_back(guess)
        return found
    services.record_failed_sign_in(user, step)
    form.add_error(field, wrong)
    return None


def guess_page(request: HttpRequest, template: str, form: GuessForm, context: dict[str, Any]) -> HttpResponse:
    """The form's page: 429 with the time to wait when there were too many guesses."""
    response = render(request, template, {**context, "form": form})
    if form.blocked_for:
        response.status_code = TOO_MANY_REQUESTS
        response["Retry-After"] = str(form.blocked_for)
    return response
