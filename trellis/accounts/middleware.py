"""No page without signing in, save those marked ``open_to_all``; no session past its end."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from trellis.accounts import kept_work, sessions
from trellis.accounts.models import User
from trellis.accounts.views.kept_work import ask_to_sign_in
from trellis.core.problems import Problem, is_api

View = Callable[..., HttpResponse]
SIGNED_IN_AT = sessions.SIGNED_IN_AT


def may_go_on(request: HttpRequest) -> bool:
    """Signed in, in time, and no invented person where nobody invented may be."""
    user = request.user
    if not isinstance(user, User) or (user.is_demonstration and not settings.DEMONSTRATION):
        return False
    return sessions.seconds_left(request.session) > 0


class SignInRequired:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kept_work.set_expired_aside(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if getattr(view, "open_to_all", False):
            return None
        if may_go_on(request):
            if not getattr(view, "asked_by_the_page", False):
                sessions.keep(request.session)
            kept_work.drop_what_is_sent(request)
            return None
        if is_api(request):
            return Problem(401)
        if kept_work.may_keep(request):
            return ask_to_sign_in(request)
        if request.user.is_authenticated and not kept_work.expired_user(request):
            logout(request)
        return redirect_to_login(request.path)
