"""Whether the categories of a breakdown exclude each other, and whether those listed are all there are."""

from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from trellis.measures.checks.figures import Figure
from trellis.measures.checks.table import Sense
from trellis.measures.checks.vocabulary import Family, vocabulary, words
from trellis.measures.checks.wording import OLDEST, YOUNGEST


class Kind(Enum):
    EXCLUSIVE = "exclusive"
    OVERLAPPING = "overlapping"
    SAID_TO_OVERLAP = "said to overlap"
    UNKNOWN = "unknown"


class Listed(Enum):
    ALL = "all"
    PROBABLY_ALL = "probably all"
    PERHAPS_SOME = "perhaps some"


def kind_of(figures: Sequence[Figure], senses: Sequence[Sense]) -> Kind:
    """What the table says of its categories, and else what the vocabulary says of the family."""
    known = vocabulary()
    measures = " ; ".join({figure.measure for figure in figures})
    notes = " ; ".join({figure.note for figure in figures if figure.note})
    if known.overlapping.search(measures) or known.overlapping.search(notes):
        return Kind.SAID_TO_OVERLAP
    if known.exclusive_in_measure.search(measures) or known.exclusive.search(measures + notes):
        return Kind.EXCLUSIVE
    family = senses[0].family
    if family is None:
        return Kind.UNKNOWN
    if family.name == "age":
        return _kind_of_ages(figures)
    if family.kind == "separated":
        return Kind.EXCLUSIVE if family.separators & {sense.category for sense in senses} else Kind.UNKNOWN
    return Kind(family.kind)


def _kind_of_ages(figures: Sequence[Figure]) -> Kind:
    bands = _bands(figures)
    for (_, last), (first, _) in pairwise(bands):
        if first <= last:
            return Kind.OVERLAPPING
    unread = [
        figure for figure in figures if not figure.meaning.ages and figure.meaning.category not in vocabulary().rest
    ]
    return Kind.UNKNOWN if unread else Kind.EXCLUSIVE


def _bands(figures: Sequence[Figure]) -> list[tuple[int, int]]:
    return sorted({figure.meaning.ages for figure in figures if figure.meaning.ages})


def listed(figures: Sequence[Figure], family: Family | None, categories: frozenset[str]) -> Listed:
    """Whether the categories listed are everyone: some tables print the largest groups only."""
    if any(words(category) in vocabulary().rest for category in categories):
        return Listed.ALL
    if family is None:
        return Listed.PERHAPS_SOME
    if family.name == "age" and _without_gap(_bands(figures)):
        return Listed.ALL
    if any(names <= categories for names in family.whole):
        return Listed.ALL if family.complete else Listed.PROBABLY_ALL
    return Listed.PERHAPS_SOME


def _without_gap(bands: list[tuple[int, int]]) -> bool:
    if not bands or bands[0][0] > YOUNGEST or bands[-1][1] < OLDEST:
        return False
    return all(first == last + 1 for (_, last), (first, _) in pairwise(bands))


def nested(categories: frozenset[str]) -> frozenset[str]:
    """Categories that are part of another one listed: "white british" beside "white", or "of which ..."."""
    names = {category: words(category) for category in categories}
    outer = set(names.values()) - vocabulary().rest
    return frozenset(
        category
        for category, name in names.items()
        if category.startswith(("which ", "including "))
        or any(name[:length] in outer for length in range(1, len(name)))
    )
