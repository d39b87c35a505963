"""The audit of return interviews by peers: a round is drawn, each interview is read by somebody who did not hold it,
and what is learnt becomes an action."""

import random
import uuid
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from trellis.accounts.access import Refused, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now, today
from trellis.missing.access import check_can_audit
from trellis.missing.models import AuditAction, AuditRound, InterviewAudit, ReturnInterview
from trellis.missing.queries.quality import held_between

SEEDS = 1_000_000


class NothingToDraw(ValueError):
    """No interview that whoever draws may see was held in these days."""


class ReadAlready(ValueError):
    """Somebody else read this interview first. ``stands``: what they wrote."""

    def __init__(self, stands: InterviewAudit) -> None:
        super().__init__("somebody else read this interview first")
        self.stands = stands


def drawn(pool: list[ReturnInterview], size: int, seed: int) -> list[ReturnInterview]:
    """``size`` of them, or all when there are fewer; the same ``pool``, in its order, and ``seed`` give the same."""
    return random.Random(seed).sample(pool, min(size, len(pool)))  # noqa: S311 a sample, and no secret


@transaction.atomic
def draw_round(
    *, starts_on: date, ends_on: date, size: int, seed: int | None, by: User, key: uuid.UUID | None = None
) -> AuditRound:
    """Draw ``size`` of the interviews held on these days (both counted) among those ``by`` may see. One ``key`` draws
    once; without a ``seed`` chance finds one. Raises Refused without INTERVIEW_AUDIT, NothingToDraw.
    """
    check_may(by, Permission.INTERVIEW_AUDIT)
    pool = list(held_between(by, starts_on, ends_on))
    if not pool:
        raise NothingToDraw("No return interview that you may see was held on these days. Choose other days")
    seed = random.SystemRandom().randrange(SEEDS) if seed is None else seed
    chosen = drawn(pool, size, seed)
    made = AuditRound(
        starts_on=starts_on,
        ends_on=ends_on,
        held=len(pool),
        size=len(chosen),
        seed=seed,
        drawn_at=now(),
        drawn_by=by,
        form_key=key,
    )
    try:
        with attempt():
            insert_rows([made])
            insert_rows(InterviewAudit(round=made, interview=interview) for interview in chosen)
            people = [interview.episode.person_id for interview in chosen]
            note(Action.WRITE, "audit of interviews", object_id=made.id, children=people)
    except IntegrityError:
        already = AuditRound.objects.filter(form_key=key, drawn_by=by).first() if key else None
        if already is None:
            raise
        return already
    return made


@transaction.atomic
def read_interview(
    *, audit: InterviewAudit, ratings: dict[str, str], overall: str, done_well: str, to_learn: str, by: User
) -> InterviewAudit:
    """Write down what a peer finds: by criterion (list interview_quality) a rating (list interview_rating). The same
    sent again changes nothing. Raises Refused, also for whoever held the interview; ReadAlready.
    """
    check_can_audit(by, audit.interview)
    said = {"ratings": ratings, "overall": overall, "done_well": done_well, "to_learn": to_learn}
    unread = InterviewAudit.objects.filter(id=audit.id, read_at=None)
    written = unread.update(**said, read_at=now(), read_by=by)
    audit.refresh_from_db()
    if written:
        note(Action.WRITE, "audit of interviews", object_id=audit.id, children=[audit.interview.episode.person_id])
    elif audit.read_by_id != by.id or any(getattr(audit, name) != value for name, value in said.items()):
        raise ReadAlready(audit)
    return audit


@transaction.atomic
def agree_audit_action(
    *, round: AuditRound, theme: str, what: str, owner: User, due_on: date, by: User, key: uuid.UUID | None = None
) -> AuditAction:
    """What a round led to: a theme, what is done about it, by whom, until when. One ``key`` makes one action. It names
    no young person. Raises Refused without INTERVIEW_AUDIT.
    """
    check_may(by, Permission.INTERVIEW_AUDIT)
    made = AuditAction(round=round, theme=theme, what=what, owner=owner, due_on=due_on, form_key=key)
    try:
        with attempt():
            insert_rows([made])
            note(Action.WRITE, "action of an audit", object_id=made.id)
    except IntegrityError:
        already = AuditAction.objects.filter(form_key=key, round=round).first() if key else None
        if already is None:
            raise
        return already
    return made


@transaction.atomic
def finish_audit_action(*, action: AuditAction, came_of_it: str, by: User) -> AuditAction:
    """It is done, today; one that is done stays as it is. Raises Refused for whoever neither audits nor does it."""
    if action.owner_id != by.id and not by.may(Permission.INTERVIEW_AUDIT):
        raise Refused("Whoever does it, or audits interviews, says what came of it.", "audit action", action.id)
    said: dict[str, Any] = {"done_on": today(), "came_of_it": came_of_it}
    if AuditAction.objects.filter(id=action.id, done_on=None).update(**said):
        note(Action.WRITE, "action of an audit", object_id=action.id)
    action.refresh_from_db()
    return action
