"""Assessments beside each other in words and lines: a score never without its tool, version and day. Pure."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from trellis.assessments.instruments.comparing import (
    CHANGED,
    IMPROVED,
    NOT_KNOWN,
    SAME,
    WORSE,
    AreaChange,
    Comparison,
    compare,
    segments,
)
from trellis.assessments.presenters.assessment import completeness
from trellis.assessments.queries import Compared
from trellis.core.charts import Chart, Series, bars
from trellis.core.presenters import day, plural

WORDS = {IMPROVED: "Improved", SAME: "The same", WORSE: "Worse", NOT_KNOWN: "Not known", CHANGED: "Changed"}


def row_of_each(series: Sequence[Compared]) -> list[dict[str, Any]]:
    """One line for each assessment; ``breaks``: the tool or its version changed here."""
    made, before = [], ""
    for one in series:
        taken = one.taken
        made.append(
            {
                "assessment": one.assessment,
                "day": day(one.assessment.submitted_at),
                "tool": str(one.assessment.version),
                "score": score_of(one),
                "completeness": completeness(taken.result),
                "breaks": bool(before) and before != taken.version,
            }
        )
        before = taken.version
    return made


def score_of(one: Compared) -> str:
    found, definition = one.taken.result, one.taken.definition
    if not definition.is_scored:
        return "This tool does not add answers up"
    if found.total is None:
        return "Nothing was known that counts"
    return f"{found.total} of {found.maximum}"


def picture(series: Sequence[Compared]) -> Chart | None:
    """Bars by assessment, with a break where the tool or version changes; None where nothing is scored.

    Bars and not one line: two versions never share a trend.
    """
    if not any(one.taken.definition.is_scored for one in series):
        return None
    runs = segments([one.taken for one in series])
    names = [f"{place}. {day(one.assessment.submitted_at)}" for place, one in enumerate(series, 1)]
    values: list[float | None] = [None] * len(series)
    for run in runs:
        for place, total in run.points:
            values[place] = total
    changes = {names[run.points[0][0]]: f"{series[run.points[0][0]].assessment.version} from here" for run in runs[1:]}
    first = series[0].assessment.version
    return bars(
        "What the tools' own rules add up to",
        names,
        Series("Total", values),
        heading="Assessment",
        source=f"{first}, first. Totals compare only between two breaks",
        base="Not shown: too little was known, or the tool does not add answers up",
        breaks=changes,
    )


def pairs(series: Sequence[Compared], areas: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each assessment against the one before it, the latest first."""
    return [pair(before, after, areas) for before, after in reversed(list(pairwise(series)))]


def pair(before: Compared, after: Compared, areas: Mapping[str, str]) -> dict[str, Any]:
    found = compare(before.taken, after.taken, areas)
    return {
        "before": before.assessment,
        "after": after.assessment,
        "heading": f"{day(before.assessment.submitted_at)} and {day(after.assessment.submitted_at)}",
        "same_version": found.same_version,
        "score": score_change(found, after),
        "no_score_because": found.no_score_because,
        "domains": found.domains,
        "areas": [area_row(area, areas) for area in found.areas],
    }


def score_change(found: Comparison, after: Compared) -> str:
    if found.score is None:
        return ""
    score, by = found.score, found.score.difference
    moved = "the same" if by == 0 else f"{abs(by)} {'more' if by > 0 else 'less'}"
    return f"{score.before} then, {score.after} now, of {score.maximum} ({moved}), with {after.assessment.version}"


def area_row(area: AreaChange, areas: Mapping[str, str]) -> dict[str, Any]:
    counts = [
        (WORDS[change], sum(moved.change == change for moved in area.evidence))
        for change in (IMPROVED, SAME, WORSE, CHANGED, NOT_KNOWN)
    ]
    told = ", ".join(f"{plural(number, 'answer')} {words.lower()}" for words, number in counts if number)
    return {"area": areas.get(area.area, area.area), "change": WORDS[area.change], "answers": told}
