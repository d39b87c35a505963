"""Finds what nothing in the record explains: words with a capital that may be names, events so rare that they tell who
it was, and facts that tell it together."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from trellis.case_studies.checking.findings import Finding, Severity
from trellis.case_studies.checking.folding import Folded
from trellis.case_studies.checking.index import TITLES
from trellis.case_studies.checking.words import TABLES, Word, is_ordinary, word_list

HARMLESS = word_list("harmless")
LETTERS = 3
EXACT_AGE = re.compile(
    r"(?<!\w)(?:aged?|is|was|turned)\s(?:\d\d|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen)(?!\w)"
)
TELLING = re.compile(
    r"(?<!\w)(?:only|first|youngest|oldest|last)\s(?:\w+\s){0,2}(?:girl|boy|child|pupil|student|family|person)(?!\w)"
)


def unknown_words(words: list[Word], folded: Folded) -> Iterator[Finding]:
    """Capitals in mid-sentence, and at its start when the word is no ordinary one."""
    for word in words:
        plain = word.plain
        if (
            not word.capital
            or plain in HARMLESS
            or plain in TITLES
            or len(plain) < 2
            or any(c.isdigit() for c in plain)
        ):
            continue
        if word.odd_capital or not is_ordinary(plain):
            why = (
                "A capital in mid-sentence, as names have" if word.odd_capital else "No ordinary word: it may be a name"
            )
            yield _made(folded, (word.start, word.end), "capital", why)


class Rare(NamedTuple):
    """A mark of a rare event. ``begins``: the letters one of its words begins with; texts without are passed by."""

    pattern: re.Pattern[str]
    begins: frozenset[str]
    says: str
    instead: str


@cache
def rare_table() -> tuple[Rare, ...]:
    with (TABLES / "rare.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(
            Rare(
                re.compile(rf"(?<!\w)(?:{row['words']})(?!\w)", re.IGNORECASE),
                frozenset(letters[:LETTERS].lower() for letters in re.findall(rf"[A-Za-z]{{{LETTERS},}}", row["words"]))
                - {"the"},
                row["says"],
                row["instead"],
            )
            for row in csv.DictReader(rows)
        )


def rare_events(folded: Folded, words: list[Word]) -> Iterator[Finding]:
    beginnings = {word.plain[:LETTERS] for word in words}
    for rare in rare_table():
        if not rare.begins.isdisjoint(beginnings):
            for found in rare.pattern.finditer(folded.cased):
                yield _made(folded, found.span(), "rare", rare.says, rare.instead)


def together(folded: Folded) -> Iterator[Finding]:
    """One fact tells nothing, two of them may."""
    for found in TELLING.finditer(folded.text):
        yield _made(folded, found.span(), "together", "There may be only one such person")
    for found in EXACT_AGE.finditer(folded.text):
        near = folded.text[max(0, found.start() - 200) : found.end() + 200]
        if re.search(r"(?<!\w)(?:academy|school|college|team|club|church|mosque|temple)(?!\w)", near):
            yield _made(
                folded, found.span(), "together", "An exact age beside a kind of place: together they narrow it down"
            )


def _made(folded: Folded, span: tuple[int, int], kind: str, why: str, instead: str = "") -> Finding:
    start, end = folded.span(*span)
    return Finding(kind, start, end, folded.original[start:end], why, Severity.POSSIBLE, instead=instead)
