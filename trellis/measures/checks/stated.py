"""Changes that a note or a measure's name states: "683 fewer than 2019/20", "up 12% on last year", "3993 + 683"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trellis.measures.checks.change_patterns import (
    CHANGE_ROW,
    DOWN_WORDS,
    FROM_TO,
    NUMBER_WORD,
    NUMBER_WORDS,
    SAME,
    SOME_WAY,
    STATEMENTS,
    SUM,
    TIMES,
    TIMES_PERCENT,
    WAS,
)
from trellis.measures.checks.figures import PERCENT, Figure, number_as_written
from trellis.measures.checks.rounding import Published
from trellis.measures.checks.vocabulary import Words, vocabulary, words
from trellis.measures.checks.years import canonical_year, year_before

LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class Statement:
    """That the measure named `noun` (its own row's where empty) changed by `size` since `year`.

    `size` is signed; `of` is "" for a count, "percent" or "points"; `level` says that `size` is the earlier value;
    `of_another` that it is not of its own row's measure, so that it says nothing where no row has that name.
    """

    text: str
    noun: Words
    size: Published
    of: str
    year: str
    about: bool = False
    level: bool = False
    of_another: bool = False


def statements_in(figure: Figure) -> Iterator[Statement]:
    """The changes that the note of `figure` states, except those that it says are of somewhere else."""
    note = NUMBER_WORD.sub(lambda word: NUMBER_WORDS[word.group().casefold()], figure.note[:LONGEST_NOTE])
    if not SOME_WAY.search(note) or vocabulary().elsewhere.search(note):
        return
    taken: list[tuple[int, int]] = []
    for pattern in STATEMENTS:
        for match in pattern.finditer(note):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            yield from _statement(match, figure, words(note[: match.start()]))
    for match in (*FROM_TO.finditer(note), *WAS.finditer(note)):
        yield from _statement(match, figure, words(note[: match.start()]), level=True)
    for match in TIMES.finditer(note):
        if year := _year(match.group("when"), figure.year):
            size = Published(TIMES_PERCENT[match.group("times").casefold()])
            yield Statement(match.group(), words(note[: match.start()]), size, "percent", year, about=True)
    for match in SAME.finditer(note):
        if year := _year(match.group("when"), figure.year):
            yield Statement(match.group(), (), Published(0), "", year)


def statement_of_row(figure: Figure) -> Statement | None:
    """What a row such as "change in missing episodes on 2019/20" states by its value."""
    match = CHANGE_ROW.match(figure.measure.strip())
    year = _year(match.group("when"), figure.year) if match else None
    if not match or not year or figure.number is None or not figure.meaning.is_everyone:
        return None
    value = figure.value
    down = match.group("way").casefold() in DOWN_WORDS
    signed = Published(-value.units, value.places) if down and value.units > 0 else value
    of = "percent" if figure.unit == PERCENT else ""
    text = f"{figure.measure}: {value}"
    return Statement(text, words(match.group("noun")), signed, of, year, of_another=True)


def sums_in(figure: Figure) -> Iterator[tuple[str, int]]:
    """Sums a note says the value was derived by ("derived: 3993 + 683"), and what they make."""
    for match in SUM.finditer(figure.note[:LONGEST_NOTE]):
        terms = re.findall(r"([+\-\u2212\u2013]?)\s*([0-9][0-9,]*)", match.group(1))
        yield (
            match.group(1),
            sum((1 if sign in ("", "+") else -1) * int(term.replace(",", "")[:18]) for sign, term in terms),
        )


def _statement(match: re.Match[str], figure: Figure, before: Words, *, level: bool = False) -> Iterator[Statement]:
    found = match.groupdict()
    size = number_as_written(found["size"], "count")
    year = _year(found["when"], figure.year)
    if size is None or year is None:
        return
    noun = words(found.get("noun") or "")
    of_another = not set(noun) <= set(figure.meaning.subject)
    down = found["way"].casefold() in DOWN_WORDS and not level
    yield Statement(
        text=match.group().strip(),
        noun=noun if of_another else before,
        size=Published(-size.units, size.places) if down else size,
        of=_of(found["of"]),
        year=year,
        about=bool(found.get("about")),
        level=level,
        of_another=of_another,
    )


def _of(text: str | None) -> str:
    if not text:
        return ""
    return "points" if "point" in text.casefold() or text.casefold() == "pp" else "percent"


def _year(text: str | None, year: str) -> str | None:
    if not text or not text.strip()[0].isdigit():
        return year_before(year)
    return canonical_year(text)
