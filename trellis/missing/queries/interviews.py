"""What return interviews say, and what follows from them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from trellis.accounts.models import User
from trellis.core.models import Code
from trellis.core.reference_data import labels
from trellis.missing.access import can_record_prevention
from trellis.missing.lifecycle import INTERVIEW_WAITING, NOT_OFFERED
from trellis.missing.models import (
    InterviewAttempt,
    InterviewMove,
    Mention,
    MissingEpisode,
    PreventionInterview,
    ReturnInterview,
    SafetyAction,
)
from trellis.need_to_know.access import visible_to

NOT_INDEPENDENT = "not_independent"


def all_reasons() -> dict[str, str]:
    """Code to words of every reason an interview carries: main, delay, decline."""
    lists = ("missing_reason", "interview_delay_reason", "interview_decline_reason")
    return {code: label for code_list in lists for code, label in labels(code_list).items()}


def independences() -> dict[str, tuple[str, bool]]:
    """Code to words of who the interviewer is to the child, and whether that counts as independent."""
    rows = Code.objects.filter(list="interview_independence").order_by("position", "valid_from")
    return {
        code: (label, group != NOT_INDEPENDENT) for code, label, group in rows.values_list("code", "label", "group")
    }


@dataclass(frozen=True)
class Around:
    """What stands around an episode's return interview. ``main``: the interview whose conversation answers this
    episode, its own or another's. ``covers``: other times that its own conversation answered."""

    main: ReturnInterview | None
    covered: bool
    not_offered: InterviewMove | None
    covers: list[ReturnInterview]
    attempts: list[InterviewAttempt]
    mentions: list[Mention]
    actions: list[SafetyAction]
    prevention: list[PreventionInterview]
    may_record_prevention: bool


def around_interview(user: User, episode: MissingEpisode) -> Around:
    """Asked of an episode the user sees; every row of it follows the episode."""
    own = getattr(episode, "interview", None)
    everywhere = visible_to(user, ReturnInterview).select_related("episode", "completed_by")
    main = everywhere.filter(id=own.covered_by_id).first() if own and own.covered_by_id else own
    ours = {"interview": own}
    return Around(
        main=main,
        covered=main != own,
        not_offered=_not_offered(own) if own else None,
        covers=list(everywhere.filter(covered_by=own)) if own else [],
        attempts=list(InterviewAttempt.objects.filter(**ours).select_related("recorded_by")) if own else [],
        mentions=list(Mention.objects.filter(**ours).select_related("set_aside_by")) if own else [],
        actions=list(SafetyAction.objects.filter(**ours).order_by("due_on", "id")) if own else [],
        prevention=list(episode.prevention_interviews.all()),
        may_record_prevention=bool(episode.returned_at) and can_record_prevention(user),
    )


def _not_offered(interview: ReturnInterview) -> InterviewMove | None:
    """That it is not offered, and why, for as long as that stands."""
    if interview.status != NOT_OFFERED:
        return None
    return interview.status_moves.filter(new=NOT_OFFERED).select_related("moved_by").last()


def others_waiting(user: User, interview: ReturnInterview) -> list[ReturnInterview]:
    """Interviews of the same child, after other returns, that wait as well: one conversation may answer them all."""
    waiting = visible_to(user, ReturnInterview).filter(
        episode__person=interview.episode.person_id, status__in=INTERVIEW_WAITING
    )
    return list(waiting.exclude(id=interview.id).select_related("episode").order_by("episode__reported_at"))


def actions_open(user: User, people: Collection[UUID] | QuerySet[Any]) -> QuerySet[SafetyAction]:
    """What was agreed for these children and is not done, as far as the user sees, the soonest first."""
    rows = visible_to(user, SafetyAction).filter(done_on=None, interview__episode__person__in=people)
    return rows.select_related("interview__episode__person").order_by("due_on", "id")


def mentions_seen(user: User) -> QuerySet[Mention]:
    """What young people the user sees have mentioned and nobody set aside: information, not yet graded. A map draws on
    this, with ``kind`` and ``key``."""
    return visible_to(user, Mention).filter(set_aside_at=None)
