"""A new grade of the risk: by whom, when, and on what information. The police's own stays theirs."""

from datetime import datetime

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.lifecycle import MoveNotAllowed
from trellis.missing.lifecycle import MERGED
from trellis.missing.models import MissingEpisode, RiskGrading


@transaction.atomic
def grade_risk(
    *, episode: MissingEpisode, grade: str, graded_at: datetime, information: str, by: User, graded_by: str = ""
) -> RiskGrading:
    """Add a grade (``graded_at`` aware); the episode shows the latest. ``graded_by``: who gave it, if not the writer.

    Raises Refused without MISSING_RECORD; MoveNotAllowed for a report merged into another.
    """
    check_may(by, Permission.MISSING_RECORD)
    episode = MissingEpisode.objects.select_for_update().get(id=episode.id)
    if episode.status == MERGED:
        raise MoveNotAllowed("a report that was merged into another is graded there")
    given = RiskGrading.objects.create(
        episode=episode,
        grade=grade,
        graded_at=graded_at,
        graded_by=graded_by or by.name,
        information=information,
        recorded_by=by,
    )
    latest = RiskGrading.objects.filter(episode=episode).order_by("-graded_at", "-recorded_at").first()
    episode.risk_grade = latest.grade if latest else grade
    episode.save(update_fields=["risk_grade"])
    note(Action.WRITE, "risk grade", object_id=episode.id, children=[episode.person_id])
    return given
