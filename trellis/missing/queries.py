"""Reads for the desk and for a child's missing page."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.cases.child_pages import Tag
from trellis.core.reference_data import labels
from trellis.core.row_context import Duty, duty
from trellis.missing.access import episodes_visible_to
from trellis.missing.models import EpisodeMove, InterviewMove, MissingEpisode, RiskGrading
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


def episodes_of(person: Person) -> QuerySet[MissingEpisode]:
    """Every episode of a child the asker may see, latest first, with its return interview."""
    return person.missing_episodes.select_related("interview").order_by("-reported_at", "id")


def missing_tag(user: User, person: Person) -> list[Tag]:
    """The tag of a child who is missing now, for whom that part of the record opens to."""
    now_missing = episodes_visible_to(user).filter(person=person).missing_now()
    return [("Missing now", "danger")] if now_missing.exists() else []


def missing_among(people: Collection[UUID]) -> set[UUID]:
    """Those of ``people`` who are missing now."""
    return set(MissingEpisode.objects.missing_now().filter(person__in=people).values_list("person", flat=True))


def history_of(episode: MissingEpisode) -> list[EpisodeMove | InterviewMove | RiskGrading]:
    """Every step of an episode and its return interview, first to last."""
    rows: list[EpisodeMove | InterviewMove | RiskGrading] = []
    rows += episode.status_moves.select_related("moved_by")
    rows += episode.gradings.select_related("recorded_by")
    rows += InterviewMove.objects.filter(interview__episode=episode).select_related("moved_by")
    return sorted(
        rows, key=lambda row: (row.graded_at if isinstance(row, RiskGrading) else row.moved_at, row.recorded_at)
    )


def all_reasons() -> dict[str, str]:
    """Code to words of every reason an interview carries: main, delay, decline."""
    lists = ("missing_reason", "interview_delay_reason", "interview_decline_reason")
    return {code: label for code_list in lists for code, label in labels(code_list).items()}
