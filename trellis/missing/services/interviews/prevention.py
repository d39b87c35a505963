"""The police's own conversation on return. It moves no return interview and stops no clock."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.lifecycle import MoveNotAllowed
from trellis.missing.access import check_can_record_prevention
from trellis.missing.models import MissingEpisode, PreventionInterview


@transaction.atomic
def record_prevention_interview(
    *, episode: MissingEpisode, held_at: datetime, officer: str, by: User, form_key: UUID, **told: str
) -> PreventionInterview:
    """Record it (``held_at`` aware). ``told`` are safe_now, harm_told, offences, information. One form makes one.

    Raises Refused unless the user is of the police or answers for the desk; MoveNotAllowed before the child is back.
    """
    check_can_record_prevention(by)
    episode = MissingEpisode.objects.select_for_update(of=("self",)).get(id=episode.id)
    already = PreventionInterview.objects.filter(form_key=form_key, episode=episode).first()
    if already:
        return already
    if episode.returned_at is None:
        raise MoveNotAllowed("they are not recorded as back yet")
    note(Action.WRITE, "prevention interview", object_id=episode.id, children=[episode.person_id])
    return PreventionInterview.objects.create(
        episode=episode, held_at=held_at, officer=officer, form_key=form_key, recorded_by=by, **told
    )
