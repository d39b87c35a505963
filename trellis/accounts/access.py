"""What a user may do, asked in one place and answered with the reason."""

import uuid
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404

from trellis.accounts.models import User
from trellis.accounts.permissions import WORDS, Permission


class Refused(PermissionDenied):
    """The user may not do this, and may know that it exists."""

    def __init__(self, reason: str, what: str, object_id: uuid.UUID | None = None) -> None:
        super().__init__(reason)
        self.reason, self.what, self.object_id = reason, what, object_id


class Hidden(Http404):
    """The user may not know whether this exists: a hidden row and a missing row look the same."""

    def __init__(self, what: str, object_id: uuid.UUID | None = None) -> None:
        super().__init__("not found")
        self.what, self.object_id = what, object_id


def check_may(user: User, permission: Permission) -> None:
    """Raises Refused unless one of the user's present roles holds ``permission``."""
    if not user.may(permission):
        raise Refused(f"Your role does not include {WORDS[permission]}.", what=permission.lower())


def allowed(check: Callable[..., object], *asked: object) -> bool:
    """Whether ``check(*asked)`` raises no refusal: how every ``can_x`` asks its ``check_can_x``."""
    try:
        check(*asked)
    except (Refused, Hidden):
        return False
    return True
