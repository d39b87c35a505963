"""What a reader of published figures can work out: the sums that tie them together, and simple elimination."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from trellis.measures import registry
from trellis.measures.figures import Figure
from trellis.measures.shape import Cut, Fact, Mean, Measure, Overlap, Slice, Sum, Tally, fact

Row = dict[Fact, Fraction]


@dataclass(frozen=True)
class Equation:
    """`whole` = the sum of `parts`, up to a constant the reader knows."""

    whole: Fact
    parts: tuple[Fact, ...]

    @property
    def facts(self) -> tuple[Fact, ...]:
        return (self.whole, *self.parts)


@dataclass(frozen=True)
class Ledger:
    """The whole numbers behind a set of figures of one period: those a figure shows, those only a subtraction would
    show (`implied`), and the sums between them. `falls_with` pairs a fact with one that is not hidden without it: the
    numerator of a share with its denominator, unless a count shows the numerator as well, and what is shown all or
    none."""

    shown: Mapping[Fact, int]
    implied: Mapping[Fact, int]
    falls_with: tuple[tuple[Fact, Fact], ...]
    equations: tuple[Equation, ...]

    @property
    def values(self) -> dict[Fact, int]:
        return {**self.implied, **self.shown}


def facts_of(figure: Figure) -> tuple[Fact | None, Fact | None]:
    """Numerator and denominator of a figure. The sum above a mean counts nobody, so a mean has none."""
    measure = registry.measure(figure.measure)
    above = None if isinstance(measure, Mean) else measure.numerator(figure.slice)
    return above, measure.denominator(figure.slice)


def ledger(figures: Iterable[Figure]) -> Ledger:
    """The ledger of figures about people, all of one period."""
    figures = list(figures)
    shown: dict[Fact, int] = {}
    ratios: list[tuple[Fact, Fact]] = []
    counts: set[Fact] = set()
    for figure in figures:
        above, below = facts_of(figure)
        if above is not None:
            shown[above] = figure.numerator or 0
        if below is not None:
            shown[below] = figure.denominator or 0
        if above is not None and below is not None:
            ratios.append((above, below))
        elif above is not None:
            counts.add(above)
    wanted = [registry.measure(code) for code in dict.fromkeys(figure.measure for figure in figures)]
    rests = list(dict.fromkeys(_rests(wanted, shown)))
    implied = {rest: shown[whole] - shown[part] for whole, part, rest in rests}
    equations = [Equation(whole, (part, rest)) for whole, part, rest in rests]
    equations += _partitions([*shown, *implied], _exclusive(wanted))
    for declared in registry.SUMS:
        equations += _declared(declared, {measure.code for measure in wanted}, shown, implied)
    equations += list(_nested(equations))
    falls_with = [(above, below) for above, below in ratios if above not in counts]
    falls_with += _all_or_none(wanted, shown)
    return Ledger(shown, implied, tuple(falls_with), tuple(dict.fromkeys(equations)))


def _all_or_none(measures: Iterable[Measure], shown: Mapping[Fact, int]) -> Iterator[tuple[Fact, Fact]]:
    """Each category with each other of a breakdown that is shown all or none, and a sum with its parts."""
    for measure in measures:
        for cut in (cut for cut in measure.by if isinstance(cut, Cut) and cut.all_or_none):
            wanted = fact(measure.of, measure.counted, Slice(cut.key))[:3]
            yield from permutations([one for one in shown if one[:3] == wanted], 2)
    for declared in (declared for declared in registry.SUMS if declared.all_or_none):
        whole, *parts = (registry.measure(code).numerator(at) for code, at in (declared.whole, *declared.parts))
        if whole in shown:
            yield from ((whole, part) for part in parts if part in shown)


def _rests(measures: Iterable[Measure], shown: Mapping[Fact, int]) -> Iterator[tuple[Fact, Fact, Fact]]:
    """Whole, part and what is left: for a condition counted in a population or among wider rows that are shown too."""
    for measure in measures:
        for tally, base in _conditions(measure):
            if tally.about_recording or tally.words == base.words:
                continue
            for part in [known for known in shown if known[:2] == fact(measure.of, tally)[:2]]:
                whole = fact(measure.of, base, Slice(part.cut, part.category))
                if whole in shown:
                    yield whole, part, Fact(part.population, f"{base.words} / not {tally.words}", *part[2:])


def _conditions(measure: Measure) -> Iterator[tuple[Tally, Tally]]:
    base = measure.base or Tally("")
    if not isinstance(measure, Mean):
        yield measure.counted, base
    for cut in measure.by:
        if isinstance(cut, Overlap):
            yield from ((cut.tally(category), base) for category in cut.conditions)


def _exclusive(measures: Iterable[Measure]) -> set[tuple[str, str]]:
    return {(measure.of.words, cut.key) for measure in measures for cut in measure.by if cut.exclusive}


def _partitions(facts: Iterable[Fact], exclusive: Collection[tuple[str, str]]) -> list[Equation]:
    cuts: dict[tuple[Fact, str], list[Fact]] = {}
    for one in facts:
        if (one.population, one.cut) in exclusive:
            cuts.setdefault((Fact(one.population, one.counted), one.cut), []).append(one)
    return [Equation(whole, tuple(group)) for (whole, _), group in cuts.items()]


def _declared(declared: Sum, codes: set[str], shown: Mapping[Fact, int], implied: dict[Fact, int]) -> list[Equation]:
    """A declared sum, once all its measures and breakdowns are published; a category nobody is in is 0 and needs no
    term."""
    if not codes.issuperset(code for code, _ in (declared.whole, *declared.parts)):
        return []
    published = {one[:3] for one in shown}
    if not all(registry.measure(code).numerator(at)[:3] in published for code, at in declared.parts if at.cut):
        return []
    whole, *parts = (registry.measure(code).numerator(at) for code, at in (declared.whole, *declared.parts))
    parts = [part for part in parts if part in shown]
    if declared.rest:
        rest = Fact(whole.population, declared.words)
        implied[rest] = shown[whole] - sum(shown[part] for part in parts)
        parts.append(rest)
    return [Equation(whole, tuple(parts))]


def _nested(equations: Iterable[Equation]) -> Iterator[Equation]:
    """A sum some of whose parts are summed themselves, written with that sum in their place."""
    equations = list(equations)
    for outer in equations:
        for inner in equations:
            if inner is not outer and set(inner.parts) < set(outer.parts):
                yield Equation(outer.whole, (inner.whole, *(part for part in outer.parts if part not in inner.parts)))


def determined(equations: Iterable[Equation], unknown: Collection[Fact]) -> set[Fact]:
    """The unknown facts these equations pin to one value: Gauss-Jordan elimination over the unknown."""
    unknown = set(unknown)
    pivots: dict[Fact, Row] = {}
    for equation in equations:
        row = _row(equation, unknown)
        for pivot, known in pivots.items():
            if pivot in row:
                _subtract(row, known, row[pivot])
        if row:
            lead = next(iter(row))
            row = {one: factor / row[lead] for one, factor in row.items()}
            for known in pivots.values():
                if lead in known:
                    _subtract(known, row, known[lead])
            pivots[lead] = row
    return {pivot for pivot, row in pivots.items() if len(row) == 1}


def _row(equation: Equation, unknown: Collection[Fact]) -> Row:
    signs = [(equation.whole, Fraction(1)), *((part, Fraction(-1)) for part in equation.parts)]
    return {one: sign for one, sign in signs if one in unknown}


def _subtract(row: Row, other: Row, times: Fraction) -> None:
    for one, factor in other.items():
        left = row.get(one, Fraction(0)) - times * factor
        if left:
            row[one] = left
        else:
            row.pop(one, None)
