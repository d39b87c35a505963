"""Which missing episodes a user may see, and who may record them."""

import uuid
from typing import TypeVar

from trellis.accounts.access import Hidden, Refused, allowed, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.missing.models import (
    AuditAction,
    AuditRound,
    EpisodeQuerySet,
    InterviewAudit,
    Mention,
    MissingEpisode,
    ReturnInterview,
    SafetyAction,
)
from trellis.need_to_know.access import seen_by, visible_to


def episodes_visible_to(user: User) -> EpisodeQuerySet:
    return MissingEpisode.objects.filter(seen_by(user, MissingEpisode))


def see_episode(user: User, episode_id: uuid.UUID) -> MissingEpisode:
    """The episode, and a mark in the log. Raises Hidden."""
    found = episodes_visible_to(user).select_related("person", "interview", "owner").filter(id=episode_id).first()
    if found is None:
        raise Hidden("missing episode", episode_id)
    note(Action.READ, "missing episode", object_id=found.id, children=[found.person_id])
    return found


POLICE = "police"
Some = TypeVar("Some", Mention, SafetyAction)


def check_can_record_prevention(user: User) -> None:
    """Whether the user records the police's own interviews: one of the police, or whoever answers for the desk.
    Raises Refused."""
    check_may(user, Permission.PREVENTION_INTERVIEW_RECORD)
    if user.agency.code != POLICE and not user.may(Permission.MISSING_ESCALATED):
        raise Refused("Prevention interviews are the police's own: ask them to record it.", what="prevention interview")


def can_record_prevention(user: User) -> bool:
    return allowed(check_can_record_prevention, user)


def see_mention(user: User, mention_id: uuid.UUID) -> Mention:
    """What somebody mentioned, with its episode, and a mark in the log. Raises Hidden."""
    found = visible_to(user, Mention).select_related("interview__episode__person").filter(id=mention_id).first()
    return _noted(found, "mention", mention_id)


def see_safety_action(user: User, action_id: uuid.UUID) -> SafetyAction:
    """A safety action, with its episode, and a mark in the log. Raises Hidden."""
    found = visible_to(user, SafetyAction).select_related("interview__episode__person").filter(id=action_id).first()
    return _noted(found, "safety action", action_id)


def _noted(found: Some | None, what: str, row_id: uuid.UUID) -> Some:
    if found is None:
        raise Hidden(what, row_id)
    note(Action.READ, what, object_id=found.id, children=[found.interview.episode.person_id])
    return found


def check_can_audit(user: User, interview: ReturnInterview) -> None:
    """Raises Refused without INTERVIEW_AUDIT, and for whoever held the interview."""
    check_may(user, Permission.INTERVIEW_AUDIT)
    if interview.completed_by_id == user.id:
        reason = "Nobody audits an interview they held: leave it to a colleague."
        raise Refused(reason, "audit of interviews", interview.id)


def can_audit(user: User, interview: ReturnInterview) -> bool:
    return allowed(check_can_audit, user, interview)


def see_round(user: User, round_id: uuid.UUID) -> AuditRound:
    """A round, which tells of nobody. Raises Refused without INTERVIEW_AUDIT; Hidden."""
    check_may(user, Permission.INTERVIEW_AUDIT)
    found = AuditRound.objects.select_related("drawn_by").filter(id=round_id).first()
    if found is None:
        raise Hidden("audit of interviews", round_id)
    return found


def see_audit(user: User, round: AuditRound, audit_id: uuid.UUID) -> InterviewAudit:
    """One interview that was drawn, and a mark in the log. Raises Hidden for one of a child the user does not see."""
    related = ("interview__episode__person", "interview__completed_by", "read_by")
    found = visible_to(user, InterviewAudit).filter(round=round, id=audit_id).select_related(*related).first()
    if found is None:
        raise Hidden("audit of interviews", audit_id)
    note(Action.READ, "audit of interviews", object_id=found.id, children=[found.interview.episode.person_id])
    return found


def see_audit_action(round: AuditRound, action_id: uuid.UUID) -> AuditAction:
    """What a round led to. Raises Hidden."""
    found = round.actions.select_related("owner").filter(id=action_id).first()
    if found is None:
        raise Hidden("audit action", action_id)
    return found
