"""What is wrong with a row by itself: before any two rows are compared."""

import re
from collections.abc import Iterator, Mapping

from trellis.measures.checks.figures import COUNT, PERCENT, UNITS, Figure, finding_at
from trellis.measures.checks.findings import Finding, Severity
from trellis.measures.checks.reading import RAGGED, UNKNOWN
from trellis.measures.checks.vocabulary import vocabulary, words
from trellis.measures.checks.years import canonical_year

# Marks for a figure held back, of the Government Statistical Service and in common use. Not a fault.
HELD_BACK = re.compile(
    r"\[(?:c|x|z|u|low|w|e)\]|[cxz*:]|\.\.|supp(?:ressed)?|<\s*[0-9]+|fewer than [0-9]+", re.IGNORECASE
)
# A hub works with children, and with young adults until they are 25 (Children and Families Act 2014, Part 3).
ADULT_AT, OLDEST_SERVED = 18, 25
MAY_BE_NEGATIVE = ("scores", "points", "pounds")
AVERAGED = frozenset({"mean", "average", "median", "rate", "ratio"})
# After these a row's number is left out of every comparison.
UNSOUND = frozenset({"percent_outside_range", "negative_value", "fraction_counted", "ragged_row"})


def row_faults(record: Mapping[str, object], figure: Figure) -> Iterator[Finding]:
    yield from _shape_faults(record, figure)
    written = _cell(record, "value")
    if not figure.unit:
        yield _unreadable(
            figure,
            "unknown_unit",
            f"the unit {_cell(record, 'unit')!r} is not known, so the value was not checked",
            f"the unit would have to be one of {', '.join(sorted(set(UNITS.values())))}",
        )
    elif figure.number is not None:
        yield from _value_faults(figure)
    elif not HELD_BACK.fullmatch(written):
        what = f"the value {written!r} is not a number" if written else "there is no value"
        yield _unreadable(figure, "not_a_number", what, "a number, or [c] for a figure that is held back")


def _cell(record: Mapping[str, object], name: str) -> str:
    value = record.get(name)
    return "" if value is None else str(value).strip()


def _shape_faults(record: Mapping[str, object], figure: Figure) -> Iterator[Finding]:
    if record.get(UNKNOWN):
        columns = f"the header has columns this check does not know: {record[UNKNOWN]}"
        yield _unreadable(figure, "unknown_column", columns, "they would have to tell no row from another")
    if record.get(RAGGED):
        quote = "a cell that holds a comma would have to be in quotation marks"
        yield _unreadable(figure, "ragged_row", f"the row has {record[RAGGED]}", quote)
    year = _cell(record, "report_year")
    if canonical_year(year) is None:
        known = "a year such as 2022/23 (ending in the year after it begins), 2022, or a span such as 2019-21"
        yield _unreadable(figure, "bad_year", f"{year!r} is not a report year", known)
    if not figure.measure:
        yield _unreadable(figure, "no_measure", "the row names no measure", "a name for what was counted")


def _unreadable(figure: Figure, kind: str, message: str, would: str) -> Finding:
    return finding_at([figure], kind, Severity.UNREADABLE, message=message, would=would)


def _impossible(figure: Figure, kind: str, message: str, would: str) -> Finding:
    value = figure.value.number
    return finding_at([figure], kind, Severity.IMPOSSIBLE, message=message, would=would, value=value)


def _value_faults(figure: Figure) -> Iterator[Finding]:
    value = figure.value
    if figure.is_change:
        return
    if figure.unit == PERCENT and not 0 <= value.units <= 100 * value.step:
        change = "it would have to be a change or a ratio, not a share of a whole"
        yield _impossible(figure, "percent_outside_range", f"{value}% is outside 0 to 100", change)
    elif value.units < 0 and figure.unit not in MAY_BE_NEGATIVE:
        change = "it would have to be a change, and named as one"
        yield _impossible(figure, "negative_value", f"{value} is below nought", change)
    elif figure.unit == COUNT and not value.is_whole and not AVERAGED.intersection(words(figure.measure)):
        part = f"{value} is no whole number: nobody counts a part of a child, a report or a warrant"
        yield _impossible(
            figure, "fraction_counted", part, "it would have to be a mean or a rate, with a unit that says so"
        )
    elif figure.unit == "years" and "age" in words(figure.measure):
        yield from _age_faults(figure)


def _age_faults(figure: Figure) -> Iterator[Finding]:
    value = figure.value
    if vocabulary().adults.intersection(words(figure.measure) + words(figure.section)):
        return
    if value.units > OLDEST_SERVED * value.step:
        message = f"an age of {value} years is above {OLDEST_SERVED}, the oldest a hub works with"
        yield _impossible(figure, "impossible_mean", message, "it would have to be the age of adults, and say so")
    elif value.units >= ADULT_AT * value.step:
        yield finding_at(
            [figure],
            "impossible_mean",
            Severity.QUESTION,
            message=f"an age of {value} years is not a child's",
            would="it would have to include young adults, and say so",
            value=value.number,
        )
