"""Sign in, sign out, and how long the session lasts."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from trellis.accounts import services, sessions
from trellis.accounts.forms import SignInForm
from trellis.accounts.models import User
from trellis.accounts.queries import demonstration_users
from trellis.core.open_pages import open_to_all

NOT_RIGHT = "The e-mail address or the password is not right"
BACKEND = "django.contrib.auth.backends.ModelBackend"


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
    email, password = form.cleaned_data["username"], form.cleaned_data["password"]
    user = authenticate(request, username=email, password=password)
    if not isinstance(user, User):
        services.record_failed_sign_in(email)
        form.add_error("username", NOT_RIGHT)
        return sign_in_page(request, form)
    return begin_session(request, user)


def sign_in_page(request: HttpRequest, form: SignInForm) -> HttpResponse:
    users = demonstration_users() if settings.DEMONSTRATION else []
    return render(request, "accounts/sign_in.html", {"form": form, "demonstration": users})


def begin_session(request: HttpRequest, user: User) -> HttpResponse:
    """A fresh session, and on to the page that was asked for."""
    looked_at = user.last_login.timestamp() if user.last_login else None
    login(request, user, backend=BACKEND)
    sessions.begin(request.session, looked_at)
    services.record_sign_in(user)
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(wanted if safe else settings.LOGIN_REDIRECT_URL)


@open_to_all
@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Enter an invented area as one of its users, without a password."""
    wanted = demonstration_users().filter(email=request.POST.get("user", ""))
    user = wanted.first() if settings.DEMONSTRATION else None
    if user is None:
        raise Http404
    return begin_session(request, user)


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
