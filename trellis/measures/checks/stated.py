"""Changes that a note or a measure's name states: "683 fewer than 2019/20", "up 12% on last year", "3993 + 683"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trellis.measures.checks.figures import PERCENT, Figure, number_as_written
from trellis.measures.checks.rounding import Published
from trellis.measures.checks.vocabulary import Words, vocabulary, words
from trellis.measures.checks.years import canonical_year, year_before

_UP = "more|higher|greater|above|up|increase|increased|rise|rose|risen|grew|grown|growth|additional|extra"
_DOWN = "fewer|less|lower|below|down|decrease|decreased|fall|fell|fallen|drop|dropped|reduction|reduced"
_WAY = rf"(?P<way>{_UP}|{_DOWN})"
_ABOUT = r"(?P<about>(?:about|around|nearly|almost|roughly|approximately|approx\.?|some|over|under|c\.)\s+)?"
_SIZE = r"(?P<size>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
_OF = r"\s*(?P<of>%|per ?cent(?:age)?(?: points?)?|points?|pp\b)?"
_WHEN = (
    r"(?:in\s+|the\s+)*(?P<when>[12][0-9]{3}\s*[/\-\u2010-\u2015]\s*[0-9]{2,4}|[12][0-9]{3}(?![0-9])"
    r"|(?:last|previous|prior|preceding)\s+year|year\s+before)"
)
_THAN = r"(?:than|on|from|since|over|against|compared\s+(?:with|to))"
_NOUN = r"(?P<noun>(?:\s+(?!than\b|on\b|from\b|since\b)[a-z]+){0,4}?)"
_START = r"(?<![\w.,/])"

LONGEST_NOTE = 300

STATEMENTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_START}{_ABOUT}{_SIZE}{_OF}\s+{_WAY}\b{_NOUN}\s+{_THAN}\s+{_WHEN}",
        rf"\b{_WAY}\b(?:\s+(?:by|of))?\s+{_ABOUT}{_SIZE}(?![0-9]*[/\-]){_OF}{_NOUN}\s+{_THAN}\s+{_WHEN}",
        rf"^\W*{_START}{_ABOUT}{_SIZE}{_OF}\s+(?P<way>{_UP}|{_DOWN})\W*$",
        rf"^\W*(?:an?\s+)?{_WAY}(?:\s+(?:by|of))?\s+{_ABOUT}{_SIZE}(?![0-9]*[/\-]){_OF}\W*$",
    )
)
_FROM_TO = re.compile(
    rf"\b{_WAY}\s+from\s+{_SIZE}(?![0-9]*\s*[/\-\u2010-\u2015]\s*[0-9]){_OF}(?:\s+in\s+{_WHEN})?", re.IGNORECASE
)
_SAME = re.compile(
    rf"\b(?:same\s+as|unchanged\s+(?:from|since|on)|no\s+change\s+(?:from|since|on))\s+{_WHEN}", re.IGNORECASE
)
_SUM = re.compile(
    r"(?:derived\s*:?|=)\s*([0-9][0-9,]*(?:\s*[+\-\u2212\u2013]\s*[0-9][0-9,]*)+)(?![0-9]*\s*[/%.])", re.IGNORECASE
)
_CHANGE_ROW = re.compile(
    r"^(?:(?:percentage|percent|per cent|%|net|annual|year on year)\s+)*"
    rf"(?P<way>change|difference|{_UP}|{_DOWN})\s+(?:in|of)\s+(?P<noun>.+?)(?:\s+{_THAN}\s+{_WHEN})?$",
    re.IGNORECASE,
)
_SOME_WAY = re.compile(rf"\b(?:{_UP}|{_DOWN}|same|unchanged|no\s+change)\b", re.IGNORECASE)
_DOWN_WORDS = frozenset(_DOWN.split("|"))


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
    note = figure.note[:LONGEST_NOTE]
    if not _SOME_WAY.search(note) or vocabulary().elsewhere.search(note):
        return
    taken: list[tuple[int, int]] = []
    for pattern in STATEMENTS:
        for match in pattern.finditer(note):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            yield from _statement(match, figure, words(note[: match.start()]))
    for match in _FROM_TO.finditer(note):
        yield from _statement(match, figure, words(note[: match.start()]), level=True)
    for match in _SAME.finditer(note):
        if year := _year(match.group("when"), figure.year):
            yield Statement(match.group(), (), Published(0), "", year)


def statement_of_row(figure: Figure) -> Statement | None:
    """What a row such as "change in missing episodes on 2019/20" states by its value."""
    match = _CHANGE_ROW.match(figure.measure.strip())
    year = _year(match.group("when"), figure.year) if match else None
    if not match or not year or figure.number is None or not figure.meaning.is_everyone:
        return None
    value = figure.value
    down = match.group("way").casefold() in _DOWN_WORDS
    signed = Published(-value.units, value.places) if down and value.units > 0 else value
    of = "percent" if figure.unit == PERCENT else ""
    text = f"{figure.measure}: {value}"
    return Statement(text, words(match.group("noun")), signed, of, year, of_another=True)


def sums_in(figure: Figure) -> Iterator[tuple[str, int]]:
    """Sums a note says the value was derived by ("derived: 3993 + 683"), and what they make."""
    for match in _SUM.finditer(figure.note[:LONGEST_NOTE]):
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
    down = found["way"].casefold() in _DOWN_WORDS and not level
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
