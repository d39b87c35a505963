"""Who is missing, and who is back and waiting."""

from collections.abc import Collection
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value

from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.cases.child_pages import Tag
from trellis.core.clocks import london_date
from trellis.core.protection import Part
from trellis.core.reference_data import limit
from trellis.core.row_context import Duty, duty
from trellis.missing.access import episodes_visible_to
from trellis.missing.models import Escalation, MissingEpisode
from trellis.need_to_know.seeing import who_see_and_may
from trellis.people.models import Person

CLOCKS_HOLD = 300


def missing_now(user: User) -> QuerySet[MissingEpisode]:
    """Children who are out there now, longest first, as far as the user may see them."""
    episodes = episodes_visible_to(user).missing_now().select_related("person", "owner").prefetch_related("escalations")
    return episodes.order_by("reported_at", "id") if user.may(Permission.MISSING_DESK_READ) else episodes.none()


def desk_version(user: User, moment: datetime) -> str:
    """A mark of what the desk shows this user: another as soon as a line says anything else, and every few minutes,
    for its clocks. One query, over what is open alone."""
    if not user.may(Permission.MISSING_DESK_READ):
        return ""
    shown = ("id", "status", "owner", "acknowledged_at", "risk_grade", "last_seen_at", "reported_at", "returned_at")
    seen = episodes_visible_to(user)
    out = seen.missing_now().annotate(told=_escalated()).values_list(*shown, "told", "kind", "reported_at")
    back = seen.back_and_waiting().annotate(told=Value(0))
    lines = list(out.union(back.values_list(*shown, "told", "interview__status", "interview__due_at"), all=True))
    return sha256(repr((sorted(map(repr, lines)), int(moment.timestamp() // CLOCKS_HOLD))).encode()).hexdigest()[:32]


def _escalated() -> Subquery:
    told = Escalation.objects.filter(episode=OuterRef("pk")).order_by().values("episode").annotate(n=Count("id"))
    return Subquery(told.values("n"))


def times_lately(people: Collection[UUID], moment: datetime) -> dict[UUID, int]:
    """Those missing repeatedly, by the limits of the day, and how many times they were within the days that count."""
    day = london_date(moment)
    since = moment - timedelta(days=limit("missing.repeat_days", day))
    counted = MissingEpisode.objects.counted().filter(person__in=people, reported_at__gt=since).order_by()
    often = counted.values_list("person").annotate(times=Count("id"))
    return dict(often.filter(times__gte=limit("missing.repeat_count", day)))


def may_look_after(episode: MissingEpisode) -> list[User]:
    """Who may be given an episode: those at the desk who see the young person's nights away, in order of name."""
    with duty(Duty.INTAKE):
        return list(who_see_and_may(episode.person_id, Permission.MISSING_RECORD, Part.MISSING, Part.RECORD))


def overlapping(person: Person, last_seen_at: datetime | None, reported_at: datetime) -> list[MissingEpisode]:
    """The child's episodes that a report of somebody still missing overlaps, whoever may see them."""
    with duty(Duty.INTAKE):
        ended = Q(returned_at=None) | Q(returned_at__gt=last_seen_at or reported_at)
        return list(MissingEpisode.objects.counted().filter(ended, person=person).order_by("reported_at"))


def reported_with(key: UUID, user: User) -> MissingEpisode | None:
    """The episode that this user's form with this key recorded already."""
    with duty(Duty.INTAKE):
        return MissingEpisode.objects.select_related("merged_into").filter(id=key, recorded_by=user).first()


def back_and_waiting(user: User) -> QuerySet[MissingEpisode]:
    """Children who are back and whose return interview is not held, the earliest limit first."""
    episodes = episodes_visible_to(user).back_and_waiting().select_related("person", "interview", "owner")
    return episodes.order_by("interview__due_at", "id") if user.may(Permission.MISSING_DESK_READ) else episodes.none()


def missing_tag(user: User, person: Person) -> list[Tag]:
    """The tag of a child who is missing now, for whom that part of the record opens to."""
    now_missing = episodes_visible_to(user).filter(person=person).missing_now()
    return [("Missing now", "danger")] if now_missing.exists() else []


def missing_among(people: Collection[UUID]) -> set[UUID]:
    """Those of ``people`` who are missing now."""
    return set(MissingEpisode.objects.missing_now().filter(person__in=people).values_list("person", flat=True))
