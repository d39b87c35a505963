"""What young people and carers say of the service."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.once import add_once
from trellis.core.bulk_insert import insert_rows
from trellis.people.models import Person
from trellis.voice.models import Feedback, FeedbackAnswer, FeedbackQuestion


@transaction.atomic
def record_feedback(
    *,
    person: Person,
    by_whom: str,
    given_on: date,
    answers: Mapping[FeedbackQuestion, tuple[int | None, str]],
    by: User,
    words: str = "",
    key: UUID | None = None,
) -> Feedback:
    """``answers``: question to a face from 1 to 5, or None, and words. Raises Refused."""
    check_may(by, Permission.VOICE_WRITE)
    row = Feedback(person=person, given_on=given_on, by_whom=by_whom, words=words, form_key=key, recorded_by=by)
    feedback, is_new = add_once(row, "feedback", person=person.id)
    if is_new:
        insert_rows(
            [
                FeedbackAnswer(feedback=feedback, question=question, face=face, words=said)
                for question, (face, said) in answers.items()
                if face or said
            ]
        )
    return feedback
