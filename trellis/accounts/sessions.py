"""How long a signed-in session still lasts: idle minutes and whole hours, each with its own end."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from trellis.accounts.models import User
from trellis.core.clocks import now

SIGNED_IN_AT = "signed_in_at"
USED_AT = "used_at"
LOOKED_AT = "looked_at"


class SignedInRequest(HttpRequest):
    """A request past the sign-in middleware."""

    user: User


def begin(session: Any, looked_at: float | None) -> None:
    """Start both clocks; ``looked_at`` is when this user signed in the time before (a timestamp)."""
    session[SIGNED_IN_AT] = session[USED_AT] = now().timestamp()
    session[LOOKED_AT] = looked_at


def keep(session: Any) -> None:
    """The user did something: the idle clock starts again."""
    session[USED_AT] = now().timestamp()


def seconds_left(session: Any) -> int:
    """Whole seconds until the earlier of the two ends; 0 when one has passed."""
    moment = now().timestamp()
    idle = session.get(USED_AT, 0) + settings.SESSION_COOKIE_AGE - moment
    whole = session.get(SIGNED_IN_AT, 0) + settings.SESSION_ABSOLUTE_SECONDS - moment
    return max(0, int(min(idle, whole)))
