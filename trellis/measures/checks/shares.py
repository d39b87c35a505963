"""Shares that no whole number of their base can give, and shares that disagree with the count they stand for."""

import re
from collections.abc import Iterator, Sequence

from trellis.measures.checks.bases import Base, bases_of
from trellis.measures.checks.figures import Figure, finding_at
from trellis.measures.checks.findings import Finding, Severity
from trellis.measures.checks.rounding import (
    ROUNDING,
    Published,
    Rule,
    as_percent,
    counts_giving,
    is_possible,
    nearest,
    ratio_is_written_as,
)
from trellis.measures.checks.table import Table

# A share written from words ("a third") is taken as meant where a real one lies within so many points.
WORDS_REACH = Published(25, 1)
_IN_WORDS = re.compile(
    r"(?:published|given|written|stated|described)\s+as\W+(?:\w+\s+)?(?:third|quarter|half|halve|fifth|tenth|most|all)"
    r"|^\W*(?:about|around|approximately|approx|nearly|almost|roughly|just (?:over|under))\b",
    re.IGNORECASE,
)
OTHER_BASES_SHOWN, OTHER_BASES_TRIED = 3, 200


def share_findings(table: Table) -> Iterator[Finding]:
    for figure in table.shares:
        bases = bases_of(table, figure)
        if any(base.size and is_possible(figure.value, base.size) for base in bases):
            yield from _against_count(table, figure, bases)
        elif bases and not any(base.size for base in bases):
            yield from _of_nobody(figure, bases)
        elif bases:
            yield _not_possible(figure, [base for base in bases if base.size])


def _of_nobody(figure: Figure, bases: Sequence[Base]) -> Iterator[Finding]:
    if figure.value.units:
        message = f"{figure.value}% of {bases[0]}: there is nobody to have a share of"
        yield _finding(
            figure, bases, "share_not_possible", Severity.IMPOSSIBLE, message, "it would have to be of others"
        )


def _not_possible(figure: Figure, bases: Sequence[Base]) -> Finding:
    share = figure.value
    near = "; ".join(_nearest_in_words(share, base) for base in bases)
    message = f"{share}% of {' or of '.join(str(base) for base in bases)}: {near}"
    cut = next((base for base in bases if counts_giving(share, base.size, Rule.CUT_OFF)), None)
    if cut:
        count = counts_giving(share, cut.size, Rule.CUT_OFF)[0]
        message += f"; rounded, {count} of {cut.size:,} is {as_percent(count, cut.size, share.places)}"
        would = f"it would have to be {count} of {cut.size:,} with its decimals cut off, not rounded"
        return _finding(figure, bases, "cut_off_not_rounded", Severity.QUESTION, message, would)
    if _IN_WORDS.search(figure.note) and any(_near(share, base.size) for base in bases):
        would = "it would have to stand for words, not for a share; the share itself should be printed beside them"
        return _finding(figure, bases, "approximate_words", Severity.QUESTION, message, would)
    would = _other_bases(share, max(base.size for base in bases))
    return _finding(figure, bases, "share_not_possible", Severity.IMPOSSIBLE, message, would)


def _nearest_in_words(share: Published, base: Base) -> str:
    (below, low), (above, high) = nearest(share, base.size)
    if below == above:
        return f"the nearest is {below} of {base.size:,}, which is {low}"
    return f"{below} of {base.size:,} is {low} and {above} of {base.size:,} is {high}"


def _near(share: Published, base: int) -> bool:
    reach = WORDS_REACH.units * share.step * base
    off = (abs(share.units * base - 100 * share.step * count) for count, _ in nearest(share, base))
    return any(distance * WORDS_REACH.step <= reach for distance in off)


def _other_bases(share: Published, largest: int) -> str:
    """The nearest smaller bases that can give the share: as where children of whom nothing was known were left out."""
    fitting: list[str] = []
    for size in range(largest - 1, max(0, largest - OTHER_BASES_TRIED), -1):
        counts = next((found for rule in ROUNDING if (found := counts_giving(share, size, rule))), None)
        if counts and len(fitting) < OTHER_BASES_SHOWN:
            fitting.append(f"{counts[0]} of {size:,}")
    such = f", such as {', '.join(fitting)}, and the table would have to say so" if fitting else ""
    return f"it would have to be a share of another number{such}"


def _against_count(table: Table, figure: Figure, bases: Sequence[Base]) -> Iterator[Finding]:
    """A share whose own count is in the table too, or in its note, must be that count of its base."""
    base = bases[0]
    if len(bases) > 1:
        return
    counts = _counts_of(table, figure)
    counted = [(base.numerator, figure)] if base.numerator is not None else [(row.value.whole, row) for row in counts]
    fits = (ratio_is_written_as(100 * n, base.size, figure.value, rule) for n, _ in counted for rule in ROUNDING)
    if not counted or any(fits):
        return
    count, row = counted[0]
    exact = as_percent(count, base.size, figure.value.places)
    yield finding_at(
        [figure, row],
        "share_against_count",
        Severity.CONTRADICTION,
        message=f"{figure.value}% is published, but {count:,} of {base} is {exact}%",
        would="the share and the count would have to be of different populations, and the table would have to say so",
        value=figure.value.number,
        count=count,
        base=base.size,
    )


def _counts_of(table: Table, figure: Figure) -> list[Figure]:
    """The counts the table gives for what `figure` is the share of, where it names whom it is a share of."""
    sense = table.sense[figure.line]
    found: list[Figure] = []
    if sense.population and sense.body and sense.is_everyone:
        found = table.totals_beside(figure, sense.population + sense.body)
    elif sense.population and sense.family and not sense.body:
        parts = table.parts_beside(figure, sense.population, sense.category)
        found = [part for part in parts if table.sense[part.line].family_key == sense.family_key]
    return found


def _finding(figure: Figure, bases: Sequence[Base], kind: str, severity: Severity, message: str, would: str) -> Finding:
    near = [
        {"count": count, "of": base.size, "percent": float(percent)}
        for base in bases
        if base.size
        for count, percent in nearest(figure.value, base.size)
    ]
    return finding_at(
        [figure],
        kind,
        severity,
        message=message,
        would=would,
        value=figure.value.number,
        base=bases[0].size,
        bases=[base.size for base in bases],
        nearest=near,
    )
