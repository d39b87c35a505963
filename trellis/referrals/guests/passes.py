"""Addresses that are confirmed by a code: six digits, 15 minutes, five tries."""

import json
import secrets
from datetime import timedelta
from uuid import UUID

from django.db.models import F
from django.utils.crypto import constant_time_compare

from trellis.accounts.sealed import keyed_hash, seal, unseal
from trellis.core.clocks import now, today
from trellis.core.reference_data import limit
from trellis.referrals.models import GuestPass

PURPOSE = "guest-pass"
DIGITS = 6


def new_pass(email: str) -> GuestPass | None:
    """A pass with a new code; None when this address was sent as many as it may be for now."""
    email = email.strip().lower()
    email_hash = keyed_hash(email, PURPOSE)
    since = now() - timedelta(minutes=limit("guest.code_window", today()))
    if GuestPass.objects.filter(email_hash=email_hash, recorded_at__gt=since).count() >= limit("guest.codes", today()):
        return None
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    return GuestPass.objects.create(
        sealed=seal(json.dumps({"email": email, "code": code}).encode(), PURPOSE),
        email_hash=email_hash,
        code_hash=keyed_hash(code, PURPOSE),
        expires_at=now() + timedelta(minutes=limit("guest.code_minutes", today())),
    )


def opened(found: GuestPass) -> dict[str, str]:
    """The address, and the code while it was not typed."""
    said: dict[str, str] = json.loads(unseal(found.sealed, PURPOSE))
    return said


def confirm(pass_id: UUID, code: str) -> bool:
    """Whether this is the code, in time and within the tries. Each try is counted before it is looked at."""
    waiting = GuestPass.objects.filter(
        id=pass_id, confirmed_at=None, expires_at__gt=now(), tries__lt=limit("guest.code_tries", today())
    )
    if not waiting.update(tries=F("tries") + 1):
        return False
    found = GuestPass.objects.get(id=pass_id)
    if not constant_time_compare(keyed_hash(code, PURPOSE), found.code_hash):
        return False
    found.sealed = seal(json.dumps({"email": opened(found)["email"]}).encode(), PURPOSE)
    found.confirmed_at = now()
    found.expires_at = now() + timedelta(minutes=limit("guest.pass_minutes", today()))
    found.save(update_fields=["sealed", "confirmed_at", "expires_at"])
    return True


def can_be_tried(pass_id: str) -> bool:
    """Whether a code may still be typed for this pass."""
    return GuestPass.objects.filter(
        id=pass_id, confirmed_at=None, expires_at__gt=now(), tries__lt=limit("guest.code_tries", today())
    ).exists()


def confirmed(pass_id: str) -> GuestPass | None:
    """The pass, while its confirmation lasts."""
    if not pass_id:
        return None
    return GuestPass.objects.filter(id=pass_id, confirmed_at__isnull=False, expires_at__gt=now()).first()
