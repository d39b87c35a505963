"""The first sign-in of somebody without a second step: until one is set up, these are the only pages they reach."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from trellis.accounts.half_way import HalfWay
from trellis.accounts.second_factors import APP, has_second_factor, make_recovery_codes
from trellis.accounts.security_keys import KEY
from trellis.accounts.views.adding import adding_app, adding_key, show_codes_first
from trellis.accounts.views.beginning import begin_session
from trellis.accounts.views.second_step import HalfWayView, half_signed_in


def without_second_step(view: HalfWayView) -> HalfWayView:
    """Whoever has a second step is asked for it: setting up another one comes after."""

    def guarded(request: HttpRequest, begun: HalfWay) -> HttpResponse:
        return redirect("second-step") if has_second_factor(begun.user) else view(request, begun)

    return guarded


@require_GET
@half_signed_in
@without_second_step
def set_up(request: HttpRequest, begun: HalfWay) -> HttpResponse:
    """Why there is a second step, and the choice between an app and a key."""
    return render(request, "accounts/set_up.html")


@require_http_methods(["GET", "POST"])
@half_signed_in
@without_second_step
def set_up_app(request: HttpRequest, begun: HalfWay) -> HttpResponse:
    return adding_app(request, begun.user, reverse("set-up"), partial(done, request, begun, APP))


@require_http_methods(["GET", "POST"])
@half_signed_in
@without_second_step
def set_up_key(request: HttpRequest, begun: HalfWay) -> HttpResponse:
    return adding_key(request, begun.user, reverse("set-up"), partial(done, request, begun, KEY))


def done(request: HttpRequest, begun: HalfWay, kind: str) -> HttpResponse:
    """Signed in; first of all the recovery codes, which are shown this once."""
    codes = make_recovery_codes(begun.user)
    response = begin_session(request, begun.user, way=f"{begun.first} and {kind}", wanted=begun.wanted)
    return show_codes_first(request, codes, response["Location"])
