"""A referral by somebody without an account. Nothing about any young person is given back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import F
from procrastinate.contrib.django import app as jobs

from trellis.audit_log.trail import attempt
from trellis.cases.introductions import person_told_of
from trellis.core.clocks import now, today
from trellis.core.reference_data import limit
from trellis.core.row_context import Duty, duty
from trellis.documents.services import Scanned, keep_documents
from trellis.people.services import Introduction
from trellis.referrals.guests.passes import new_pass, opened
from trellis.referrals.models import GuestPass, Referral
from trellis.referrals.services import make_referral

SEND_CODE, ACKNOWLEDGE = "referrals.send_guest_code", "referrals.acknowledge"


class TooMany(Exception):
    """This confirmation was used as often as it may be."""


def ask_for_code(email: str) -> GuestPass | None:
    """A new code, sent when this request is over; None when the address was sent as many as it may be."""
    made = new_pass(email)
    if made:
        jobs.configure_task(SEND_CODE).defer(pass_id=str(made.id))
    return made


def refer_as_guest(
    *, who: Introduction, guest: GuestPass, key: UUID, files: Sequence[Scanned], **told: Any
) -> Referral:
    """Record the referral, who it is about and what came with it, once for each ``key``. Raises TooMany."""
    email = opened(guest)["email"]
    told |= {"guest_email": email, "email_confirmed_at": guest.confirmed_at, "received_at": now()}
    with duty(Duty.INTAKE):
        already = _made_with(key, email)
        if already:
            return already
        try:
            with attempt():
                _use(guest)
                person = person_told_of(who, by=None)
                made = make_referral(person=person, by=None, form_key=key, **told)
                keep_documents(files, person=person, by=None, subject=made.id, description="Came with a referral")
                jobs.configure_task(ACKNOWLEDGE).defer(referral_id=str(made.id))
                return made
        except IntegrityError:
            already = _made_with(key, email)
            if already is None:
                raise
            return already


def _made_with(key: UUID, email: str) -> Referral | None:
    return Referral.objects.filter(form_key=key, recorded_by=None, guest_email=email).first()


def _use(guest: GuestPass) -> None:
    most = limit("guest.referrals", today())
    if not GuestPass.objects.filter(id=guest.id, made__lt=most).update(made=F("made") + 1):
        raise TooMany
