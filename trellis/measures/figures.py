"""A figure: one number with all that is needed to trace it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from trellis.measures import engine, registry
from trellis.measures import periods as _periods
from trellis.measures.shape import Cut, Fact, Measure, Slice
from trellis.measures.tables import Snapshot

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Figure:
    """`value` is a whole number for a count, else a Decimal of two places; None when suppressed or the base is 0.

    A count has its value as numerator and no denominator; a mean has the sum and the number it was taken over.
    """

    measure: str
    title: str
    year: str
    period: tuple[date, date]
    breakdown: Mapping[str, str]
    unit: str
    value: int | Decimal | None
    numerator: int | None
    denominator: int | None
    population: str
    snapshot: str
    definition: str
    suppressed: bool = False

    @property
    def slice(self) -> Slice:
        return next((Slice(key, category) for key, category in self.breakdown.items()), Slice())

    def hidden(self) -> Figure:
        """The same figure, suppressed."""
        return replace(self, value=None, numerator=None, denominator=None, suppressed=True)

    def as_json(self) -> dict[str, Any]:
        """The shape every outside reader relies on."""
        return {
            "measure": self.measure,
            "title": self.title,
            "year": self.year,
            "period": [day.isoformat() for day in self.period],
            "breakdown": dict(self.breakdown),
            "unit": self.unit,
            "value": float(self.value) if isinstance(self.value, Decimal) else self.value,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "population": self.population,
            "suppressed": self.suppressed,
            "snapshot": self.snapshot,
            "definition": self.definition,
        }


def figures_for(snapshot: Snapshot, year: str, codes: Sequence[str] | None = None) -> list[Figure]:
    """The inside view, nothing suppressed: every figure of these measures (all when None) for a report year "2022/23"
    or a month "2023-02". Raises ValueError for any other period, LookupError for an unknown code."""
    period = _periods.period(year)
    wanted = registry.measures(codes)
    facts = engine.count(snapshot.connection, wanted, period)
    seen = _seen(facts)
    return [figure for measure in wanted for figure in _figures_of(measure, period, facts, seen, snapshot.id)]


def rounded(numerator: int, denominator: int, times: int = 1) -> Decimal | None:
    """`times` x numerator / denominator to two places, a half rounded up; None when the denominator is 0."""
    if denominator == 0:
        return None
    return (Decimal(numerator * times) / Decimal(denominator)).quantize(HUNDREDTH, ROUND_HALF_UP)


def _seen(facts: Mapping[Fact, int]) -> dict[tuple[str, str, str], set[str]]:
    """For each population, condition and breakdown, the categories with at least one row."""
    seen: dict[tuple[str, str, str], set[str]] = {}
    for fact, value in facts.items():
        if value:
            seen.setdefault((fact.population, fact.counted, fact.cut), set()).add(fact.category)
    return seen


def _figures_of(
    measure: Measure,
    period: _periods.Period,
    facts: Mapping[Fact, int],
    seen: Mapping[tuple[str, str, str], set[str]],
    snapshot: str,
) -> Iterator[Figure]:
    def categories(cut: Cut) -> list[str]:
        return cut.categories(seen.get((measure.of.words, measure.counted.words, cut.key), set()), period)

    title, unit, population = measure.title, measure.unit, measure.population
    days = (period.starts_on, period.ends_on)
    for at, numerator, denominator in _numbers(measure, categories, facts):
        value = numerator if denominator is None else rounded(numerator, denominator, 100 if unit == "percent" else 1)
        yield Figure(
            measure.code,
            title,
            period.year,
            days,
            at.breakdown,
            unit,
            value,
            numerator,
            denominator,
            population,
            snapshot,
            measure.version,
        )


def _numbers(
    measure: Measure, categories: Callable[[Cut], list[str]], facts: Mapping[Fact, int]
) -> Iterator[tuple[Slice, int, int | None]]:
    for at in measure.slices(categories):
        below = measure.denominator(at)
        yield at, facts.get(measure.numerator(at), 0), None if below is None else facts.get(below, 0)
