"""Whom a letter is for collects it: with the link from the e-mail and the code from the telephone."""

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare

from trellis.accounts.sealed import keyed_hashes
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.clocks import now, today
from trellis.core.reference_data import limit
from trellis.core.row_context import Duty, duty
from trellis.letters.lifecycle import ACKNOWLEDGED, COLLECTED, READY, SENT
from trellis.letters.models import HowSent, Letter, LetterLink
from trellis.letters.services.following import code_hash
from trellis.letters.services.moving import gone_out, locked, move
from trellis.letters.services.sending import LINK

CAN_BE_COLLECTED = (READY, SENT, COLLECTED, ACKNOWLEDGED)


def letter_behind(token: str) -> UUID | None:
    """The letter that this link opens; None for one that nobody sent, that lapsed or was withdrawn."""
    with duty(Duty.POST):
        links = LetterLink.objects.filter(
            token_hash__in=keyed_hashes(token, LINK),
            lapses_at__gt=now(),
            withdrawn_at=None,
            letter__status__in=CAN_BE_COLLECTED,
        )
        return links.values_list("letter", flat=True).first()


@transaction.atomic
def collect_letter(*, letter_id: UUID, code: str) -> Letter | None:
    """The letter, collected from now on; None for a wrong code, or one used up. A try is counted before it is looked
    at. It may be collected again while its link is good."""
    with duty(Duty.POST):
        most = limit("letters.code_tries", today())
        waiting = Letter.objects.filter(id=letter_id, code_tries__lt=most).exclude(code_hash="")
        if not waiting.update(code_tries=F("code_tries") + 1):
            return None
        letter = locked(Letter(id=letter_id))
        if not constant_time_compare(code_hash(letter, code), letter.code_hash):
            return None
        letter.code_tries = 0
        letter.save(update_fields=["code_tries"])
        if letter.status == READY:
            gone_out(letter, SENT, how=HowSent.EMAIL, on=today(), by=None)
        if letter.status == SENT:
            move(letter, COLLECTED, by=None, collected_at=now(), chase_on=None)
        note(Action.READ, "letter, by whom it is for", object_id=letter.id, children=[letter.person_id])
        return letter


@transaction.atomic
def confirm_letter(*, letter_id: UUID) -> bool:
    """They have it. Whether it was collected before; confirmed twice it stays as it was."""
    with duty(Duty.POST):
        letter = locked(Letter(id=letter_id))
        if letter.status == COLLECTED:
            move(letter, ACKNOWLEDGED, by=None, acknowledged_at=now(), why="Confirmed on the page of the letter")
        return letter.status == ACKNOWLEDGED
