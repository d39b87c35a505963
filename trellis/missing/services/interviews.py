"""Return interviews: offered, answered and held, each in one transaction with its status row and audit event."""

from datetime import datetime

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.models import Significance
from trellis.cases.services import add_chronology_entry
from trellis.core.clocks import now
from trellis.missing.lifecycle import ACCEPTED, COMPLETED, DECLINED, INTERVIEW, OFFERED
from trellis.missing.models import InterviewMove, ReturnInterview
from trellis.need_to_know.services import end_sight


class ReasonNeeded(ValueError):
    """An interview held after its time limit needs the reason for the delay."""


def _locked(interview: ReturnInterview) -> ReturnInterview:
    """The interview as it stands now, held until the transaction ends: of two at once, the second sees the first."""
    rows = ReturnInterview.objects.select_for_update(of=("self",)).select_related("episode__person")
    return rows.get(id=interview.id)


def _move_interview(interview: ReturnInterview, new: str, at: datetime, by: User | None, why: str = "") -> None:
    INTERVIEW.check_move(interview.status, new)
    InterviewMove.objects.create(interview=interview, old=interview.status, new=new, moved_at=at, moved_by=by, why=why)
    interview.status = new
    note(Action.WRITE, "return interview", object_id=interview.id, children=[interview.episode.person_id])


@transaction.atomic
def offer_interview(*, interview: ReturnInterview, by: User, offered_at: datetime | None = None) -> ReturnInterview:
    """Offer the interview. Raises Refused without INTERVIEW_RECORD, MoveNotAllowed."""
    check_may(by, Permission.INTERVIEW_RECORD)
    interview = _locked(interview)
    moment = offered_at or now()
    _move_interview(interview, OFFERED, moment, by)
    interview.offered_at, interview.offered_by = moment, by
    interview.save()
    return interview


@transaction.atomic
def record_answer(*, interview: ReturnInterview, accepted: bool, by: User, reason: str = "") -> ReturnInterview:
    """The young person's answer; declining carries a reason code and ends the desk's sight of them."""
    check_may(by, Permission.INTERVIEW_RECORD)
    interview = _locked(interview)
    moment = now()
    _move_interview(interview, ACCEPTED if accepted else DECLINED, moment, by, reason)
    if not accepted:
        interview.declined_at, interview.decline_reason = moment, reason
    interview.save()
    if not accepted:
        end_sight(source=interview.episode_id)
    return interview


@transaction.atomic
def hold_return_interview(
    *,
    interview: ReturnInterview,
    completed_at: datetime,
    by: User,
    account: str,
    reason: str,
    place: str = "",
    delay_reason: str = "",
) -> ReturnInterview:
    """Record an interview held (``completed_at`` aware), in the young person's own words.

    Raises ReasonNeeded when it is later than ``due_at`` and no delay reason is given; Refused; MoveNotAllowed.
    """
    check_may(by, Permission.INTERVIEW_RECORD)
    interview = _locked(interview)
    late = completed_at > interview.due_at
    if late and not delay_reason:
        raise ReasonNeeded("say why the interview was held after its time limit")
    _move_interview(interview, COMPLETED, completed_at, by)
    interview.completed_at, interview.completed_by = completed_at, by
    interview.account, interview.reason, interview.place = account, reason, place
    interview.delay_reason = delay_reason if late else ""
    interview.save()
    add_chronology_entry(
        person=interview.episode.person,
        happened_at=completed_at,
        kind="missing.interview",
        title="Return interview held",
        body=account,
        significance=Significance.NOTABLE,
        by=by,
        subject=interview.id,
    )
    end_sight(source=interview.episode_id)
    return interview
