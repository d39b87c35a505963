"""Giving and ending sight of a child."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Case, Value, When

from trellis.accounts.access import check_may
from trellis.accounts.models import Agency, Team, User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note, note_written
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now, today
from trellis.core.protection import Part
from trellis.core.reference_data import limit
from trellis.need_to_know.models import Grant
from trellis.people.models import Person

HUB = "hub"
MANAGEMENT = "management"


def grant_sight(
    *,
    person: Person,
    reason: str,
    by: User | None,
    team: str = "",
    user: User | None = None,
    agency: Agency | None = None,
    parts: Sequence[Part] = (),
    source: uuid.UUID | None = None,
    ends_at: datetime | None = None,
) -> Grant:
    """Let a team (by code), a user or an agency see this child, or ``parts`` of the record, from now on or until
    ``ends_at`` (aware); the same grant is not given twice."""
    held, _ = Grant.objects.giving_sight().get_or_create(
        person=person,
        team=Team.objects.get(code=team) if team else None,
        user=user,
        agency=agency,
        parts=sorted(parts),
        source=source,
        ends_at=ends_at,
        defaults={"reason": reason, "starts_at": now(), "recorded_by": by},
    )
    note(Action.WRITE, "grant", object_id=held.id, children=[person.id])
    return held


def grant_sight_of_many(
    *, sources: Iterable[tuple[uuid.UUID, uuid.UUID]], teams: Sequence[str], reason: str, by: User | None
) -> None:
    """Let teams (by code) see children from now on. ``sources`` are pairs of person id and the id of a row made
    just now, because of which they are seen: nothing was granted because of it before."""
    seeing, moment = [Team.objects.get(code=team) for team in teams], now()
    grants = [
        Grant(person_id=person, team=team, source=source, reason=reason, starts_at=moment, recorded_by=by)
        for person, source in sources
        for team in seeing
    ]
    insert_rows(grants)
    note_written("grant", grants)


def end_sight(*, source: uuid.UUID) -> None:
    """End what was granted because of ``source``. Managers answer for what is over, too: theirs ends later, after the
    days of the limit ``sight.managers``."""
    moment = now()
    later = moment + timedelta(days=limit("sight.managers", today()))
    ending = Grant.objects.in_force(moment).filter(source=source)
    for grant in ending:
        note(Action.WRITE, "grant", object_id=grant.id, children=[grant.person_id])
    # In one statement: whoever ends it may not see the rest of the grants once their own is gone.
    managers = When(team=Team.objects.filter(code=MANAGEMENT).values("id")[:1], then=Value(later))
    ending.update(ends_at=Case(managers, default=Value(moment)))


def end_grant(*, grant: Grant, why: str, by: User) -> None:
    """End one grant now, because a review found it not needed. ``why`` stands in the log and names nobody.

    Raises Refused without ACCESS_REVIEW and CASE_ALLOCATE.
    """
    check_may(by, Permission.ACCESS_REVIEW)
    check_may(by, Permission.CASE_ALLOCATE)
    moment = now()
    note(Action.WRITE, "grant", object_id=grant.id, children=[grant.person_id], why=why)
    Grant.objects.in_force(moment).filter(id=grant.id).update(ends_at=moment)
