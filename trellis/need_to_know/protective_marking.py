"""Protective markings above what this system may hold. The words are a code list; a marking is a line, not a word."""

import re
import unicodedata
from collections.abc import Iterable

from trellis.core.reference_data import labels

REFUSED = "refused_marking"
DECORATION = " \t*_#=~-–—.:[](){}|<>/\\"
ANNOUNCED = re.compile(
    r"^(?:(?:protective|security)\s+)?(?:marking|classification|classified)\s*(?:as|is|[:=–-])?\s*", re.I
)


class MarkedTooHigh(ValueError):
    """The text carries a protective marking that this system may not hold."""

    def __init__(self, marking: str) -> None:
        super().__init__(
            f"This is marked {marking}. Trellis may hold OFFICIAL-SENSITIVE at most, so nothing was saved. Keep it on "
            "the system made for it and ask its owner for words that may stand here. If it is no marking, write the "
            "line as a sentence"
        )
        self.marking = marking


def check_marking(*texts: str) -> None:
    """Raises MarkedTooHigh when a line of a text is a marking of the code list ``refused_marking``."""
    refused = labels(REFUSED).values()
    for text in texts:
        marking = marking_of(text, refused)
        if marking:
            raise MarkedTooHigh(marking)


def marking_of(text: str, markings: Iterable[str]) -> str:
    """The highest marking that a line of ``text`` carries, else nothing.

    A line carries one when it says nothing else, when it announces one, when it is all in capitals and begins with one
    (``SECRET UK EYES ONLY``), or when one stands before it (``[SECRET]``, ``SECRET//``, ``SECRET:``). The word in a
    sentence, or in quotation marks, is none.
    """
    longest_first = sorted(markings, key=len, reverse=True)
    lines = [_as_read(line) for line in text.splitlines()]
    return next((m for m in longest_first if any(_carries(line, m.upper()) for line in lines)), "")


def _as_read(line: str) -> str:
    """The line without invisible letters, wide letters and more than one space."""
    folded = unicodedata.normalize("NFKC", line)
    return " ".join("".join(c for c in folded if unicodedata.category(c) != "Cf").split())


def _carries(line: str, marking: str) -> bool:
    words = rf"(?:UK\s+)?{re.escape(marking)}"
    bare = line.strip(DECORATION)
    announced = ANNOUNCED.sub("", bare)
    return bool(
        re.fullmatch(words, bare, re.IGNORECASE)
        or (announced != bare and re.match(rf"{words}\b", announced, re.IGNORECASE))
        or (line == line.upper() and re.match(rf"{words}\b", bare))
        or re.match(rf"[\[({{<*]*{words}\s?(?:[\])}}>*:]|//)", line)
    )
