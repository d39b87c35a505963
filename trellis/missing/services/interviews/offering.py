"""Offering the interview: by whom and how, what was tried, and the answer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.core.clocks import now
from trellis.core.lifecycle import MoveNotAllowed
from trellis.missing.lifecycle import ACCEPTED, DECLINED, INTERVIEW, NOT_OFFERED, OFFERED
from trellis.missing.models import InterviewAttempt, ReturnInterview
from trellis.missing.services.interviews.moves import locked, move_interview, note_interview
from trellis.need_to_know.services import end_sight

ASKED = "Offered"


@transaction.atomic
def offer_interview(
    *, interview: ReturnInterview, by: User, offered_at: datetime | None = None, how: str = "", came_of_it: str = ""
) -> ReturnInterview:
    """Offer the interview. ``how`` (InterviewAttempt.How) keeps the offer among the attempts, too. Raises Refused
    without INTERVIEW_RECORD, MoveNotAllowed."""
    check_may(by, Permission.INTERVIEW_RECORD)
    interview = locked(interview)
    moment = offered_at or now()
    move_interview(interview, OFFERED, moment, by)
    interview.offered_at, interview.offered_by = moment, by
    interview.save()
    if how:
        InterviewAttempt.objects.create(
            interview=interview, attempted_at=moment, how=how, came_of_it=came_of_it or ASKED, recorded_by=by
        )
    return interview


@transaction.atomic
def record_attempt(
    *, interview: ReturnInterview, attempted_at: datetime, how: str, came_of_it: str, by: User, form_key: UUID
) -> InterviewAttempt:
    """An attempt to reach the young person (``attempted_at`` aware). It moves nothing. One form makes one attempt.

    Raises Refused without INTERVIEW_RECORD; MoveNotAllowed when the interview is over.
    """
    check_may(by, Permission.INTERVIEW_RECORD)
    interview = locked(interview)
    already = InterviewAttempt.objects.filter(form_key=form_key, interview=interview).first()
    if already:
        return already
    if not INTERVIEW.moves[interview.status]:
        raise MoveNotAllowed("the interview is over")
    note_interview(interview)
    return InterviewAttempt.objects.create(
        interview=interview,
        attempted_at=attempted_at,
        how=how,
        came_of_it=came_of_it,
        form_key=form_key,
        recorded_by=by,
    )


@transaction.atomic
def record_answer(
    *,
    interview: ReturnInterview,
    accepted: bool,
    by: User,
    reason: str = "",
    declined_by: str = "",
    carer_view: str = "",
) -> ReturnInterview:
    """The answer. Declining carries a reason code and who declined (DeclinedBy), may keep what the carer thinks, and
    ends the desk's sight of the young person. Raises Refused, MoveNotAllowed."""
    check_may(by, Permission.INTERVIEW_RECORD)
    interview = locked(interview)
    moment = now()
    move_interview(interview, ACCEPTED if accepted else DECLINED, moment, by, reason)
    interview.carer_view = carer_view or interview.carer_view
    if not accepted:
        interview.declined_at, interview.decline_reason, interview.declined_by = moment, reason, declined_by
    interview.save()
    if not accepted:
        end_sight(source=interview.episode_id)
    return interview


@transaction.atomic
def not_offer_interview(*, interview: ReturnInterview, why: str, by: User) -> ReturnInterview:
    """That it is not offered, and why: a decision that somebody answers for. It may be offered later all the same.

    Ends the desk's sight of the young person. Raises Refused without INTERVIEW_RECORD, MoveNotAllowed.
    """
    check_may(by, Permission.INTERVIEW_RECORD)
    interview = locked(interview)
    move_interview(interview, NOT_OFFERED, now(), by, why)
    interview.save()
    end_sight(source=interview.episode_id)
    return interview
