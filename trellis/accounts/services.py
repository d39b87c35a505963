"""Signing in and out, told to whoever keeps the log: the log stands above this app and adds itself when it starts."""

from collections.abc import Callable

from trellis.accounts.models import User

Listener = Callable[[str, User | None], None]
SIGN_IN, SIGN_IN_FAILED, SIGN_OUT = "sign_in", "sign_in_failed", "sign_out"

listeners: list[Listener] = []


def _tell(event: str, user: User | None) -> None:
    for listener in listeners:
        listener(event, user)


def record_sign_in(user: User) -> None:
    """Somebody signed in."""
    _tell(SIGN_IN, user)


def record_failed_sign_in(email: str) -> None:
    """Somebody gave a wrong password, or the address of nobody; the address itself is not kept."""
    _tell(SIGN_IN_FAILED, User.objects.filter(email=email.lower()).first())


def record_sign_out(user: User) -> None:
    """Somebody signed out."""
    _tell(SIGN_OUT, user)
