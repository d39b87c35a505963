"""What comes after the first step of signing in, and the one end of every way in."""

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from trellis.accounts import half_way, kept_work, services, sessions
from trellis.accounts.models import User
from trellis.accounts.second_factors import has_second_factor

BACKEND = "django.contrib.auth.backends.ModelBackend"
PASSWORD, DEMONSTRATION = "password", "demonstration"


def after_first_factor(
    request: HttpRequest, user: User, second_factor_done: bool, first: str = PASSWORD, wanted: str = ""
) -> HttpResponse:
    """On to the second step, to setting one up, or in, when whoever vouched for ``user`` asked for it already.

    ``first`` names the first step for the log; ``wanted`` is the page asked for, else the form's ``next``.
    """
    refuse_who_may_not_enter(user, first)
    wanted = page_after(request, wanted)
    kept_work.take_over(request, user)
    kept_work.hold(request)
    if second_factor_done:
        return begin_session(request, user, way=first, wanted=wanted)
    half_way.begin(request.session, user, first, wanted)
    return redirect("second-step" if has_second_factor(user) else "set-up")


def begin_session(request: HttpRequest, user: User, way: str = PASSWORD, wanted: str = "") -> HttpResponse:
    """A fresh session, and on to the page that was asked for. ``way`` tells the log how ``user`` came in."""
    refuse_who_may_not_enter(user, way)
    wanted = page_after(request, wanted)
    looked_at = user.last_login.timestamp() if user.last_login else None
    half_way.end(request.session)
    kept_work.take_over(request, user)
    kept_work.hold(request)
    with kept_work.forms_stay_good(request, user):
        login(request, user, backend=BACKEND)
    sessions.begin(request.session, looked_at)
    services.record_sign_in(user, way)
    return redirect("kept-work" if kept_work.all_kept(request.session, user) else wanted)


def refuse_who_may_not_enter(user: User, way: str) -> None:
    """Closed accounts never enter; invented people only through the door of the demonstration."""
    if not user.is_active or user.is_demonstration != (way == DEMONSTRATION):
        raise PermissionDenied("This account cannot sign in this way.")


def page_after(request: HttpRequest, wanted: str = "") -> str:
    """The page asked for, when it is one of ours."""
    asked = wanted or request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if safe else settings.LOGIN_REDIRECT_URL
