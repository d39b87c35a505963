"""The peer audit in words, figures and one small chart. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from trellis.core.charts import Chart, Series, bars
from trellis.core.presenters import day, moment, plural
from trellis.core.tables import Column, Table
from trellis.missing.models import AuditAction, InterviewAudit, ReturnInterview

GOOD = ("strong", "good_enough")
OVERALL = "overall"
SOURCE = "Peer audit by the shared form; interviews you may see"


def ratings_table(read: Sequence[InterviewAudit], criteria: Mapping[str, str], ratings: Mapping[str, str]) -> Table:
    """By criterion, how many interviews have each rating."""
    columns = [Column("What peers look for"), *(Column(label, numeric=True) for label in ratings.values())]
    rows = [[label, *_counts(read, code, ratings)] for code, label in criteria.items()]
    return Table("Ratings by what peers look for", columns, rows, ["Overall", *_counts(read, OVERALL, ratings)])


def _counts(read: Iterable[InterviewAudit], code: str, ratings: Mapping[str, str]) -> list[int]:
    counted = Counter(one.overall if code == OVERALL else one.ratings.get(code) for one in read)
    return [counted[rating] for rating in ratings]


def good_chart(read: Sequence[InterviewAudit], criteria: Mapping[str, str]) -> Chart | None:
    """How many were strong or good enough by each criterion; nothing to draw before one was read."""
    if not read:
        return None
    good = [sum(one.ratings.get(code) in GOOD for one in read) for code in criteria]
    least = list(criteria.values())[good.index(min(good))]
    title = "All good enough or strong" if min(good) == len(read) else f"Least often good enough or strong: {least}"
    return bars(
        title,
        list(criteria.values()),
        Series("Good enough or strong", good),
        heading="What peers look for",
        source=SOURCE,
        base=f"{plural(len(read), 'interview')} read",
    )


def audit_rows(audits: Iterable[InterviewAudit], ratings: Mapping[str, str], own: object) -> list[dict[str, Any]]:
    """``own``: the id of the reader, who reads no interview they held."""
    return [
        {
            "audit": one,
            "person": one.interview.episode.person,
            "held": _held(one.interview),
            "is_own": one.interview.completed_by_id == own,
            "read": f"{day(one.read_at)}, {one.read_by.name}" if one.read_at and one.read_by else "",
            "overall": ratings.get(one.overall, one.overall),
            "done_well": one.done_well,
            "to_learn": one.to_learn,
        }
        for one in audits
    ]


def _held(interview: ReturnInterview) -> str:
    by = f", {interview.completed_by.name}" if interview.completed_by else ""
    return f"{moment(interview.completed_at)}{by}"


def rating_rows(
    audit: InterviewAudit, criteria: Mapping[str, str], ratings: Mapping[str, str]
) -> list[tuple[str, str]]:
    """What a peer found."""
    rated = {**{code: audit.ratings.get(code, "") for code in criteria}, OVERALL: audit.overall}
    words = {**criteria, OVERALL: "Overall"}
    rows = [(words[code], ratings.get(rating, rating)) for code, rating in rated.items()]
    return [*rows, ("Done well", audit.done_well), ("To learn from it", audit.to_learn)]


def action_rows(actions: Iterable[AuditAction], today: date) -> list[dict[str, Any]]:
    return [{"action": one, "late": one.done_on is None and one.due_on < today} for one in actions]
