"""From missing episodes and periods of care to the rows of the Missing table. Pure: no database, days only.

The return counts looked-after children's periods by days; the police count reports of every child by times. What
becomes of each report is told (``Fate``), so that the two can be reconciled and neither is shown as the other.

Source of the rules: the return's validation rules, by number, as a published open program of councils checks them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from trellis.measures.periods import Period

DAY = timedelta(days=1)
MISSING, AWAY = "M", "A"


class Fate(StrEnum):
    """What became of one report: in the table, or left out and why. The order is the order they are asked in."""

    MERGED = "merged"
    OTHER_AUTHORITY = "other_authority"
    NOT_LOOKED_AFTER = "not_looked_after"
    INCOMPLETE = "incomplete"
    OTHER_YEAR = "other_year"
    JOINED = "joined"
    IN_TABLE = "in_table"


FATES = {
    Fate.IN_TABLE: "In the return's Missing table",
    Fate.JOINED: "One row with another report: the same child, kind and days",
    Fate.MERGED: "Merged into another report",
    Fate.OTHER_AUTHORITY: "Another authority answers for the child",
    Fate.NOT_LOOKED_AFTER: "Not looked after at the time",
    Fate.INCOMPLETE: "Looked after, and facts for the return are missing",
    Fate.OTHER_YEAR: "Its days belong in the return of another year",
}


@dataclass(frozen=True)
class Report:
    """A missing episode in London days. ``end``: found, or back at the placement when only away from it."""

    key: Any
    code: str
    start: date
    end: date | None
    merged: bool = False
    elsewhere: bool = False


@dataclass(frozen=True)
class Care:
    """A period of care, first day to the day it ended (not included), and the days on which a placement within it
    ended and another began."""

    start: date
    end: date | None
    turns: tuple[date, ...] = ()

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True)
class Row:
    """A row of the Missing table. ``goes_on``: it goes on from a row that ended with a placement."""

    report: Any
    code: str
    start: date
    end: date | None
    goes_on: bool = False

    @property
    def days(self) -> tuple[str, date, date | None]:
        return self.code, self.start, self.end


@dataclass(frozen=True)
class Outcome:
    """A child's year: rows in order, and for each report what became of it."""

    rows: tuple[Row, ...]
    fates: dict[Any, Fate]


def missing_rows(reports: Sequence[Report], care: Sequence[Care], year: Period) -> Outcome:
    """The rows of one child for a year (1 April to 31 March), and each report's fate. ``reports`` must not overlap.

    A row begins on the day the child left or was last seen, and not before care began (581); it ends on the day they
    were found or came back, and no later than the placement (575) or care (577, 578) did: what goes on in the next
    placement is a row of its own from the next day. It is left open when it ended after the year; one that ended
    before the year is not there (570, 571), and one open last year is there again (576). Rows may touch on a day and
    do not overlap (574); two that say the same are joined.
    """
    rows: list[Row] = []
    fates: dict[Any, Fate] = {}
    for report in sorted(reports, key=lambda report: (report.start, report.end or date.max)):
        pieces = [] if report.merged or report.elsewhere else _pieces(report, care)
        within = [found for piece in pieces if (found := _in_year(piece, year))]
        new = [row for row in within if row.days not in {known.days for known in rows}]
        rows += new
        fates[report.key] = _fate(report, pieces, within, new)
    return Outcome(tuple(rows), fates)


def _fate(report: Report, pieces: Sequence[Row], within: Sequence[Row], new: Sequence[Row]) -> Fate:
    if report.merged:
        return Fate.MERGED
    if report.elsewhere:
        return Fate.OTHER_AUTHORITY
    if not pieces:
        return Fate.NOT_LOOKED_AFTER
    if not within:
        return Fate.OTHER_YEAR
    return Fate.IN_TABLE if new else Fate.JOINED


def _pieces(report: Report, care: Sequence[Care]) -> list[Row]:
    return [piece for period in care for piece in _within_care(report, period)]


def _within_care(report: Report, care: Care) -> list[Row]:
    """The report's days while looked after, cut where a placement ended. Nothing when it ended on the day care began:
    the child was not looked after while missing."""
    if report.start < care.start and report.end is not None and report.end <= care.start:
        return []
    if care.end is not None and report.start >= care.end:
        return []
    start = max(report.start, care.start)
    end = min(filter(None, (report.end, care.end)), default=None)
    cuts = [day for day in care.turns if start < day and (end is None or day < end)]
    starts = [start, *(day + DAY for day in cuts)]
    ends = [*cuts, end]
    goes_on = [False] + [True] * len(cuts)
    pieces = zip(starts, ends, goes_on, strict=True)
    return [
        Row(report.key, report.code, _not_on_a_turn(first, last, care), last, later)
        for first, last, later in pieces
        if last is None or first <= last
    ]


def _not_on_a_turn(start: date, end: date | None, care: Care) -> date:
    """A row that is open at a year's end counts from the day after, when it began on the day a placement ended: 575
    takes that day for the placement that is over. Every later return sees the same first day."""
    return start + DAY if start in care.turns and (end is None or end > end_of_year(start)) else start


def end_of_year(day: date) -> date:
    """31 March on or after ``day``."""
    this = date(day.year, 3, 31)
    return this if day <= this else date(day.year + 1, 3, 31)


def _in_year(row: Row, year: Period) -> Row | None:
    if row.start > year.ends_on or (row.end is not None and row.end < year.starts_on):
        return None
    still_open = row.end is None or row.end > year.ends_on
    return Row(row.report, row.code, row.start, None if still_open else row.end, row.goes_on)
