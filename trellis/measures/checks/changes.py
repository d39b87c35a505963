"""Counts that contradict a change the table states."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from trellis.measures.checks.figures import COUNT, PERCENT, Figure, finding_at
from trellis.measures.checks.findings import Finding, Severity
from trellis.measures.checks.rounding import ROUNDING, Published, could_be_equal, ratio_is_written_as
from trellis.measures.checks.stated import Statement, statement_of_row, statements_in, sums_in
from trellis.measures.checks.table import Table, section_key
from trellis.measures.checks.vocabulary import Words

LONGEST_NAME, LONGEST_SAYING = 8, 12
# "about a tenth more" is contradicted by a change the other way, or by one outside two thirds to three halves of it.
ABOUT_OVER, ABOUT_UNDER = 3, 2

MOST_VALUES = 40

Key = tuple[str, str, Words, str]
Known = dict[tuple[Key, str], dict[Published, Figure]]


def change_findings(table: Table, figures: Iterable[Figure]) -> Iterator[Finding]:
    """`figures` are all rows, those too that hold no number or are themselves a change."""
    known: Known = defaultdict(dict)
    for figure in table.figures:
        known[_key(table, figure), section_key(figure)].setdefault(figure.value, figure)
        known[_key(table, figure), ""].setdefault(figure.value, figure)
    for figure in figures:
        yield from _sum_findings(figure)
        for statement in _statements(figure):
            now = _spoken_of(table, figure, statement)
            then = _earlier(table, known, now, statement) if now else []
            if now and then and not any(_holds(now, other, statement) for other in then):
                yield _finding(figure, now, then[0], statement)


def _key(table: Table, figure: Figure) -> Key:
    return figure.year, figure.unit, figure.meaning.subject, table.sense[figure.line].category


def _statements(figure: Figure) -> Iterator[Statement]:
    if not figure.is_change:
        yield from statements_in(figure)
    elif statement := statement_of_row(figure):
        yield statement


def _spoken_of(table: Table, figure: Figure, statement: Statement) -> Figure | None:
    """The row whose change is stated: one the note names, if the table has it for that year, else the note's own."""
    said = statement.noun[-LONGEST_SAYING:]
    for length in range(min(len(said), LONGEST_NAME), 0, -1):
        for start in range(len(said) - length, -1, -1):
            found = table.totals.get((figure.year, said[start : start + length]))
            if found:
                return next(iter(found.values()))
    return figure if figure.line in table.sense and not statement.of_another else None


def _earlier(table: Table, known: Known, now: Figure, statement: Statement) -> list[Figure]:
    """The values of that measure in the earlier year: in the same section if it has one, else anywhere."""
    _, unit, subject, category = _key(table, now)
    key = (statement.year, unit, subject, category)
    found = known.get((key, section_key(now))) or known.get((key, ""), {})
    return list(found.values())[:MOST_VALUES]


def _holds(now: Figure, then: Figure, statement: Statement) -> bool:
    if statement.level:
        return could_be_equal(then.value, statement.size)
    if now.unit == COUNT and now.value.is_whole and then.value.is_whole:
        return _count_holds(now.value.whole, then.value.whole, statement)
    if not _is_checkable(now, statement):
        return True
    return _difference_holds(now.value, then.value, statement.size) or (
        statement.of == "percent" and _ratio_holds(now.value.units, then.value.units, statement)
    )


def _is_checkable(now: Figure, statement: Statement) -> bool:
    """A relative change of a rounded mean says little, and "5 more" of a share does not say of what."""
    if now.unit == PERCENT:
        return bool(statement.of) or not statement.size.units
    return statement.of != "percent"


def _count_holds(now: int, then: int, statement: Statement) -> bool:
    if statement.of == "points":
        return True
    if statement.of == "percent":
        return _ratio_holds(now, then, statement)
    change = Published(now - then)
    return _roughly(change, statement.size) if statement.about else could_be_equal(change, statement.size)


def _ratio_holds(now: int, then: int, statement: Statement) -> bool:
    if then <= 0:
        return True
    if statement.about:
        return _roughly(Published((now - then) * 100 * 1000 // then, 3), statement.size)
    size = Published(abs(statement.size.units), statement.size.places)
    same_way = (now - then) * statement.size.units >= 0
    return same_way and any(ratio_is_written_as(abs(now - then) * 100, then, size, rule) for rule in ROUNDING)


def _roughly(change: Published, size: Published) -> bool:
    real, said = change.units * size.step, size.units * change.step
    low, high = sorted((abs(real), abs(said)))
    return real * said > 0 and high * ABOUT_UNDER <= low * ABOUT_OVER


def _difference_holds(now: Published, then: Published, size: Published) -> bool:
    """Whether two rounded values can differ by a rounded size: half a step of slack for each of the three."""
    places = max(now.places, then.places, size.places)
    scaled = [number.units * 10 ** (places - number.places) for number in (now, then, size)]
    slack = sum(10 ** (places - number.places) for number in (now, then, size))
    return 2 * abs(scaled[0] - scaled[1] - scaled[2]) <= slack


def _sum_findings(figure: Figure) -> Iterator[Finding]:
    if figure.number is None or figure.unit != COUNT:
        return
    for text, total in sums_in(figure):
        if not could_be_equal(figure.value, Published(total)):
            yield finding_at(
                [figure],
                "change_contradicted",
                Severity.CONTRADICTION,
                message=f"{figure.value} is published, but its note derives it as {text}, which is {total}",
                would="nothing could make both stand: the value or the note is wrong",
                value=figure.value.number,
                derived=total,
            )


def _finding(figure: Figure, now: Figure, then: Figure, statement: Statement) -> Finding:
    said = f"line {figure.line} states {statement.text!r}"
    change = f", a change of {now.value.units - then.value.units:+,}" if now.unit == COUNT else ""
    return finding_at(
        [now, then, figure],
        "change_contradicted",
        Severity.QUESTION if statement.about else Severity.CONTRADICTION,
        message=f"{said}, but {then.year} has {then.value} and {now.year} has {now.value}{change}",
        would="the statement would have to be about another measure, or about an earlier version of one of the values",
        stated=statement.size.number,
        of=statement.of or now.unit,
        then=then.value.number,
        now=now.value.number,
    )
