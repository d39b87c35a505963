"""The figures of a report, found by measure, year and category, and written the way a page writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from trellis.measures import periods
from trellis.measures.figures import Figure
from trellis.measures.periods import is_year, year_of
from trellis.reports.document.parts import NO_BASE, SUPPRESSED, Name, Number, Words

YEARS_COMPARED = 4
MONTHS, LAST_MONTH = 12, "03"
CHANGE = "derived.change"
PER_CHILD = "derived.missing.reports_per_child"
RATE_RATIO = "derived.equity.rate_ratio"
PLACES = {"percent": Decimal(1), "years": Decimal("0.1")}


@dataclass(frozen=True)
class Material:
    """All a report is made of; an edition stores it, so that the report can be made again from the edition alone."""

    period: str
    as_at: datetime
    snapshot: str
    figures: Sequence[Figure]
    definitions: Mapping[str, Any]
    local: Mapping[str, Any]

    @property
    def measures(self) -> Mapping[str, Mapping[str, Any]]:
        found: Mapping[str, Mapping[str, Any]] = self.definitions["measures"]
        return found


class Book:
    """Looks figures up. ``year`` is the report's own period, a year or a month; ``years`` those compared, oldest
    first."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.year = material.period
        self.years = compared(material.period)
        self.last_year = self.years[-2]
        self._by_place = {place_of(figure): figure for figure in material.figures}

    def figure(self, measure: str, year: str = "", **breakdown: str) -> Figure:
        """The figure of this measure, year and category. Raises KeyError for one the report does not hold."""
        return self._by_place[measure, year or self.year, frozenset(breakdown.items())]

    def number(self, measure: str, year: str = "", **breakdown: str) -> Number:
        figure = self.figure(measure, year, **breakdown)
        return Number(written(figure), shown_value(figure), measure, (figure,))

    def part(self, measure: str, which: str, year: str = "", **breakdown: str) -> Number:
        """The numerator or the denominator of a figure."""
        figure = self.figure(measure, year, **breakdown)
        count: int | None = getattr(figure, which)
        text = SUPPRESSED if figure.suppressed else NO_BASE if count is None else f"{count:,}"
        return Number(text, count, measure, (figure,))

    def categories(self, measure: str, key: str, year: str = "", nought: bool = False) -> list[str]:
        """The categories of a breakdown in the measure's order; those at nought only with ``nought``."""
        return [
            figure.breakdown[key]
            for figure in self.material.figures
            if figure.measure == measure
            and period_of(figure) == (year or self.year)
            and key in figure.breakdown
            and (nought or figure.suppressed or figure.numerator)
        ]

    def label(self, key: str, category: str) -> Name:
        """A category in words."""
        if key == "month":
            return in_full(category)
        found = self.material.definitions["labels"].get(key, {}).get(category)
        return Name(found or category.replace("_", " ").capitalize())

    def change(self, measure: str, since: str = "") -> Words:
        """``683 fewer than in 2019/20``, or nothing when either figure is not shown."""
        then, now = self.figure(measure, since or self.last_year), self.figure(measure)
        before = in_full(period_of(then))
        if then.value is None or now.value is None:
            return ()
        if then.value == now.value:
            return ("the same as in ", before)
        direction = "more" if now.value > then.value else "fewer"
        return (self.difference(then, now), f" {direction} than in ", before)

    def difference(self, then: Figure, now: Figure) -> Number:
        """How far apart two counts are, without a sign."""
        if then.numerator is None or now.numerator is None:
            return Number(SUPPRESSED, None, CHANGE, (then, now))
        apart = abs(now.numerator - then.numerator)
        return Number(f"{apart:,}", float(apart), CHANGE, (then, now))

    def signed_change(self, measure: str, year: str) -> Number:
        """The change of a count since the year before, with its sign."""
        now, then = self.figure(measure, year), self.figure(measure, self.years[self.years.index(year) - 1])
        apart = self.difference(then, now)
        if then.value is None or now.value is None or not apart.value:
            return apart
        return Number(f"{'+' if now.value > then.value else '−'}{apart.text}", apart.value, CHANGE, apart.figures)

    def reports_per_child(self, year: str = "") -> Number:
        """Missing reports over children reported missing, to one place."""
        reports, children = (self.figure(code, year) for code in ("missing.reports", "missing.children"))
        if reports.suppressed or children.suppressed:
            return Number(SUPPRESSED, None, PER_CHILD, (reports, children))
        if not children.numerator or reports.numerator is None:
            return Number(NO_BASE, None, PER_CHILD, (reports, children))
        value = rounded(Decimal(reports.numerator) / children.numerator, PLACES["years"])
        return Number(f"{value}", float(value), PER_CHILD, (reports, children))


def place_of(figure: Figure) -> tuple[str, str, frozenset[tuple[str, str]]]:
    return figure.measure, period_of(figure), frozenset(figure.breakdown.items())


def period_of(figure: Figure) -> str:
    """The year or month a figure is of: "2022/23", "2023-02"."""
    first, last = figure.period
    return f"{first:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else figure.year


def in_full(period: str) -> Name:
    """A year as it is, a month in words."""
    return Name(periods.in_full(period))


def compared(period: str) -> list[str]:
    """The periods a report sets side by side, its own the last: four years, or thirteen months."""
    return years_compared(period) if is_year(period) else months_compared(period)


def months_compared(period: str) -> list[str]:
    """The month and the twelve before it, oldest first."""
    last = int(period[:4]) * MONTHS + int(period[-2:]) - 1
    return [f"{month // MONTHS:04d}-{month % MONTHS + 1:02d}" for month in range(last - MONTHS, last + 1)]


def month_before(period: str) -> str:
    """The calendar month before a month."""
    return months_compared(period)[-2]


def year_before(period: str) -> str:
    """The last report year that was over at the end of a month: "2022/23" for 2023-03, "2021/22" for 2023-02."""
    year = year_of(date(int(period[:4]), int(period[-2:]), 1))
    return year if period[-2:] == LAST_MONTH else years_compared(year)[-2]


def years_compared(period: str) -> list[str]:
    """The report's year and the three before it, oldest first."""
    first = int(period[:4])
    return [f"{year}/{(year + 1) % 100:02d}" for year in range(first - YEARS_COMPARED + 1, first + 1)]


def rounded(value: Decimal, place: Decimal) -> Decimal:
    """To ``place``, a half up."""
    return value.quantize(place, ROUND_HALF_UP)


def exact(figure: Figure) -> Decimal:
    """The value a page rounds once, from numerator and denominator: a figure's own value is rounded already."""
    assert figure.numerator is not None
    assert figure.denominator
    return Decimal(figure.numerator * (100 if figure.unit == "percent" else 1)) / figure.denominator


def shown_value(figure: Figure) -> float | None:
    """The number as a page shows it; None when suppressed or without a base."""
    if figure.value is None:
        return None
    place = PLACES.get(figure.unit)
    return float(figure.value) if place is None else float(rounded(exact(figure), place))


def written(figure: Figure) -> str:
    """``4,958``, ``73%``, ``15.4``; ``c`` when suppressed, a dash without a base."""
    if figure.suppressed:
        return SUPPRESSED
    if figure.value is None:
        return NO_BASE
    place = PLACES.get(figure.unit)
    if place is None:
        return f"{figure.value:,}"
    return f"{rounded(exact(figure), place)}{'%' if figure.unit == 'percent' else ''}"
