"""Answers are saved: each a row of its own, so that nothing that was said is lost."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from trellis.accounts.models import User
from trellis.assessments.access import check_can_assess, check_still_open
from trellis.assessments.instruments.scoring import check
from trellis.assessments.models import Answer, Assessment
from trellis.assessments.queries import definition_of, standing_answers
from trellis.assessments.services.moves import locked, written
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now

Key = tuple[str, str]


@dataclass(frozen=True)
class Given:
    """An answer as typed. ``after``: the revision it was typed over; 0 when there was none."""

    item: str
    value: str | int | None
    window: str = ""
    evidence: str = ""
    informant: str = Answer.Informant.PROFESSIONAL
    after: int = 0

    @property
    def key(self) -> Key:
        return (self.item, self.window)

    def says(self, answer: Answer | None) -> bool:
        """Whether the answer that stands says the same, so that there is nothing to save."""
        if answer is None:
            return self.value is None and not self.evidence
        return (self.value, self.evidence, self.informant) == (answer.value, answer.evidence, answer.informant)


class AnsweredMeanwhile(ValueError):
    """Somebody answered the same first. ``theirs``: (item, window) to the answer that stands."""

    def __init__(self, theirs: Mapping[Key, Answer]) -> None:
        super().__init__("Somebody else answered while you were writing. Both answers are below: nothing is lost")
        self.theirs = theirs


@transaction.atomic
def save_answers(*, assessment: Assessment, answers: Sequence[Given], by: User) -> list[Answer]:
    """Save what differs from the answers that stand; all of them or none. Gives the rows added.

    Raises AnsweredMeanwhile when one of them was typed over a revision that no longer stands and says something else;
    ValueError for an answer that does not fit the tool; Refused; MoveNotAllowed once the assessment was submitted.
    """
    check_can_assess(by, assessment.person_id)
    assessment = locked(assessment.id)
    check_still_open(assessment)
    check(definition_of(assessment), {given.key: given.value for given in answers})
    standing = standing_answers(assessment)
    changed = [given for given in answers if not given.says(standing.get(given.key))]
    rows = [_row(assessment.id, given, now(), by) for given in changed]
    late = [row.asked for row in rows if not row.follows(standing.get(row.asked))]
    if late:
        raise AnsweredMeanwhile({key: standing[key] for key in late if key in standing})
    insert_rows(rows)
    if rows:
        written(assessment)
    return rows


def _row(assessment: uuid.UUID, given: Given, moment: datetime, by: User) -> Answer:
    return Answer(
        assessment_id=assessment,
        item=given.item,
        window=given.window,
        revision=given.after + 1,
        value=given.value,
        evidence=given.evidence,
        agency=by.agency,
        informant=given.informant,
        answered_at=moment,
        answered_by=by,
    )
