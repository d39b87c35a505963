"""Reads of the log for those who may look into it. The caller checks that; the log itself opens only to a duty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q, QuerySet

from trellis.accounts.models import User
from trellis.audit_log.models import Action, AuditEvent
from trellis.core.clocks import start_of_day
from trellis.core.row_context import Duty, duty

OPENING = Q(action__in=(Action.READ, Action.EXPORT), object_id__isnull=False, actor__isnull=False)
"""What opens a record. A search or a list shows that somebody is known, and names no one object."""


@dataclass(frozen=True)
class Filter:
    """Which events: days of London, both included; everything left empty matches. ``left_out``: children whom whoever
    asks may not know of; an event about nobody else does not exist for them, but that they searched does."""

    from_day: date | None = None
    to_day: date | None = None
    actor: UUID | None = None
    agency: str = ""
    action: str = ""
    what: str = ""
    child: UUID | None = None
    left_out: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Place:
    """Where a page of events ended: the next page goes on with what is older."""

    at: datetime
    event: int


@dataclass(frozen=True)
class EventPage:
    events: list[AuditEvent]
    older: Place | None


def events(wanted: Filter, *, before: Place | None = None, size: int = 50) -> EventPage:
    """One page of events, newest first, in one query whatever the log's length; who did each is loaded with it."""
    found = matching(wanted).select_related("actor__agency").order_by("-at", "-id")
    if before:
        found = found.filter(Q(at__lt=before.at) | Q(at=before.at, id__lt=before.event), at__lte=before.at)
    with duty(Duty.AUDIT):
        rows = list(found[: size + 1])
    page = rows[:size]
    older = Place(page[-1].at, page[-1].id) if len(rows) > size else None
    return EventPage(page, older)


def matching(wanted: Filter) -> QuerySet[AuditEvent]:
    """The events asked for; to be read under Duty.AUDIT."""
    return AuditEvent.objects.filter(_asked(wanted))


def _asked(wanted: Filter) -> Q:
    asked: Mapping[str, Any] = {
        "at__gte": start_of_day(wanted.from_day) if wanted.from_day else None,
        "at__lt": start_of_day(wanted.to_day + timedelta(days=1)) if wanted.to_day else None,
        "actor": wanted.actor,
        "agency": wanted.agency,
        "action": wanted.action,
        "what": wanted.what,
        "children__contains": [wanted.child] if wanted.child else None,
    }
    known = Q(**{field: value for field, value in asked.items() if value})
    if wanted.child in wanted.left_out:
        return Q(pk__in=[])
    if wanted.left_out:
        only_them = Q(children__contained_by=list(wanted.left_out))
        known &= Q(children=[]) | Q(action=Action.SEARCH) | ~only_them
    return known


@dataclass(frozen=True)
class Opening:
    """That somebody opened a child's record: from when to when, and in how many requests."""

    actor: User
    first_at: datetime
    last_at: datetime
    times: int


def opened_by(child: UUID) -> list[Opening]:
    """Who opened this child's record, the latest first: two queries, however often it was."""
    with duty(Duty.AUDIT):
        found = list(
            AuditEvent.objects.filter(OPENING, children__contains=[child])
            .order_by()
            .values_list("actor_id")
            .annotate(first_at=Min("at"), last_at=Max("at"), times=Count("request_id", distinct=True))
            .order_by("-last_at")
        )
        users = User.objects.select_related("agency").in_bulk([actor for actor, *_ in found])
    return [Opening(users[actor], first, last, times) for actor, first, last, times in found]


def latest_openings(child: UUID, size: int = 50) -> list[AuditEvent]:
    """The last readings and exports of this child's record, newest first, with who did each."""
    found = AuditEvent.objects.filter(OPENING, children__contains=[child]).select_related("actor__agency")
    with duty(Duty.AUDIT):
        return list(found.order_by("-at", "-id")[:size])
