"""Signing in and out, told to whoever keeps the log: the log stands above this app and adds itself when it starts."""

from collections.abc import Callable

from django.contrib.auth.password_validation import validate_password
from django.db.models import F

from trellis.accounts.models import User

Listener = Callable[[str, User | None, str], None]
SIGN_IN, SIGN_IN_FAILED, SIGN_IN_BLOCKED, SIGN_OUT = "sign_in", "sign_in_failed", "sign_in_blocked", "sign_out"
SIGN_IN_CHANGED, CONFIRMED = "sign_in_changed", "confirmed"

listeners: list[Listener] = []


def _tell(event: str, user: User | None, why: str = "") -> None:
    for listener in listeners:
        listener(event, user, why)


def record_sign_in(user: User, way: str) -> None:
    """Somebody signed in; ``way`` says how, such as "password and authenticator app"."""
    _tell(SIGN_IN, user, way)


def record_failed_sign_in(user: User | None, step: str) -> None:
    """Somebody gave what is not right at this ``step``; for the address of nobody ``user`` is None."""
    _tell(SIGN_IN_FAILED, user, step)


def record_blocked_sign_in(user: User | None, step: str) -> None:
    """Somebody guessed too often and was not listened to."""
    _tell(SIGN_IN_BLOCKED, user, step)


def record_sign_out(user: User) -> None:
    """Somebody signed out."""
    _tell(SIGN_OUT, user)


def record_confirmation(user: User, way: str) -> None:
    """Somebody signed in already showed once more that it is them."""
    _tell(CONFIRMED, user, way)


def record_change(user: User, what: str) -> None:
    """How ``user`` signs in has changed: every session but the present one ends with its next request."""
    User.objects.filter(id=user.id).update(sign_in_version=F("sign_in_version") + 1)
    user.refresh_from_db(fields=["sign_in_version"])
    _tell(SIGN_IN_CHANGED, user, what)


def change_password(user: User, password: str) -> None:
    """Give ``user`` a new password. Raises ValidationError when it is short, common or like their own name."""
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record_change(user, "password changed")
