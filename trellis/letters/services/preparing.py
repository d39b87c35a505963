"""A letter is prepared: its words are fixed and it is on its way. Or the reason why none is sent is recorded."""

from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.cases.models import Case
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now, today
from trellis.core.protection import Part
from trellis.core.reference_data import limit
from trellis.letters.access import check_can_write_letter
from trellis.letters.lifecycle import READY
from trellis.letters.models import Letter, LetterMove, NoLetter, Occasion
from trellis.letters.queries import first_words
from trellis.letters.services.moving import WHAT, send_soon
from trellis.need_to_know.services import grant_sight
from trellis.people.models import Person


@transaction.atomic
def prepare_letter(
    *,
    person: Person,
    kind: str,
    occasion: str,
    recipient: str,
    by: User,
    address: str = "",
    words: str = "",
    case: Case | None = None,
    practice_code: str = "",
    key: UUID | None = None,
) -> Letter:
    """Fix a letter's words and, where there is an e-mail ``address``, have its link sent when the transaction commits.

    ``kind``: gp, school or other; ``occasion``: opening, closing or other; ``recipient``: the name of the practice,
    school or whoever it is for; ``words``: what it says, else the dated paragraphs of this kind and occasion. The same
    ``key`` prepares one letter. Its access code is made afterwards, by ``make_code``. Who prepares a closing letter
    keeps sight of it beyond the case, until it is acknowledged or the days of ``letters.sight_days`` are over.

    Raises Refused without LETTER_SEND, Hidden where health is not open to ``by``.
    """
    check_can_write_letter(by, person)
    letter = Letter(
        person=person,
        case=case,
        kind=kind,
        occasion=occasion,
        recipient=recipient,
        practice_code=practice_code,
        address=address.strip(),
        words=words or first_words(person=person, kind=kind, occasion=occasion, by=by, case=case),
        written_on=today(),
        form_key=key,
        recorded_by=by,
    )
    try:
        with attempt():
            insert_rows([letter])
            insert_rows([LetterMove(letter=letter, new=READY, moved_at=now(), moved_by=by)])
            note(Action.WRITE, WHAT, object_id=letter.id, children=[person.id])
    except IntegrityError:
        already = Letter.objects.filter(form_key=key, recorded_by=by).first() if key else None
        if already is None:
            raise
        return already
    if occasion == Occasion.CLOSING:
        _keep_sight(letter, by)
    send_soon(letter)
    return letter


def _keep_sight(letter: Letter, by: User) -> None:
    """How it stands is to be followed when the case, and what was granted for it, is over."""
    ends_at = now() + timedelta(days=limit("letters.sight_days", today()))
    parts = (Part.IDENTITY, Part.HEALTH)
    reason = "Follows a letter about the closing of the case"
    grant_sight(person=letter.person, user=by, parts=parts, reason=reason, by=by, source=letter.id, ends_at=ends_at)


@transaction.atomic
def record_no_letter(*, case: Case, kind: str, occasion: str, reason: str, by: User, words: str = "") -> NoLetter:
    """Say why nobody of this kind is told: ``reason`` from the list letter_not_sent. Said twice, the first stands.

    Raises Refused without LETTER_SEND, Hidden where health is not open to ``by``.
    """
    check_can_write_letter(by, case.person)
    asked = {"case": case, "kind": kind, "occasion": occasion}
    made = NoLetter(person_id=case.person_id, reason=reason, words=words, recorded_by=by, **asked)
    try:
        with attempt():
            insert_rows([made])
            note(Action.WRITE, "reason for no letter", object_id=made.id, children=[case.person_id])
    except IntegrityError:
        return NoLetter.objects.get(**asked)
    return made
