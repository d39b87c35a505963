"""Signing in with the organisation's own sign-in: out to it and back. Whatever goes wrong ends in a plain page."""

import logging
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from trellis.accounts import kept_work
from trellis.accounts.addresses import public_address
from trellis.accounts.single_sign_on import provider, services
from trellis.accounts.views.beginning import after_first_factor
from trellis.core.clocks import now
from trellis.core.open_pages import open_to_all

log = logging.getLogger(__name__)
UNDER_WAY = "single_sign_on"
SECONDS_UNDER_WAY = 600
FIRST = "single sign-on"
# 424 and no 5xx: a provider that is down is no fault of ours, and this session must be stored.
BAD_REQUEST, FAILED_DEPENDENCY = 400, 424

# What the page says, for each way it can end: heading, words.
STOPPED = {
    "unreachable": (
        "Your organisation's sign-in does not answer",
        "Trellis could not reach it just now. Try again in a minute, or sign in with your password.",
    ),
    "denied": (
        "You did not sign in",
        "Your organisation's sign-in was stopped before it was finished. Nothing has changed here.",
    ),
    "lost": (
        "This sign-in took too long, or began in another window",
        "For safety each sign-in counts once and for ten minutes, in the window it began in. Begin again.",
    ),
    "untrusted": (
        "Your organisation's sign-in could not be confirmed",
        "What came back from it did not pass our checks. Try again; if it happens again, tell your administrator.",
    ),
    "no_account": (
        "There is no open account here for you",
        "Your organisation signed you in, but there is no open account here for you: ask your hub's administrator.",
    ),
}


@open_to_all
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Off to the organisation's sign-in, with fresh secrets kept in this session."""
    if not provider.configured():
        raise Http404
    kept_work.hold(request)
    try:
        journey = provider.Provider(way_back(request)).set_out()
    except (provider.Unreachable, provider.Untrusted) as problem:
        return stopped(request, "unreachable", FAILED_DEPENDENCY, str(problem))
    kept = {**asdict(journey), "wanted": request.POST.get("next", ""), "at": now().timestamp()}
    request.session[UNDER_WAY] = {name: value for name, value in kept.items() if name != "url"}
    return redirect(journey.url)


@open_to_all
@sensitive_variables()
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """What the provider sent back: checked, and then either in or a plain page."""
    if not provider.configured():
        raise Http404
    under_way = request.session.pop(UNDER_WAY, None)
    if not belongs(under_way, request):
        return stopped(request, "lost", BAD_REQUEST)
    if "error" in request.GET or not request.GET.get("code"):
        ending = "denied" if request.GET.get("error") == "access_denied" else "untrusted"
        return stopped(request, ending, BAD_REQUEST)
    try:
        said = provider.Provider(way_back(request)).come_back(
            request.GET["code"], under_way["nonce"], under_way["verifier"]
        )
        user = services.admit(said)
    except provider.Unreachable as problem:
        return stopped(request, "unreachable", FAILED_DEPENDENCY, str(problem))
    except provider.Untrusted as problem:
        return stopped(request, "untrusted", BAD_REQUEST, str(problem))
    except services.NotAdmitted:
        return ended(request, "no_account", BAD_REQUEST)
    return after_first_factor(
        request, user, second_factor_done=said.second_step_done, first=FIRST, wanted=under_way["wanted"]
    )


def belongs(under_way: Any, request: HttpRequest) -> bool:
    """Whether this answer is to the question this session asked, and in time (RFC 9207 for ``iss``)."""
    if not under_way or now().timestamp() - under_way["at"] > SECONDS_UNDER_WAY:
        return False
    issuer = request.GET.get("iss", settings.OIDC_ISSUER)
    return issuer == settings.OIDC_ISSUER and constant_time_compare(under_way["state"], request.GET.get("state", ""))


def way_back(request: HttpRequest) -> str:
    return public_address(reverse("single-sign-on-back"), request)


def stopped(request: HttpRequest, ending: str, status: int, why: str = "") -> HttpResponse:
    """``why`` names a kind of fault for the log and never a token."""
    log.warning("single sign-on stopped: %s %s", ending, why)
    services.record_stopped(ending)
    return ended(request, ending, status)


def ended(request: HttpRequest, ending: str, status: int) -> HttpResponse:
    heading, words = STOPPED[ending]
    page = {"page_heading": heading, "words": words, "called": settings.OIDC_NAME}
    return render(request, "accounts/single_sign_on_stopped.html", page, status=status)
