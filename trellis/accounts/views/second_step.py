"""The second step of signing in, and the same asked again before what reaches far."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from trellis.accounts import demonstration, half_way, services, sessions
from trellis.accounts.half_way import HalfWay
from trellis.accounts.second_factors import RECOVERY, has_second_factor, unused_codes
from trellis.accounts.sessions import SignedInRequest
from trellis.accounts.views.asking import Asked, ask, ask_for_recovery_code
from trellis.accounts.views.beginning import DEMONSTRATION, begin_session, page_after
from trellis.core.open_pages import open_to_all
from trellis.core.presenters import plural

HalfWayView = Callable[[HttpRequest, HalfWay], HttpResponse]
TOO_LONG = "That took too long. Sign in again from the beginning."


def half_signed_in(view: HalfWayView) -> Callable[[HttpRequest], HttpResponse]:
    """For those whose first step was right a moment ago; all others begin again."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        found = half_way.of(request.session)
        if found is None:
            messages.warning(request, TOO_LONG)
            return redirect("sign-in")
        return view(request, found)

    return open_to_all(guarded)


@require_http_methods(["GET", "POST"])
@half_signed_in
def second_step(request: HttpRequest, begun: HalfWay) -> HttpResponse:
    if not has_second_factor(begun.user):
        return redirect("set-up")
    return ask(request, signing_in(request, begun, reverse("recovery-code")))


@require_http_methods(["GET", "POST"])
@half_signed_in
def recovery_code(request: HttpRequest, begun: HalfWay) -> HttpResponse:
    if not has_second_factor(begun.user):
        return redirect("set-up")
    return ask_for_recovery_code(request, signing_in(request, begun, reverse("second-step")))


def signing_in(request: HttpRequest, begun: HalfWay, other_page: str) -> Asked:
    def done(kind: str) -> HttpResponse:
        response = begin_session(request, begun.user, way=f"{begun.first} and {kind}", wanted=begun.wanted)
        say_how_many_are_left(request, begun, kind)
        return response

    return Asked(begun.user, "The second step", "The first step is done. Now show that it is you.", done, other_page)


def say_how_many_are_left(request: HttpRequest, begun: HalfWay, kind: str) -> None:
    if kind == RECOVERY:
        left = plural(unused_codes(begun.user).count(), "recovery code", "recovery codes")
        messages.warning(
            request,
            f"You have {left} left. If your phone or key is lost, open “Your sign-in” and set up another now.",
        )


@require_http_methods(["GET", "POST"])
def confirm(request: SignedInRequest) -> HttpResponse:
    """Ask somebody who is signed in to show again that it is them."""
    if request.user.is_demonstration:
        return confirm_as(request)
    return ask(request, confirming(request, "confirm-recovery-code"))


@require_http_methods(["GET", "POST"])
def confirm_with_recovery_code(request: SignedInRequest) -> HttpResponse:
    return ask_for_recovery_code(request, confirming(request, "confirm"))


def confirming(request: SignedInRequest, other_page: str) -> Asked:
    wanted = page_after(request, request.GET.get("next", ""))

    def done(kind: str) -> HttpResponse:
        return confirmed(request, kind, wanted)

    why = "What you asked for reaches far, so show once more that it is you."
    other = f"{reverse(other_page)}?{urlencode({'next': wanted})}"
    return Asked(request.user, "Confirm that it is you", why, done, other)


def confirm_as(request: SignedInRequest) -> HttpResponse:
    """An invented person confirms with one click, where that is how they came in."""
    wanted = page_after(request, request.GET.get("next", ""))
    if not demonstration.is_open():
        raise Http404
    if request.method == "POST":
        return confirmed(request, DEMONSTRATION, wanted)
    return render(request, "accounts/confirm_as.html", {"confirm_words": f"Confirm as {request.user.name}"})


def confirmed(request: SignedInRequest, way: str, wanted: str) -> HttpResponse:
    sessions.confirm(request.session)
    services.record_confirmation(request.user, way)
    return redirect(wanted)
