"""An episode in words. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from trellis.core.clocks import hours_between
from trellis.core.presenters import duration, plural
from trellis.core.presenters import moment as when
from trellis.missing.lifecycle import EPISODE, INTERVIEW
from trellis.missing.models import DeskOwner, EpisodeCorrection, EpisodeMove, Escalation, MissingEpisode, RiskGrading
from trellis.missing.presenters.interviews import Rows, interview_in_words
from trellis.missing.queries.episodes import Step

NOT_GRADED = "Not graded yet"

Lists = Mapping[str, Mapping[str, str]]


def grade_in_words(episode: MissingEpisode, grades: Mapping[str, str]) -> str:
    return grades.get(episode.risk_grade, episode.risk_grade) or NOT_GRADED


def time_away(episode: MissingEpisode, moment: datetime) -> str:
    """From when they were last seen, or reported, to their return or to ``moment``."""
    return duration(hours_between(episode.last_seen_at or episode.reported_at, episode.returned_at or moment))


def facts(episode: MissingEpisode, lists: Lists, moment: datetime) -> Rows:
    """What is known of an episode; what is not is said by the page."""
    rows: Rows = [
        ("Kind", episode.get_kind_display()),
        ("Last seen", when(episode.last_seen_at)),
        ("Last seen where", episode.last_seen_where),
        ("Wearing", episode.wearing),
        ("Reported", when(episode.reported_at)),
        ("Reported by", episode.reported_by),
        ("Risk", grade_in_words(episode, lists["missing_risk_grade"])),
        ("Looked after at the desk by", episode.owner.name if episode.owner else "Nobody yet"),
        ("Away for", time_away(episode, moment)),
        ("Found", when(episode.found_at)),
        ("Found where", episode.found_where),
        ("Found by", episode.get_found_by_display()),
        ("Found with", episode.found_with),
        ("Came back", when(episode.returned_at) or "Still missing"),
        ("Police reference", episode.police_ref or ""),
    ]
    return [*rows, *((label, told) for label, told in after(episode, lists) if told)]


def after(episode: MissingEpisode, lists: Lists) -> Rows:
    """What came to light, and who answers for them: shown once it is told."""
    reasons, harm, authorities = (lists[name] for name in ("missing_reason", "missing_harm", "authority"))
    responsible = authorities.get(episode.responsible_authority, episode.responsible_authority)
    return [
        ("What pushed or pulled them away", ", ".join(reasons.get(code, code) for code in episode.factors)),
        ("Harm", ", ".join(harm.get(code, code) for code in episode.harm)),
        ("More about it", episode.harm_told),
        ("Offences", episode.offences),
        ("Out of area", "They live or are placed outside our area" if episode.out_of_area else ""),
        ("Responsible authority", f"{responsible}, which placed them here" if responsible else ""),
    ]


def steps(history: Iterable[Step], grades: Mapping[str, str]) -> list[dict[str, object]]:
    return [step(row, grades) for row in history]


def step(row: Step, grades: Mapping[str, str]) -> dict[str, object]:
    match row:
        case RiskGrading():
            who = f"{row.graded_by} (police)" if row.by_police and row.graded_by else row.graded_by
            what = f"Risk graded: {grades.get(row.grade, row.grade).lower()}"
            return {"at": row.graded_at, "what": what, "by": who, "more": row.information}
        case DeskOwner():
            given = f", given by {row.given_by}" if row.given_by_id != row.owner_id else ""
            return {"at": row.given_at, "what": f"Taken by {row.owner}{given}", "by": "", "more": row.why}
        case Escalation():
            told = f"Nobody had taken it after {plural(row.waited_minutes, 'minute')}: "
            return {"at": row.escalated_at, "what": f"{told}{plural(row.told, 'person', 'people')} told", "by": ""}
    table = EPISODE if isinstance(row, EpisodeMove) else INTERVIEW
    subject = "" if isinstance(row, EpisodeMove) else "Return interview: "
    return {"at": row.moved_at, "what": f"{subject}{table.statuses[row.new]}", "by": row.moved_by, "more": ""}


def said_before(corrections: Iterable[EpisodeCorrection]) -> list[dict[str, object]]:
    """Each correction: when, by whom, why, and what was said before."""
    return [
        {
            "at": one.corrected_at,
            "by": one.corrected_by or "the police's file",
            "why": one.why,
            "before": [(FIELDS.get(name, name), old_in_words(name, value)) for name, value in one.old_values.items()],
        }
        for one in corrections
    ]


def old_in_words(name: str, value: object) -> str:
    """A value as it was kept: a moment as text, a list, a yes or no."""
    if name.endswith("_at") and isinstance(value, str):
        return when(datetime.fromisoformat(value))
    if isinstance(value, list):
        return ", ".join(one.replace("_", " ") for one in value) or "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ") if value else "nothing"


FIELDS = {
    "kind": "Kind",
    "police_ref": "Police reference",
    "last_seen_at": "Last seen",
    "last_seen_where": "Last seen where",
    "wearing": "Wearing",
    "reported_at": "Reported",
    "reported_by": "Reported by",
    "risk_grade": "Risk",
    "found_at": "Found",
    "found_where": "Found where",
    "found_with": "Found with",
    "found_by": "Found by",
    "returned_at": "Came back",
    "officer": "Graded by",
    "factors": "What pushed or pulled them away",
    "harm": "Harm",
    "harm_told": "More about it",
    "offences": "Offences",
    "out_of_area": "Out of area",
    "responsible_authority": "Responsible authority",
}


def report_rows(reports: Iterable[MissingEpisode]) -> list[dict[str, object]]:
    """The other reports of the same time, each with its own words."""
    return [
        {
            "episode": report,
            "last_seen": when(report.last_seen_at),
            "reported": when(report.reported_at),
            "by": report.reported_by,
            "police_ref": report.police_ref or "",
        }
        for report in reports
    ]


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
