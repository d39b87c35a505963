"""The first step, the door of the demonstration, signing out, and how long the session lasts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate, logout
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from trellis.accounts import demonstration, services, sessions
from trellis.accounts.forms import SignInForm
from trellis.accounts.models import User
from trellis.accounts.queries import account_of, demonstration_users
from trellis.accounts.views.beginning import DEMONSTRATION, PASSWORD, after_first_factor, begin_session
from trellis.accounts.views.guessing import guess_page, looked_at
from trellis.core.open_pages import open_to_all

NOT_RIGHT = "The e-mail address or the password is not right"


@open_to_all
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Check the password; say nothing of whether the address is known."""
    if request.method == "GET":
        return sign_in_page(request, SignInForm(initial={"next": request.GET.get("next", "")}))
    form = SignInForm(request.POST)
    if not form.is_valid():
        return sign_in_page(request, form)
    email = form.cleaned_data["username"]
    user = looked_at(
        request,
        form,
        lambda: user_with(request, email, form.cleaned_data["password"]),
        user=account_of(email),
        step=PASSWORD,
        field="username",
        wrong=NOT_RIGHT,
        typed=email,
    )
    return after_first_factor(request, user, second_factor_done=False) if user else sign_in_page(request, form)


def user_with(request: HttpRequest, email: str, password: str) -> User | None:
    """Whose password this is. Invented people have none: they come in by their own door."""
    user = authenticate(request, username=email, password=password)
    return user if isinstance(user, User) and not user.is_demonstration else None


def sign_in_page(request: HttpRequest, form: SignInForm, **more: Any) -> HttpResponse:
    users = demonstration_users() if demonstration.is_open() else []
    return guess_page(request, "accounts/sign_in.html", form, {"demonstration": users, **more})


@open_to_all
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Enter an invented area as one of its users, without a password."""
    wanted = demonstration_users().filter(email=request.POST.get("user", ""))
    user = wanted.first() if demonstration.is_open() else None
    if user is None:
        raise Http404
    return begin_session(request, user, way=DEMONSTRATION)


@require_POST
def sign_out(request: sessions.SignedInRequest) -> HttpResponse:
    services.record_sign_out(request.user)
    logout(request)
    messages.info(request, "You are signed out.")
    return redirect("sign-in")


@open_to_all
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> JsonResponse:
    """Seconds until the session ends. Asking does not lengthen it; posting does."""
    seconds = sessions.seconds_left(request.session) if request.user.is_authenticated else 0
    if seconds and request.method == "POST":
        sessions.keep(request.session)
        seconds = sessions.seconds_left(request.session)
    return JsonResponse({"seconds": seconds})
