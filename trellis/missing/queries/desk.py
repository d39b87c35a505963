"""Who is missing, and who is back and waiting."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.cases.child_pages import Tag
from trellis.core.row_context import Duty, duty
from trellis.missing.access import episodes_visible_to
from trellis.missing.models import MissingEpisode
from trellis.people.models import Person


def missing_now(user: User) -> QuerySet[MissingEpisode]:
    """Children who are out there now, longest first, as far as the user may see them."""
    episodes = episodes_visible_to(user).missing_now().select_related("person")
    return episodes.order_by("reported_at", "id") if user.may(Permission.MISSING_DESK_READ) else episodes.none()


def reported_with(key: UUID, user: User) -> MissingEpisode | None:
    """The episode that this user's form with this key recorded already."""
    with duty(Duty.INTAKE):
        return MissingEpisode.objects.filter(id=key, recorded_by=user).first()


def back_and_waiting(user: User) -> QuerySet[MissingEpisode]:
    """Children who are back and whose return interview is not held, the earliest limit first."""
    episodes = episodes_visible_to(user).back_and_waiting().select_related("person", "interview")
    return episodes.order_by("interview__due_at", "id") if user.may(Permission.MISSING_DESK_READ) else episodes.none()


def missing_tag(user: User, person: Person) -> list[Tag]:
    """The tag of a child who is missing now, for whom that part of the record opens to."""
    now_missing = episodes_visible_to(user).filter(person=person).missing_now()
    return [("Missing now", "danger")] if now_missing.exists() else []


def missing_among(people: Collection[UUID]) -> set[UUID]:
    """Those of ``people`` who are missing now."""
    return set(MissingEpisode.objects.missing_now().filter(person__in=people).values_list("person", flat=True))
