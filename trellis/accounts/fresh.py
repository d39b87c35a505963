"""What reaches far (exports, unsealing, administration) asks once more whether it is really you."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from trellis.accounts import sessions

View = Callable[..., HttpResponseBase]
READING = ("GET", "HEAD")


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session's second step was done or repeated in the last TRELLIS_STEP_UP_MINUTES."""
    return sessions.is_fresh(request.session)


def needs_fresh_sign_in(view: View) -> View:
    """Send a request whose second step is too long ago to the confirmation page, and back afterwards.

    A form page asks when it is opened, so that nothing typed is lost: a form that posts to the address it was
    opened at may be sent for half an hour from then, stale or not.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        reading = request.method in READING
        if is_fresh(request):
            if reading:
                sessions.remember_opened(request.session, request.path)
            return view(request, *args, **kwargs)
        if not reading and sessions.was_opened_fresh(request.session, request.path):
            return view(request, *args, **kwargs)
        back = request.get_full_path() if reading else request.path
        return redirect(f"{reverse('confirm')}?{urlencode({'next': back})}")

    guarded.needs_fresh_sign_in = True  # type: ignore[attr-defined]
    return guarded
