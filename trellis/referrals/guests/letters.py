"""What is written to somebody without an account: a code or a reference, and nothing of a young person."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from trellis.core import mail
from trellis.core.clocks import now
from trellis.core.row_context import Duty, duty
from trellis.referrals.guests.passes import opened
from trellis.referrals.models import GuestPass, Referral

KEPT_FOR = timedelta(days=1)
CODE = """Your code is {code}

It is good for 15 minutes. Type it on the page that asked for it.
If you did not ask for a code, do nothing.
"""
ARRIVED = """Your referral arrived. Its reference is {reference}.

It is decided by the end of the next working day. You are told then.
To add something, ring and name the reference.{phone}
Do not answer this e-mail: nobody reads it.
"""
DECIDED = """The referral with the reference {reference} was decided.

Ring to hear what was decided and why, and name the reference.{phone}
Do not answer this e-mail: nobody reads it.
"""


def send_code(pass_id: UUID) -> None:
    """Send the code of a pass, unless it was used or is over. Raises NotSent."""
    found = GuestPass.objects.filter(id=pass_id, confirmed_at=None, expires_at__gt=now()).first()
    if found:
        said = opened(found)
        mail.send(to=said["email"], subject="Your code", body=CODE.format(code=said["code"]))
        GuestPass.objects.filter(id=pass_id).update(sent_at=now())


def acknowledge(referral_id: UUID) -> None:
    """Raises NotSent."""
    _write(referral_id, "Your referral arrived", ARRIVED)


def tell_outcome(referral_id: UUID) -> None:
    """Raises NotSent."""
    _write(referral_id, "Your referral was decided", DECIDED)


def _write(referral_id: UUID, subject: str, body: str) -> None:
    with transaction.atomic(), duty(Duty.INTAKE):
        found = (
            Referral.objects.filter(id=referral_id).exclude(guest_email="").values("guest_email", "reference").first()
        )
    if found:
        phone = f"\nThe number is {settings.FRONT_DOOR_PHONE}." if settings.FRONT_DOOR_PHONE else ""
        mail.send(to=found["guest_email"], subject=subject, body=body.format(reference=found["reference"], phone=phone))


def forget_passes() -> None:
    GuestPass.objects.filter(recorded_at__lt=now() - KEPT_FOR).delete()
