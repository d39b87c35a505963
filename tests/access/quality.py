"""The profile of each child of the matrix for when they are missing, and the peer audit of an interview with them. All
are of one round, so that how many rounds there are tells nothing."""

from collections.abc import Callable
from typing import Any

from trellis.accounts.models import User
from trellis.core.clocks import now, today
from trellis.missing.models import AuditAction, AuditRound, InterviewAudit, MissingProfile, ReturnInterview
from trellis.people.models import Person

Word = Callable[[str, str], str]


def the_round(by: User) -> AuditRound:
    """The one of every child."""
    return AuditRound.objects.first() or AuditRound.objects.create(
        starts_on=today(), ends_on=today(), held=9, size=9, seed=7, drawn_at=now(), drawn_by=by
    )


def the_action(by: User) -> dict[str, Any]:
    """What an address of the round's action names. It tells of no child."""
    made = AuditAction.objects.create(round=the_round(by), theme="Places", what="Ask", owner=by, due_on=today())
    return {"round_id": made.round_id, "action_id": made.id}


def write_profile(name: str, child: Person, by: User, word: Word) -> None:
    texts = {text: word(name, f"profile{text.replace('_', '')}") for text in MissingProfile.TEXTS}
    MissingProfile.objects.create(person=child, checked_on=today(), recorded_by=by, **texts)


def audit(name: str, interview: ReturnInterview, by: User, word: Word) -> dict[str, Any]:
    """What a peer found; and its address."""
    made = InterviewAudit.objects.create(
        round=the_round(by),
        interview=interview,
        overall="strong",
        done_well=word(name, "auditwell"),
        to_learn=word(name, "auditlearn"),
        read_at=now(),
        read_by=by,
    )
    return {"round_id": made.round_id, "audit_id": made.id}
