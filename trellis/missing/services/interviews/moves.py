"""How a return interview is held still and moved."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.missing.lifecycle import INTERVIEW
from trellis.missing.models import InterviewMove, ReturnInterview


def locked(interview: ReturnInterview) -> ReturnInterview:
    """The interview as it stands now, held until the transaction ends: of two at once, the second sees the first."""
    return all_locked([interview.id])[interview.id]


def all_locked(ids: Collection[UUID]) -> dict[UUID, ReturnInterview]:
    """Several, always in the same order, so that no two transactions wait for each other."""
    rows = ReturnInterview.objects.select_for_update(of=("self",)).select_related("episode__person")
    return {row.id: row for row in rows.filter(id__in=ids).order_by("id")}


def move_interview(interview: ReturnInterview, new: str, at: datetime, by: User | None, why: str = "") -> None:
    INTERVIEW.check_move(interview.status, new)
    InterviewMove.objects.create(interview=interview, old=interview.status, new=new, moved_at=at, moved_by=by, why=why)
    interview.status = new
    note_interview(interview)


def note_interview(interview: ReturnInterview) -> None:
    note(Action.WRITE, "return interview", object_id=interview.id, children=[interview.episode.person_id])
