"""The job worker sends a letter's link. The e-mail says that a letter waits and nothing more."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from trellis.accounts.sealed import keyed_hash
from trellis.audit_log.trail import recorded
from trellis.core import mail
from trellis.core.clocks import start_of_day, today
from trellis.core.presenters import day
from trellis.core.row_context import Duty
from trellis.letters.lifecycle import READY, RETURNED, SENT
from trellis.letters.models import HowSent, Letter, LetterLink
from trellis.letters.services.moving import gone_out, link_lapses_on, move

LINK = "letter-link"
SUBJECT = "A letter is waiting for you"
BODY = """A letter is waiting for you. Collect it here, until {day}:

{link}

You need an access code. It is told by telephone and is in no e-mail.{phone}
Do not answer this e-mail: nobody reads it.
"""
REFUSED = "The mail server refused it: nobody may have this address. Check it with the practice or school by telephone"
GIVEN_UP = "The mail server could not be reached, and it was tried again and again"


def send_letter(letter_id: UUID, last_try: bool = False) -> None:
    """Send the link of a letter that is ready, with a token made for this try. Refused for good, or not sent on the
    last try, the letter is returned. Raises NotSent while it is worth trying again."""
    token = secrets.token_urlsafe(32)
    address = _new_link(letter_id, token)
    if not address:
        return
    try:
        mail.send(to=address, subject=SUBJECT, body=_body(token))
    except mail.NotSent as fault:
        if not fault.permanent and not last_try:
            raise
        _settle(letter_id, address, REFUSED if fault.permanent else GIVEN_UP)
    else:
        _settle(letter_id, address, "")


def _new_link(letter_id: UUID, token: str) -> str:
    """Where the letter goes; empty when it is not to be sent any more."""
    with recorded(None, duty=Duty.POST):
        letter = Letter.objects.filter(id=letter_id, status=READY).exclude(address="").first()
        if letter is None:
            return ""
        LetterLink.objects.create(
            letter=letter,
            address=letter.address,
            token_hash=keyed_hash(token, LINK),
            lapses_at=start_of_day(link_lapses_on() + timedelta(days=1)),
        )
        return letter.address


def _body(token: str) -> str:
    origins = settings.CSRF_TRUSTED_ORIGINS
    origin = origins[0] if origins else f"http://{settings.ALLOWED_HOSTS[0]}"
    phone = f"\nThe number is {settings.FRONT_DOOR_PHONE}." if settings.FRONT_DOOR_PHONE else ""
    link = origin.rstrip("/") + reverse("collect-letter", args=[token])
    return BODY.format(day=day(link_lapses_on()), link=link, phone=phone)


def _settle(letter_id: UUID, address: str, returned: str) -> None:
    """Sent, or returned and why; not when it was given another address, or ended, meanwhile."""
    with recorded(None, duty=Duty.POST):
        rows = Letter.objects.select_for_update(of=("self",)).select_related("person", "recorded_by__agency")
        letter = rows.filter(id=letter_id, status=READY, address=address).first()
        if letter and returned:
            move(letter, RETURNED, by=None, why=returned)
        elif letter:
            gone_out(letter, SENT, how=HowSent.EMAIL, on=today(), by=None)
