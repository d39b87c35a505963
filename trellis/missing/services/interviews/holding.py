"""Recording a return interview that was held."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.cases.models import Significance
from trellis.cases.services import add_chronology_entry
from trellis.missing.lifecycle import COMPLETED, COVERED
from trellis.missing.models import ReturnInterview
from trellis.missing.services.interviews.following import Agreed, Mentioned, write_actions, write_mentions
from trellis.missing.services.interviews.moves import all_locked, move_interview
from trellis.need_to_know.services import end_sight


class ReasonNeeded(ValueError):
    """An interview held after a time limit needs the reason for the delay."""


class NotTheirs(ValueError):
    """A conversation covers episodes of the same young person, who was back from each when it took place."""


@transaction.atomic
def hold_return_interview(
    *,
    interview: ReturnInterview,
    completed_at: datetime,
    by: User,
    account: str,
    reason: str,
    independence: str,
    place: str = "",
    present: str = "",
    other_reasons: Sequence[str] = (),
    carer_view: str = "",
    delay_reason: str = "",
    delay_told: str = "",
    police_told_at: datetime | None = None,
    worker_told_at: datetime | None = None,
    covers: Sequence[UUID] = (),
    mentions: Sequence[Mentioned] = (),
    actions: Sequence[Agreed] = (),
) -> ReturnInterview:
    """Record an interview held (``completed_at`` aware), in the young person's own words.

    ``covers``: other waiting interviews of theirs that the same conversation answers. Each keeps its own clock and,
    when the conversation came after it ran out, the reason. Raises ReasonNeeded when any of them is late and no delay
    reason is given; NotTheirs; Refused; MoveNotAllowed.
    """
    check_may(by, Permission.INTERVIEW_RECORD)
    rows = all_locked({interview.id, *covers})
    interview = rows.pop(interview.id)
    _check_covered(interview, rows, covers, completed_at)
    together = [interview, *rows.values()]
    if not delay_reason and any(completed_at > row.due_at for row in together):
        raise ReasonNeeded("say why the interview was held after its time limit")
    for row in together:
        move_interview(row, COVERED if row.id in rows else COMPLETED, completed_at, by)
        late = completed_at > row.due_at
        row.delay_reason, row.delay_told = (delay_reason, delay_told) if late else ("", "")
    interview.completed_at, interview.completed_by = completed_at, by
    interview.account, interview.reason, interview.place = account, reason, place
    interview.independence, interview.present = independence, present
    interview.other_reasons = [code for code in other_reasons if code != reason]
    interview.carer_view = carer_view or interview.carer_view
    interview.police_told_at, interview.worker_told_at = police_told_at, worker_told_at
    interview.save()
    for row in rows.values():
        row.covered_by = interview
        row.save()
    write_mentions(interview, mentions, by)
    write_actions(interview, actions, by)
    _tell_chronology(interview, completed_at, by)
    for row in together:
        end_sight(source=row.episode_id)
    return interview


def _check_covered(
    interview: ReturnInterview, rows: dict[UUID, ReturnInterview], covers: Sequence[UUID], at: datetime
) -> None:
    person = interview.episode.person_id
    for id in covers:
        episode = rows[id].episode if id in rows else None
        if episode is None or episode.person_id != person or not episode.returned_at or episode.returned_at > at:
            raise NotTheirs("choose only times they were back from when you spoke")


def _tell_chronology(interview: ReturnInterview, at: datetime, by: User) -> None:
    add_chronology_entry(
        person=interview.episode.person,
        happened_at=at,
        kind="missing.interview",
        title="Return interview held",
        body=interview.account,
        significance=Significance.NOTABLE,
        by=by,
        subject=interview.id,
    )
