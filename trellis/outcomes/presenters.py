"""Outcomes in words: what stands where, what was not yet asked, and the counts of the record."""

from collections.abc import Iterable, Mapping
from typing import Any

from trellis.core.presenters import day
from trellis.outcomes.areas import SETS, Area
from trellis.outcomes.counts import Counted, RecordCounts
from trellis.outcomes.models import OutcomeRecord, Point, Standing

NOT_ASKED = "Not yet asked"
NOT_OPEN = "Not open to you"
TONES = {
    Standing.ACHIEVED: "done",
    Standing.IMPROVED: "done",
    Standing.WORSE: "now",
}
Stands = Mapping[tuple[str, str], OutcomeRecord]


def cell(row: OutcomeRecord | None) -> dict[str, Any]:
    """How things stood, who says so and since when; an area nobody answered is not yet asked."""
    if row is None:
        return {"words": NOT_ASKED, "tone": "plain", "asked": False}
    return {
        "words": row.get_stands_display(),
        "tone": TONES.get(Standing(row.stands), "plain"),
        "asked": True,
        "who": row.get_who_says_display() if row.who_says else "",
        "evidence": row.evidence,
        "on": row.recorded_on,
        "by": row.recorded_by.name if row.recorded_by else "",
    }


def standing_rows(areas: Iterable[Area], standing: Stands, point: str) -> list[tuple[str, dict[str, Any]]]:
    return [(area.label, cell(standing.get((point, area.code)))) for area in areas]


def board(areas: Iterable[Area], standing: Stands, points: Iterable[Point]) -> list[dict[str, Any]]:
    """A row for each area, a cell for each point; ``sets``: which published figures it is read in."""
    points = list(points)
    return [
        {
            "label": area.label,
            "sets": " and ".join(SETS[name] for name in area.sets),
            "cells": [cell(standing.get((point, area.code))) for point in points],
        }
        for area in areas
    ]


def tallies(areas: Iterable[Area], standing: Stands, points: Iterable[Point]) -> list[str]:
    """``3 improved, 2 not known, 3 not yet asked``, for each point."""
    return [_tally([standing.get((point, area.code)) for area in areas]) for point in points]


def _tally(rows: list[OutcomeRecord | None]) -> str:
    said = [row.stands for row in rows if row]
    parts = [f"{said.count(status)} {status.label.lower()}" for status in Standing if status in said]
    left = rows.count(None)
    return ", ".join([*parts, *([f"{left} not yet asked"] if left else [])])


def before_in_words(row: OutcomeRecord | None, point: Point | None) -> str:
    """``At the start: the same, said by the young person on 3 March 2026``."""
    if row is None or point is None:
        return ""
    said = f", said by {row.get_who_says_display().lower()}" if row.who_says else ""
    return f"{point.label}: {row.get_stands_display().lower()}{said} on {day(row.recorded_on)}"


def period_heads(counts: RecordCounts) -> list[dict[str, Any]]:
    return [
        {
            "label": period.label,
            "days": period.days,
            "until": f"not yet 12 months: counted until {day(period.until)}" if period.until else "",
        }
        for period in counts.periods
    ]


def count_rows(counts: RecordCounts) -> list[tuple[str, list[dict[str, str]]]]:
    return [(line.label, [counted_in_words(one) for one in line.counted]) for line in counts.lines]


def counted_in_words(one: Counted) -> dict[str, str]:
    if one.number is None:
        return {"number": NOT_OPEN, "per": ""}
    return {"number": f"{one.number:,}", "per": f"{one.per_month} per 30 days" if one.per_month is not None else ""}
