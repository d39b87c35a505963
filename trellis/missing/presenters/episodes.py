"""An episode in words. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from trellis.core.clocks import hours_between
from trellis.core.presenters import duration
from trellis.core.presenters import moment as when
from trellis.missing.lifecycle import EPISODE, INTERVIEW
from trellis.missing.models import EpisodeMove, InterviewMove, MissingEpisode, RiskGrading
from trellis.missing.presenters.interviews import Rows, interview_in_words

NOT_GRADED = "Not graded yet"


def grade_in_words(episode: MissingEpisode, grades: Mapping[str, str]) -> str:
    return grades.get(episode.risk_grade, episode.risk_grade) or NOT_GRADED


def time_away(episode: MissingEpisode, moment: datetime) -> str:
    """From when they were last seen, or reported, to their return or to ``moment``."""
    return duration(hours_between(episode.last_seen_at or episode.reported_at, episode.returned_at or moment))


def facts(episode: MissingEpisode, grades: Mapping[str, str], moment: datetime) -> Rows:
    """What is known of an episode; what is not is said by the page."""
    return [
        ("Kind", episode.get_kind_display()),
        ("Last seen", when(episode.last_seen_at)),
        ("Reported", when(episode.reported_at)),
        ("Reported by", episode.reported_by),
        ("Risk", grade_in_words(episode, grades)),
        ("Away for", time_away(episode, moment)),
        ("Found", when(episode.found_at)),
        ("Found where", episode.found_where),
        ("Found with", episode.found_with),
        ("Came back", when(episode.returned_at) or "Still missing"),
        ("Police reference", episode.police_ref or ""),
    ]


def steps(
    episode: MissingEpisode, history: Iterable[EpisodeMove | InterviewMove | RiskGrading]
) -> list[dict[str, object]]:
    return [step(row) for row in history]


def step(row: EpisodeMove | InterviewMove | RiskGrading) -> dict[str, object]:
    if isinstance(row, RiskGrading):
        return {"at": row.graded_at, "what": f"Risk graded: {row.grade.replace('_', ' ')}", "by": row.graded_by}
    table = EPISODE if isinstance(row, EpisodeMove) else INTERVIEW
    subject = "" if isinstance(row, EpisodeMove) else "Return interview: "
    return {"at": row.moved_at, "what": f"{subject}{table.statuses[row.new]}", "by": row.moved_by}


def episode_rows(
    episodes: Iterable[MissingEpisode], grades: Mapping[str, str], moment: datetime
) -> list[dict[str, object]]:
    return [
        {
            "episode": episode,
            "away": time_away(episode, moment),
            "grade": grade_in_words(episode, grades),
            "interview": interview_in_words(episode),
        }
        for episode in episodes
    ]
