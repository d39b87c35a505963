"""The words a measure is defined with: a population, what is counted in it, and how it is broken down.

A definition never writes a query of its own. It names rows (an Ibis expression over the snapshot's tables) and
conditions on them; `engine` counts every measure of a population in one pass.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import ibis.expr.types as ir
from ibis.common.deferred import Deferred

from trellis.measures.periods import Period

NOT_KNOWN = "not_known"

# The editions a figure may be published in. A breakdown is published by month or by year and never by both: a year
# less eleven months would give away what the twelfth hid. INSIDE is published nowhere.
YEAR, MONTH = "year", "month"
BY_YEAR, BY_MONTH, BY_BOTH, INSIDE = frozenset({YEAR}), frozenset({MONTH}), frozenset({YEAR, MONTH}), frozenset[str]()
SOURCE = "the hub's own record, through a pseudonymised snapshot"
OWNER = "hub performance lead"


class Fact(NamedTuple):
    """The name of one whole number: how many rows of a population meet a condition, in one category or in all."""

    population: str
    counted: str
    cut: str = ""
    category: str = ""


class Slice(NamedTuple):
    """Where a figure stands: the whole population, or one category of one breakdown."""

    cut: str = ""
    category: str = ""

    @property
    def breakdown(self) -> dict[str, str]:
        return {self.cut: self.category} if self.cut else {}


WHOLE = Slice()


@dataclass(frozen=True, eq=False)
class Population:
    """The rows a measure speaks of. `counts` is "people", whose small numbers are suppressed, or "activity"."""

    words: str
    rows: ir.Table
    counts: str = "people"


@dataclass(frozen=True, eq=False)
class Tally:
    """A condition on the rows of a population, and its words; with `sums`, a column to add up instead.

    `about_recording` marks a condition that says something of the record (a reason was written down) and nothing of
    the child, so how many do not meet it need not be protected.
    """

    words: str
    where: Deferred | None = None
    about_recording: bool = False
    sums: Deferred | None = None

    def within(self, wider: Tally) -> Tally:
        """The rows that meet both."""
        if wider.where is None:
            return self
        if self.where is None:
            return wider
        return Tally(f"{wider.words}, {self.words}", self.where & wider.where)


EVERY = Tally("")


@dataclass(frozen=True, eq=False)
class Cut:
    """An exclusive breakdown: every row falls in exactly one category, rows without a value in `not_known`.

    `codes` is a closed list: each appears even at 0. A value outside it appears too, never dropped. With
    `all_or_none`, a small category hides all the others, zeros too.
    """

    key: str
    column: Deferred
    codes: tuple[str, ...] = ()
    may_be_unknown: bool = True
    editions: frozenset[str] = BY_YEAR
    all_or_none: bool = False
    exclusive: bool = field(default=True, init=False)

    def label(self, value: object, period: Period) -> str:
        """The category a database value stands for."""
        return NOT_KNOWN if value is None else str(value)

    def categories(self, seen: set[str], period: Period) -> list[str]:
        """Every category to show, closed list first; `seen` are those that hold at least one row."""
        unknown = (NOT_KNOWN,) if self.may_be_unknown else ()
        return list(dict.fromkeys((*self.codes, *sorted(seen - {NOT_KNOWN}, key=_natural), *unknown)))


class Months(Cut):
    """The calendar months of the period, by the London day in `column`."""

    def __init__(self, column: Deferred):
        super().__init__("month", column.month(), may_be_unknown=False)

    def label(self, value: object, period: Period) -> str:
        return next(month for month in period.months if int(month[-2:]) == value)

    def categories(self, seen: set[str], period: Period) -> list[str]:
        return period.months


@dataclass(frozen=True, eq=False)
class Overlap:
    """An overlapping breakdown: a row may fall in several categories, so shares may sum to more than 100."""

    key: str
    conditions: Mapping[str, Deferred]
    editions: frozenset[str] = BY_YEAR
    exclusive: bool = field(default=False, init=False)

    def tally(self, category: str) -> Tally:
        return Tally(f"{self.key} {category}", self.conditions[category])


Breakdown = Cut | Overlap


@dataclass(frozen=True, kw_only=True, eq=False)
class Measure(ABC):
    """What every measure says of itself. Subclasses say what its number is.

    ``editions``: where its whole is published; each breakdown says so itself. ``adds_up``: the months of a year sum to
    the year, as they do not for children, who may come back.
    """

    code: str
    title: str
    why: str
    of: Population
    by: tuple[Breakdown, ...] = ()
    version: str = "1.0.0"
    source: str = SOURCE
    owner: str = OWNER
    editions: frozenset[str] = BY_YEAR
    adds_up: bool = True

    unit = "count"
    has_total = True

    @property
    @abstractmethod
    def counted(self) -> Tally:
        """The rows behind the numerator."""

    @property
    def base(self) -> Tally | None:
        """The rows behind the denominator; None for a plain count."""
        return None

    @property
    def population(self) -> str:
        """The population a figure names: the denominator in words, or for a count what is counted."""
        return phrase(self.of, self.base or self.counted)

    @property
    def numerator_words(self) -> str:
        return phrase(self.of, self.counted)

    @property
    def denominator_words(self) -> str | None:
        return phrase(self.of, self.base) if self.base else None

    def tallies(self) -> list[Tally]:
        """Every condition the engine has to count for this measure."""
        overlapping = [
            cut.tally(category) for cut in self.by if isinstance(cut, Overlap) for category in cut.conditions
        ]
        return [self.counted, *([self.base] if self.base else []), *overlapping]

    def slices(self, categories: Callable[[Cut], list[str]]) -> Iterator[Slice]:
        """The whole first, then each category of each breakdown."""
        if self.has_total:
            yield WHOLE
        for cut in self.by:
            for category in cut.conditions if isinstance(cut, Overlap) else categories(cut):
                yield Slice(cut.key, category)

    def numerator(self, at: Slice) -> Fact:
        """The fact above the line."""
        overlap = self._overlap(at)
        return fact(self.of, overlap.tally(at.category)) if overlap else fact(self.of, self.counted, at)

    def denominator(self, at: Slice) -> Fact | None:
        """The fact below the line, or None for a count."""
        return fact(self.of, self.base, WHOLE if self._overlap(at) else at) if self.base else None

    def _overlap(self, at: Slice) -> Overlap | None:
        return next((cut for cut in self.by if cut.key == at.cut and isinstance(cut, Overlap)), None)


@dataclass(frozen=True, kw_only=True, eq=False)
class Count(Measure):
    """How many rows of the population, or of those that meet `only`."""

    only: Tally = EVERY

    @property
    def counted(self) -> Tally:
        return self.only


@dataclass(frozen=True, kw_only=True, eq=False)
class Share(Measure):
    """Of the population (or of those `among` it), the percentage that meet `numerator_is`; in each category, of it."""

    numerator_is: Tally
    among: Tally = EVERY
    unit = "percent"

    @property
    def counted(self) -> Tally:
        return self.numerator_is.within(self.among)

    @property
    def base(self) -> Tally:
        return self.among


@dataclass(frozen=True, kw_only=True, eq=False)
class Distribution(Measure):
    """Of the population (or of those `among` it), the percentage that falls in each category of its breakdown."""

    among: Tally = EVERY
    unit = "percent"
    has_total = False

    @property
    def counted(self) -> Tally:
        return self.among

    @property
    def base(self) -> Tally:
        return self.among

    @property
    def numerator_words(self) -> str:
        return f"those of the {phrase(self.of, self.among)} that fall in the category"

    def denominator(self, at: Slice) -> Fact:
        return fact(self.of, self.among)


@dataclass(frozen=True, kw_only=True, eq=False)
class Mean(Measure):
    """The mean of `quantity` over the rows where it is known: their sum over their number."""

    quantity: Deferred
    quantity_words: str
    unit = "years"

    @property
    def counted(self) -> Tally:
        return Tally(f"sum of {self.quantity_words}", sums=self.quantity)

    @property
    def numerator_words(self) -> str:
        return f"sum of {self.quantity_words} over the {self.of.words}"

    @property
    def base(self) -> Tally:
        return Tally(f"with {self.quantity_words} known", self.quantity.notnull(), about_recording=True)


@dataclass(frozen=True)
class Sum:
    """Figures that add up: `whole` = the sum of `parts`, plus, with `rest`, a part nobody publishes.

    `parts` and `whole` are (measure code, slice). A `balance` holds up to a constant a reader may take from another
    publication, as last year's closing stock. With `all_or_none`, the whole is not shown unless every part is.
    """

    words: str
    whole: tuple[str, Slice]
    parts: tuple[tuple[str, Slice], ...]
    rest: bool = False
    balance: bool = False
    all_or_none: bool = False


def fact(population: Population, tally: Tally, at: Slice = WHOLE) -> Fact:
    return Fact(population.words, tally.words, at.cut, at.category)


def phrase(population: Population, tally: Tally) -> str:
    """ "missing reports received in the year, reason known" """
    return f"{population.words}, {tally.words}" if tally.words else population.words


def any_true(condition: ir.BooleanValue | Deferred) -> ir.BooleanScalar | Deferred:
    """True when the condition holds for some row of the group; unknown counts as not."""
    return condition.fill_null(False).any()


def _natural(code: str) -> tuple[int, str]:
    """9 before 10, and numbers before words."""
    return (int(code), "") if code.isdecimal() else (10**6, code)
