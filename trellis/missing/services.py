"""Reports, returns and return interviews, with the clock that starts when a child comes back.

Each is one transaction: the change, its status row, its chronology entry, sight of the child, its audit event.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import Agency, User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.models import Significance
from trellis.cases.services import HUB, add_chronology_entry, end_sight, grant_sight
from trellis.core.clocks import after_hours, london_date, now
from trellis.core.reference_data import limit
from trellis.missing.lifecycle import (
    ACCEPTED,
    AWAITING_OFFER,
    COMPLETED,
    DECLINED,
    EPISODE,
    INTERVIEW,
    MISSING,
    OFFERED,
    RETURNED,
)
from trellis.missing.models import (
    EpisodeCorrection,
    EpisodeMove,
    InterviewMove,
    MissingEpisode,
    ReturnInterview,
    RiskGrading,
)
from trellis.people.models import Person

DESK = "missing"
POLICE = "police"


class ReasonNeeded(ValueError):
    """An interview held after its time limit needs the reason for the delay."""


@transaction.atomic
def report_missing(
    *,
    person: Person,
    kind: str,
    reported_at: datetime,
    by: User | None,
    last_seen_at: datetime | None = None,
    risk_grade: str = "",
    **details: Any,
) -> MissingEpisode:
    """Record that a child is missing (times aware). ``details`` are further fields of MissingEpisode.

    The desk and the hub see the child while they are missing. The database refuses an episode that
    overlaps another of the same child (IntegrityError).
    """
    episode = MissingEpisode.objects.create(
        person=person,
        kind=kind,
        reported_at=reported_at,
        last_seen_at=last_seen_at,
        risk_grade=risk_grade,
        recorded_by=by,
        **details,
    )
    EpisodeMove.objects.create(episode=episode, new=MISSING, moved_at=reported_at, moved_by=by)
    if risk_grade:
        _grade(episode, by)
    add_chronology_entry(
        person=person,
        happened_at=reported_at,
        kind="missing.reported",
        title=episode.get_kind_display(),
        significance=Significance.NOTABLE,
        agency=Agency.objects.get(code=POLICE),
        by=by,
        subject=episode.id,
    )
    for team in (DESK, HUB):
        grant_sight(person=person, team=team, reason="Missing", by=by, source=episode.id)
    note(Action.WRITE, "missing episode", object_id=episode.id, children=[person.id])
    return episode


def _grade(episode: MissingEpisode, by: User | None) -> None:
    RiskGrading.objects.create(
        episode=episode,
        grade=episode.risk_grade,
        graded_at=episode.reported_at,
        graded_by=episode.officer,
        recorded_by=by,
    )


@transaction.atomic
def record_return(*, episode: MissingEpisode, returned_at: datetime, by: User | None, **found: Any) -> ReturnInterview:
    """Record that the child is back (``returned_at`` aware); ``found`` are found_at, found_where, found_with.

    Starts the clock of the return interview: the limit ``missing.return_interview`` in elapsed hours.
    Raises MoveNotAllowed when the child is back already.
    """
    EPISODE.check_move(episode.status, RETURNED)
    for field, value in {**found, "status": RETURNED, "returned_at": returned_at}.items():
        setattr(episode, field, value)
    episode.save()
    EpisodeMove.objects.create(episode=episode, old=MISSING, new=RETURNED, moved_at=returned_at, moved_by=by)
    interview = ReturnInterview.objects.create(episode=episode, due_at=interview_due_at(returned_at))
    InterviewMove.objects.create(interview=interview, new=AWAITING_OFFER, moved_at=returned_at, moved_by=by)
    add_chronology_entry(
        person=episode.person,
        happened_at=returned_at,
        kind="missing.returned",
        title="Returned",
        body=episode.found_where,
        agency=Agency.objects.get(code=POLICE),
        by=by,
        subject=episode.id,
    )
    note(Action.WRITE, "missing episode", object_id=episode.id, children=[episode.person_id])
    return interview


def interview_due_at(returned_at: datetime) -> datetime:
    """The moment by which the interview is held: elapsed hours after the return, across clock changes too."""
    return after_hours(returned_at, limit("missing.return_interview", london_date(returned_at)))


def _move_interview(interview: ReturnInterview, new: str, at: datetime, by: User | None, why: str = "") -> None:
    INTERVIEW.check_move(interview.status, new)
    InterviewMove.objects.create(interview=interview, old=interview.status, new=new, moved_at=at, moved_by=by, why=why)
    interview.status = new
    note(Action.WRITE, "return interview", object_id=interview.id, children=[interview.episode.person_id])


@transaction.atomic
def offer_interview(*, interview: ReturnInterview, by: User, offered_at: datetime | None = None) -> ReturnInterview:
    """Offer the interview. Raises Refused without INTERVIEW_RECORD, MoveNotAllowed."""
    check_may(by, Permission.INTERVIEW_RECORD)
    moment = offered_at or now()
    _move_interview(interview, OFFERED, moment, by)
    interview.offered_at, interview.offered_by = moment, by
    interview.save()
    return interview


@transaction.atomic
def record_answer(*, interview: ReturnInterview, accepted: bool, by: User, reason: str = "") -> ReturnInterview:
    """The young person's answer; declining carries a reason code and ends the desk's sight of them."""
    check_may(by, Permission.INTERVIEW_RECORD)
    moment = now()
    _move_interview(interview, ACCEPTED if accepted else DECLINED, moment, by, reason)
    if not accepted:
        interview.declined_at, interview.decline_reason = moment, reason
        end_sight(source=interview.episode_id)
    interview.save()
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


@transaction.atomic
def correct_episode(*, episode: MissingEpisode, changes: dict[str, Any], why: str, by: User | None) -> MissingEpisode:
    """Change fields of an episode and keep what they said before. A new grade joins the grade history."""
    old = {field: getattr(episode, field) for field in changes}
    EpisodeCorrection.objects.create(
        episode=episode,
        old_values={f: v.isoformat() if isinstance(v, datetime) else v for f, v in old.items()},
        corrected_at=now(),
        corrected_by=by,
        why=why,
    )
    returned_at = changes.pop("returned_at", episode.returned_at)
    for field, value in changes.items():
        setattr(episode, field, value)
    if episode.status == MISSING and returned_at:
        record_return(episode=episode, returned_at=returned_at, by=by)
    elif returned_at != episode.returned_at and returned_at:
        episode.returned_at = returned_at
        episode.interview.due_at = interview_due_at(returned_at)
        episode.interview.save(update_fields=["due_at"])
    episode.save()
    if "risk_grade" in changes:
        _grade(episode, by)
    add_chronology_entry(
        person=episode.person,
        happened_at=episode.reported_at,
        kind="missing.reported",
        title="Missing report corrected",
        agency=Agency.objects.get(code=POLICE),
        by=by,
        subject=episode.id,
    )
    note(Action.WRITE, "episode correction", object_id=episode.id, children=[episode.person_id])
    return episode
