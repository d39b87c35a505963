"""How long a signed-in session still lasts, each with its own end: idle minutes, whole hours, a fresh sign-in."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from trellis.accounts.models import User
from trellis.core.clocks import now

SIGNED_IN_AT = "signed_in_at"
USED_AT = "used_at"
LOOKED_AT = "looked_at"
CONFIRMED_AT = "confirmed_at"
OPENED_FRESH = "opened_fresh"


class SignedInRequest(HttpRequest):
    """A request past the sign-in middleware."""

    user: User


def asked_by_the_page(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that pages ask by themselves: answering is no sign that anybody is there, and keeps no session."""
    view.asked_by_the_page = True  # type: ignore[attr-defined]
    return view


def begin(session: Any, looked_at: float | None) -> None:
    """Start the clocks; ``looked_at`` is when this user signed in the time before (a timestamp)."""
    session[SIGNED_IN_AT] = session[USED_AT] = session[CONFIRMED_AT] = now().timestamp()
    session[LOOKED_AT] = looked_at


def keep(session: Any) -> None:
    """The user did something: the idle clock starts again."""
    session[USED_AT] = now().timestamp()


def seconds_left(session: Any) -> int:
    """Whole seconds until the earlier of the two ends; 0 when one has passed."""
    moment = now().timestamp()
    idle = session.get(USED_AT, 0) + settings.SESSION_IDLE_SECONDS - moment
    whole = session.get(SIGNED_IN_AT, 0) + settings.SESSION_ABSOLUTE_SECONDS - moment
    return max(0, int(min(idle, whole)))


def confirm(session: Any) -> None:
    """The user has just shown again that it is them: a new session key, and fresh from now."""
    session.cycle_key()
    session[CONFIRMED_AT] = now().timestamp()


def is_fresh(session: Any) -> bool:
    """Whether the second step, or its repetition, lies no further back than TRELLIS_STEP_UP_MINUTES."""
    return now().timestamp() - session.get(CONFIRMED_AT, 0) <= settings.STEP_UP_SECONDS


def remember_opened(session: Any, path: str) -> None:
    """The form at ``path`` was opened while fresh: what is typed into it may still be sent a while later."""
    session[OPENED_FRESH] = {**_opened(session), path: now().timestamp()}


def was_opened_fresh(session: Any, path: str) -> bool:
    return path in _opened(session)


def _opened(session: Any) -> dict[str, float]:
    since = now().timestamp() - settings.STEP_UP_FORM_SECONDS
    return {path: at for path, at in session.get(OPENED_FRESH, {}).items() if at >= since}
