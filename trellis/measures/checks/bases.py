"""How many a share is a share of, as far as the table itself says."""

import re
from dataclasses import dataclass

from trellis.measures.checks.figures import Figure
from trellis.measures.checks.table import HUB, Sizes, Table, section_population
from trellis.measures.checks.vocabulary import vocabulary, words

# More candidates than this and the table does not tell which count a share belongs to.
MOST_CANDIDATES = 8
_COUNT = r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?![0-9]*\s*[/\-\u2013%.][0-9])(?!%|\s*per)"
_STATED = re.compile(rf"\b(?:n|base|denominator)\s*(?:=|:|is|of)?\s*{_COUNT}\b", re.IGNORECASE)
_OF_THE = re.compile(rf"\W*(?:out\s+)?of\s+(?:the\s+|all\s+)?{_COUNT}\b", re.IGNORECASE)
_OUT_OF = re.compile(
    rf"\b(?:([0-9][0-9,]*)\s+(?:out\s+)?of|out of)\s+(?:the\s+|all\s+)?{_COUNT}\b\s*([a-z ]*)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Base:
    size: int
    name: str
    line: int
    numerator: int | None = None
    is_stated: bool = False

    def __str__(self) -> str:
        return f"{self.size:,} ({self.name})"


def bases_of(table: Table, figure: Figure) -> tuple[Base, ...]:
    """The counts that `figure` may be a share of: none where the table does not tell, several where it may be either.

    A base stated in the row's note stands alone. Else it is the count the share names ("share of referrals"), and
    else the counts of the same section and year.
    """
    stated = _from_note(figure)
    if stated:
        return (stated,)
    sense = table.sense[figure.line]
    if sense.body and not sense.is_everyone:
        # "interviews within 72 hours, White British": of the interviews of that category, if the table has them
        parts = table.parts_beside(figure, sense.population, sense.category)
        found = {part.value.whole: part for part in parts}
    elif sense.population:
        found = _named(table, figure)
    else:
        found = table.populations_beside(figure)
    if len(found) > MOST_CANDIDATES:
        return ()
    return tuple(Base(size, total.name, total.line) for size, total in sorted(found.items()))


def _from_note(figure: Figure) -> Base | None:
    if match := _STATED.search(figure.note) or _OF_THE.match(figure.note):
        return Base(_number(match.group(1)), "the base in its note", figure.line, None, True)
    match = _OUT_OF.search(figure.note)
    if not match:
        return None
    following = words(match.group(3))
    if following and following[0] not in vocabulary().counted:
        return None
    numerator = _number(match.group(1)) if match.group(1) else None
    return Base(_number(match.group(2)), "the base in its note", figure.line, numerator, True)


def _number(text: str) -> int:
    return int(text.replace(",", "")[:18])


def _named(table: Table, figure: Figure) -> Sizes:
    """Counts of the population the share names: those of its own section, else all, with its section's own."""
    name = table.sense[figure.line].population
    here = table.totals_beside(figure, name)
    if here:
        return {total.value.whole: total for total in here}
    elsewhere = table.totals.get((figure.year, name), {})
    if elsewhere and section_population(figure) == HUB:
        return elsewhere | table.populations_beside(figure)
    return elsewhere
