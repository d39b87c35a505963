"""One search of one text for everything that could tell who it is about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from trellis.case_studies.checking.dates import dates
from trellis.case_studies.checking.findings import Finding, without_doubles
from trellis.case_studies.checking.folding import foldings
from trellis.case_studies.checking.identities import Identities
from trellis.case_studies.checking.index import Index
from trellis.case_studies.checking.names import names
from trellis.case_studies.checking.numbers import Numbers, numbers
from trellis.case_studies.checking.unknown import rare_events, together, unknown_words
from trellis.case_studies.checking.words import words_of


@lru_cache(maxsize=8)
def _laid_out(identities: Identities) -> tuple[Index, Numbers]:
    return Index(identities), Numbers(identities)


def check(identities: Identities, text: str) -> list[Finding]:
    """What in ``text`` could tell whose story it is, in order of place; nothing found is an empty list."""
    return without_doubles(_all(identities, text))


def _all(identities: Identities, text: str) -> Iterator[Finding]:
    index, known = _laid_out(identities)
    for folded in foldings(text):
        words = words_of(folded)
        yield from names(index, folded, words)
        yield from numbers(known, folded, words)
        yield from dates(identities.days, folded, words)
        yield from unknown_words(words, folded)
        yield from rare_events(folded, words)
        yield from together(folded)
