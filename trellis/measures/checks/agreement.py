"""One measure with two values in one year, in one section or across sections and wordings; and rows printed twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from trellis.measures.checks.bases import bases_of
from trellis.measures.checks.figures import PERCENT, Figure, finding_at
from trellis.measures.checks.findings import Finding, Severity
from trellis.measures.checks.rounding import could_be_equal
from trellis.measures.checks.table import HUB, Table, section_key, section_population
from trellis.measures.checks.vocabulary import vocabulary

MOST_VALUES_COMPARED = 40
PLACES_SHOWN = 6


def agreement_findings(table: Table) -> Iterator[Finding]:
    yield from _repeated(table.figures)
    same: dict[tuple, list[Figure]] = defaultdict(list)
    for figure in table.figures:
        sense = table.sense[figure.line]
        if sense.body or sense.category:
            same[figure.year, figure.unit, sense.body, sense.family_key, sense.category].append(figure)
    for figures in same.values():
        if len(figures) > 1 and _conflict(figures):
            for rows in _of_one_population(table, figures):
                if _conflict(rows):
                    yield _two_values(table, rows)


def _repeated(figures: list[Figure]) -> Iterator[Finding]:
    seen: dict[tuple, list[Figure]] = defaultdict(list)
    for figure in figures:
        name = (figure.year, section_key(figure), figure.measure.casefold(), figure.breakdown.casefold(), figure.unit)
        seen[*name, figure.value].append(figure)
    for rows in seen.values():
        if len(rows) > 1:
            yield finding_at(
                rows,
                "duplicate_row",
                Severity.QUESTION,
                message=f"the same row is there {len(rows)} times, with {rows[0].value} each time",
                would="they would have to be about different things, and their names would have to say so",
                value=rows[0].value.number,
                times=len(rows),
            )


def _conflict(figures: Iterable[Figure]) -> bool:
    values = list(dict.fromkeys(figure.value for figure in figures))[:MOST_VALUES_COMPARED]
    return any(not could_be_equal(first, second) for first, second in combinations(values, 2))


def _of_one_population(table: Table, figures: list[Figure]) -> Iterator[list[Figure]]:
    """Split rows of one measure into those that speak of the same children, as far as their wording tells.

    A share "of referrals" and a share "of children open" are two measures. One that does not say of whom it is, in a
    section about the hub's children, is held against each of those: it is at odds only if it agrees with none.
    """
    named: dict[object, list[Figure]] = defaultdict(list)
    unsaid: list[Figure] = []
    unknown: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        population = _population(table, figure)
        if population == HUB:
            unsaid.append(figure)
        elif population == "":
            unknown[section_key(figure)].append(figure)
        else:
            named[population].append(figure)
    if len(unknown) == 1:
        unsaid += unknown.popitem()[1]
    yield from unknown.values()
    hub = [rows for population, rows in named.items() if population in vocabulary().hub_populations]
    if unsaid and not any(not _conflict(unsaid + rows) for rows in hub):
        yield unsaid + [row for rows in hub for row in rows]
        yield from (rows for rows in named.values() if rows not in hub)
    else:
        yield from named.values()


def _population(table: Table, figure: Figure) -> object:
    """Of whom a row speaks: the words that name them, or what its section speaks of. "" is not known."""
    sense = table.sense[figure.line]
    if figure.unit == PERCENT:
        return sense.population or section_population(figure)
    general = figure.meaning.subject in vocabulary().generic_counts
    return (section_population(figure) or section_key(figure)) if general else figure.meaning.subject


def _two_values(table: Table, rows: list[Figure]) -> Finding:
    rows = sorted(rows, key=lambda row: row.line)
    values = list(dict.fromkeys(row.value for row in rows))
    shown = "; ".join(f"{row.value} in {row.section} (line {row.line}: {row.name})" for row in rows[:PLACES_SHOWN])
    more = f"; and {len(rows) - PLACES_SHOWN} more" if len(rows) > PLACES_SHOWN else ""
    return finding_at(
        rows,
        "two_values",
        _severity(rows),
        message=f"one measure has {len(values)} values in one year: {shown}{more}",
        would=_would_have_to_be_true(table, rows),
        values=[value.number for value in values],
        sections=list(dict.fromkeys(row.section for row in rows)),
    )


def _severity(rows: list[Figure]) -> Severity:
    """Counts under two names, or in a section of an unknown kind, may well be two measures: that is only asked."""
    names = {row.measure.casefold() for row in rows}
    sections = {section_key(row) for row in rows}
    if rows[0].unit == PERCENT:
        doubtful = len(sections) > 1 and any(not section_population(row) for row in rows)
    else:
        doubtful = len(names) > 1
    return Severity.QUESTION if doubtful else Severity.CONTRADICTION


def _would_have_to_be_true(table: Table, rows: list[Figure]) -> str:
    if len({(section_key(row), row.measure.casefold()) for row in rows}) == 1:
        return "nothing could make both stand: one of the rows is wrong"
    if rows[0].unit != PERCENT:
        return "they would have to count different things, and their names would have to say which"
    places = {}
    for row in rows:
        of = " or ".join(str(base) for base in bases_of(table, row))
        places[of] = f"line {row.line} of {of or 'a number the table does not give'}"
    if len(places) == 1 and "" in places:
        return "they would have to be shares of different children, and each would have to say of whom"
    if len(places) == 1:
        return f"they would have to be shares of different children, but both appear to be of {next(iter(places))}"
    return "they would have to be shares of different populations, each named: " + ", ".join(places.values())
