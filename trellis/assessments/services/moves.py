"""An assessment moves from one status to the next: the row, why, and its mark in the log."""

import uuid
from datetime import datetime

from trellis.accounts.models import User
from trellis.assessments.lifecycle import ASSESSMENT
from trellis.assessments.models import Assessment, AssessmentMove
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.models import Significance
from trellis.cases.services import add_chronology_entry


def locked(assessment_id: uuid.UUID) -> Assessment:
    """The assessment as it stands now, held until the transaction ends: of two at once, the second sees the first."""
    rows = Assessment.objects.select_for_update(of=("self",))
    return rows.select_related("version__instrument", "person").get(id=assessment_id)


def move(assessment: Assessment, new: str, *, at: datetime, by: User, why: str = "") -> None:
    """Raises MoveNotAllowed. The assessment itself is saved by whoever moves it."""
    ASSESSMENT.check_move(assessment.status, new)
    AssessmentMove.objects.create(
        assessment=assessment, old=assessment.status, new=new, moved_at=at, moved_by=by, why=why
    )
    assessment.status = new
    written(assessment)


def hand(assessment: Assessment, to: User, *, at: datetime, by: User, why: str) -> None:
    """The status stays; whose it was until now is kept as a move."""
    words = f"From {assessment.worker.name} to {to.name}. {why}"
    status = assessment.status
    AssessmentMove.objects.create(assessment=assessment, old=status, new=status, moved_at=at, moved_by=by, why=words)
    assessment.worker = to
    written(assessment)


def written(assessment: Assessment) -> None:
    note(Action.WRITE, "assessment", object_id=assessment.id, children=[assessment.person_id])


def tell_chronology(assessment: Assessment, kind: str, title: str, *, at: datetime, by: User) -> None:
    """The tool is named; nothing of what was understood stands in the chronology."""
    add_chronology_entry(
        person=assessment.person,
        happened_at=at,
        kind=kind,
        title=title,
        body=str(assessment.version),
        significance=Significance.NOTABLE,
        subject=assessment.id,
        by=by,
    )
