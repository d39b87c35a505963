"""The words of a text as the checker reads them, and which words are ordinary ones."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from trellis.case_studies.checking.folding import Folded

TABLES = Path(__file__).parent / "tables"
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
SENTENCE_ENDS = '.!?:;\n"“”•([*#>-/'
ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "ings", "ier", "ness", "est", "r")


def word_list(name: str) -> frozenset[str]:
    """A list of ``tables/words.toml``."""
    lists = tomllib.loads((TABLES / "words.toml").read_text(encoding="utf-8"))
    return frozenset(str(lists[name]).split())


FREQUENT = word_list("frequent")


@cache
def _ordinary() -> frozenset[str]:
    return frozenset((TABLES / "ordinary.txt").read_text(encoding="utf-8").split())


@cache
def is_ordinary(word: str) -> bool:
    """Whether a small-letter word is one of everyday prose, or one with an ending."""
    known = _ordinary()
    if word in known:
        return True
    for ending in ENDINGS:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 2:
            doubled = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem
            if {stem, stem + "e", doubled, stem[:-1] + "y" if stem.endswith("i") else stem} & known:
                return True
    return False


class Word(NamedTuple):
    """One word: ``plain`` is small and without apostrophes. ``opens``: its capital is a sentence's own."""

    plain: str
    start: int
    end: int
    capital: bool
    opens: bool

    @property
    def odd_capital(self) -> bool:
        """A capital where no sentence begins."""
        return self.capital and not self.opens


def words_of(folded: Folded) -> list[Word]:
    cased = folded.cased
    made: list[Word] = []
    for found in WORD.finditer(folded.text):
        start, end = found.span()
        plain = found.group()
        if "'" in plain:
            plain = plain.replace("'", "")
        capital = cased[start].isupper()
        made.append(Word(plain, start, end, capital, capital and _opens(cased, start, made)))
    return made


def _opens(cased: str, start: int, before: list[Word]) -> bool:
    if not before:
        return True
    last = before[-1]
    gap = cased[last.end : start]
    if gap[:1] == "." and last.end - last.start == 1 and last.capital:
        return False  # "K. Frost": the stop belongs to an initial
    return any(mark in SENTENCE_ENDS for mark in gap)


def windows(words: list[Word], marks: Callable[[Word], bool], near: int = 6) -> list[tuple[int, int]]:
    """Stretches of the folded text around the words that ``marks`` picks, ``near`` words to each side."""
    made: list[tuple[int, int]] = []
    last = -1
    for at, word in enumerate(words):
        if marks(word):
            first, to = max(at - near, 0), min(at + near, len(words) - 1)
            if made and first <= last:
                made[-1] = (made[-1][0], words[to].end + 2)
            else:
                made.append((words[first].start, words[to].end + 2))
            last = to
    return made
