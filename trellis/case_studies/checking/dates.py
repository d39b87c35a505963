"""Finds days, times and ages in whatever form they are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from trellis.case_studies.checking.findings import Finding, Severity
from trellis.case_studies.checking.folding import Folded
from trellis.case_studies.checking.words import TABLES, Word, windows, word_list

MONTHS = [
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
]
SHORT = {m[:3]: n for n, m in enumerate(MONTHS, 1)} | {"sept": 9} | {m: n for n, m in enumerate(MONTHS, 1)}
DAYS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
]
SMALL_NUMBERS = [
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
]
DAY_WORDS = {w: n for n, w in enumerate(DAYS, 1)} | {w.replace("-", " "): n for n, w in enumerate(DAYS, 1)}
ROMAN = {r: n for n, r in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1)}
M = (
    r"(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
MONTH_WORD = rf"{M}(?![a-z])\.?"
D = r"(?P<day>3[01]|[12]\d|0?[1-9])"
DW = rf"(?P<dayword>{'|'.join(sorted(DAY_WORDS, key=len, reverse=True))})"
Y = r"(?P<year>(?:19|20)\d\d|['’]?\d\d)"
ORD = r"\s?(?:st|nd|rd|th)"
WEEK = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
S = r"[\s,./_-]{0,3}"
B, E = r"(?<![a-z0-9])", r"(?![a-z0-9])"
NUMBER_WORD = (
    r"(?:\d{1,2}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|"
    r"eight|nine|seven|six|five)"
)
SMALL_WORD = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|a few|a couple of)"
WHY = {
    "full": "A day that can be looked up",
    "partly": "Part of a date: it narrows down which day is meant",
    "year": "A year",
    "time": "A time of day",
    "age": "An age exact to the month",
    "feast": "A day everybody knows the date of",
}


def _forms() -> list[tuple[re.Pattern[str], str]]:
    """The table of forms, the pieces put into their places."""
    pieces = globals()
    lines = (TABLES / "dates.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return [(re.compile(PIECE.sub(lambda piece: pieces[piece[1]], pattern)), what) for what, pattern in rows]


PIECE = re.compile(r"\{([A-Z_]+)\}")
FORMS = _forms()
LONE_MONTH = re.compile(
    r"(?<![\w'])(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)(?![\w'])"
)
ANCHORS = word_list("dated") | frozenset(SHORT) | frozenset(DAY_WORDS)
INSTEAD = {"date": "on a later day", "time": "at that hour", "age": "at that age"}


def dates(known: frozenset[date], folded: Folded, words: list[Word]) -> Iterator[Finding]:
    for start, end in windows(words, _may_be_dated):
        for form, what in FORMS:
            for found in form.finditer(folded.text, start, end):
                if what == "full" and not any(c.isdigit() for c in found.group()) and _only_may(found, folded):
                    continue
                kind = what if what in INSTEAD else "date"
                yield _made(folded, found, kind, WHY[what], _severity(found, what, known))
        for found in LONE_MONTH.finditer(folded.cased, start, end):
            severity = Severity.POSSIBLE if _opens(folded.cased, found.start()) else Severity.LIKELY
            yield _made(folded, found, "date", "The name of a month", severity)


def _may_be_dated(word: Word) -> bool:
    return word.plain in ANCHORS or not word.plain.isalpha()


def _only_may(found: re.Match[str], folded: Folded) -> bool:
    """``first may``: two ordinary words unless the month has a capital."""
    return found["mon"] in ("may", "mar", "march") and folded.cased[found.start("mon")].islower()


def _opens(cased: str, at: int) -> bool:
    before = cased[:at].rstrip(' "“')
    return not before or before[-1] in ".!?:\n" or "\n" in cased[len(before) : at]


def _made(folded: Folded, found: re.Match[str], kind: str, why: str, severity: Severity) -> Finding:
    start, end = folded.span(*found.span())
    return Finding(kind, start, end, folded.original[start:end], why, severity, instead=INSTEAD[kind])


def _severity(found: re.Match[str], what: str, known: frozenset[date]) -> Severity:
    parts = day_parts(found)
    if parts.get("day") and parts.get("month") and any(_fits(day, parts) for day in known):
        return Severity.CERTAIN
    if what == "partly" and set(parts) == {"day", "month"} and re.fullmatch(r"\d+[/.-]\d+", found.group()):
        return Severity.POSSIBLE
    if what == "partly" and set(parts) == {"day"} and not any(_fits(day, parts) for day in known):
        return Severity.POSSIBLE
    return Severity.LIKELY


def day_parts(found: re.Match[str]) -> dict[str, int]:
    """What of a day an expression says: ``{"day": 14, "month": 5}``."""
    said = found.groupdict()
    readers: dict[str, tuple[str, Callable[[str], int]]] = {
        "day": ("day", int),
        "dayword": ("day", lambda w: DAY_WORDS[w]),
        "m": ("month", int),
        "mon": ("month", lambda w: SHORT[w]),
        "roman": ("month", lambda w: ROMAN.get(w, 0)),
        "year": ("year", lambda w: _year(w.lstrip("'’"))),
    }
    return {part: read(said[name]) for name, (part, read) in readers.items() if said.get(name)}


def _year(figures: str) -> int:
    return int(figures) if len(figures) > 2 else 2000 + int(figures)


def _fits(day: date, parts: dict[str, int]) -> bool:
    said = {"day": day.day, "month": day.month, "year": day.year}
    return all(
        said[part] == value or (part == "year" and said[part] % 100 == value % 100) for part, value in parts.items()
    )
