"""One child's episodes, and what happened in each."""

from django.db.models import QuerySet

from trellis.missing.models import EpisodeMove, InterviewMove, MissingEpisode, RiskGrading
from trellis.people.models import Person


def episodes_of(person: Person) -> QuerySet[MissingEpisode]:
    """Every episode of a child the asker may see, latest first, with its return interview."""
    return person.missing_episodes.select_related("interview").order_by("-reported_at", "id")


def history_of(episode: MissingEpisode) -> list[EpisodeMove | InterviewMove | RiskGrading]:
    """Every step of an episode and its return interview, first to last."""
    rows: list[EpisodeMove | InterviewMove | RiskGrading] = []
    rows += episode.status_moves.select_related("moved_by")
    rows += episode.gradings.select_related("recorded_by")
    rows += InterviewMove.objects.filter(interview__episode=episode).select_related("moved_by")
    return sorted(
        rows, key=lambda row: (row.graded_at if isinstance(row, RiskGrading) else row.moved_at, row.recorded_at)
    )
