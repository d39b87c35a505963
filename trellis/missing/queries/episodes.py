"""One child's episodes, and what happened in each."""

from datetime import datetime

from django.db.models import QuerySet

from trellis.missing.models import (
    DeskOwner,
    EpisodeCorrection,
    EpisodeMove,
    Escalation,
    InterviewMove,
    MissingEpisode,
    RiskGrading,
)
from trellis.people.models import Person

MOST_OFFERED = 10

Step = EpisodeMove | InterviewMove | RiskGrading | DeskOwner | Escalation


def episodes_of(person: Person) -> QuerySet[MissingEpisode]:
    """Every episode of a child the asker may see, latest first, with its return interview."""
    return person.missing_episodes.counted().select_related("interview").order_by("-reported_at", "id")


def other_episodes(episode: MissingEpisode) -> QuerySet[MissingEpisode]:
    """The child's other episodes, the latest first, into which a report may be merged."""
    others = MissingEpisode.objects.counted().filter(person=episode.person_id).exclude(id=episode.id)
    return others.order_by("-reported_at", "id")[:MOST_OFFERED]


def reports_of(episode: MissingEpisode) -> list[MissingEpisode]:
    """The other reports of the same time, the earliest first."""
    return list(episode.merged_reports.order_by("reported_at", "id"))


def corrections_of(episode: MissingEpisode) -> list[EpisodeCorrection]:
    """What it said before, the latest change first."""
    return list(episode.corrections.select_related("corrected_by").order_by("-corrected_at", "id"))


def history_of(episode: MissingEpisode) -> list[Step]:
    """Every step of an episode and its return interview, first to last."""
    rows: list[Step] = []
    rows += episode.status_moves.select_related("moved_by")
    rows += episode.gradings.select_related("recorded_by")
    rows += episode.owners.select_related("owner", "given_by")
    rows += episode.escalations.all()
    rows += InterviewMove.objects.filter(interview__episode=episode).select_related("moved_by")
    return sorted(rows, key=lambda row: (when_of(row), row.recorded_at))


def when_of(row: Step) -> datetime:
    """When it happened; each kind of row has its own word for it."""
    match row:
        case RiskGrading():
            return row.graded_at
        case DeskOwner():
            return row.given_at
        case Escalation():
            return row.escalated_at
        case _:
            return row.moved_at
