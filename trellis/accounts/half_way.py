"""Between the two steps: the password was right, the second step is still to come, and nobody is signed in yet."""

from typing import Any, NamedTuple

from django.conf import settings
from django.utils.crypto import constant_time_compare

from trellis.accounts.models import User
from trellis.core.clocks import now

KEPT = "half_way"


class HalfWay(NamedTuple):
    """Who got half way, by which first step, and the page they asked for."""

    user: User
    first: str
    wanted: str


def begin(session: Any, user: User, first: str, wanted: str) -> None:
    """Remember the first step under a new session key."""
    session.cycle_key()
    session[KEPT] = {
        "user": str(user.id),
        "hash": user.get_session_auth_hash(),
        "at": now().timestamp(),
        "first": first,
        "wanted": wanted,
    }


def of(session: Any) -> HalfWay | None:
    """Who is half way in this session; nobody once it took too long, or the account was closed or changed."""
    kept = session.get(KEPT)
    if not kept or now().timestamp() - kept["at"] > settings.SECOND_STEP_SECONDS:
        return None
    user = User.objects.filter(id=kept["user"], is_active=True).first()
    if user is None or not constant_time_compare(kept["hash"], user.get_session_auth_hash()):
        return None
    return HalfWay(user, kept["first"], kept["wanted"])


def end(session: Any) -> None:
    session.pop(KEPT, None)
