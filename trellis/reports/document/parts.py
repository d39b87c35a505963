"""The parts of a report. Every digit in them stands in a Number (a figure) or a Name (a period, a label, a limit)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from string import Formatter

from trellis.measures.figures import Figure

FEW_COLUMNS = 4
SUPPRESSED = "c"
NO_BASE = "–"


class NumberTypedByHand(ValueError):
    """A sentence holds a digit that stands for no figure."""


@dataclass(frozen=True)
class Number:
    """A figure as it is written, with what it was made of. ``value`` is None when suppressed or without a base."""

    text: str
    value: float | None
    measure: str
    figures: tuple[Figure, ...]

    @property
    def suppressed(self) -> bool:
        return any(figure.suppressed for figure in self.figures)


@dataclass(frozen=True)
class Name:
    """Words that come from data and may hold digits: a year, a month, a category, a time limit."""

    text: str


@dataclass(frozen=True)
class Typed:
    """A number somebody typed into the edition's own sentences: nothing stands behind it, and the report says so."""

    text: str


Run = str | Number | Name | Typed
Words = tuple[Run, ...]
Row = Sequence[Run]


def say(template: str, **values: Run | Words) -> Words:
    """A sentence: plain text with ``{name}`` where a figure, a name or another phrase stands.

    Raises NumberTypedByHand when the text itself, or a plain string among the values, holds a digit.
    """
    words: list[Run] = []
    for text, name, _, _ in Formatter().parse(template):
        given = values[name] if name else ()
        words += [text, *(given if isinstance(given, tuple) else (given,))]
    for run in words:
        if isinstance(run, str) and any(letter.isdigit() for letter in run):
            raise NumberTypedByHand(f"a digit stands in {run!r}: give a figure")
    return tuple(run for run in words if run != "")


def plain(words: Run | Words) -> str:
    """The words as text."""
    runs = words if isinstance(words, tuple) else (words,)
    return "".join(run if isinstance(run, str) else run.text for run in runs)


@dataclass(frozen=True)
class Paragraph:
    words: Words


@dataclass(frozen=True)
class Column:
    label: Words
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first cell names its row."""

    key: str
    caption: Words
    columns: Sequence[Column]
    rows: Sequence[Row]
    foot: Row = ()
    notes: Sequence[Words] = ()

    @property
    def narrow(self) -> bool:
        """Few columns: the numbers stand near their names, not at the far edge of the page."""
        return len(self.columns) <= FEW_COLUMNS

    @property
    def lines(self) -> Sequence[Row]:
        """The rows, and the foot where there is one."""
        return [*self.rows, *([self.foot] if self.foot else [])]


@dataclass(frozen=True)
class Series:
    name: str
    numbers: Sequence[Number]


@dataclass(frozen=True)
class Picture:
    """A chart whose title says the finding, and the table that holds the same numbers."""

    key: str
    kind: str
    title: Words
    categories: Sequence[str]
    series: Sequence[Series]
    table: Table
    base: str
    unit: str = ""


@dataclass(frozen=True)
class Headlines:
    """The few numbers a reader leaves with."""

    items: Sequence[tuple[str, Number, Words]]


@dataclass(frozen=True)
class Definition:
    """How a measure's figures were made; the anchor behind every number."""

    measure: str
    title: str
    rows: Sequence[tuple[str, str]]
    value: Number | None = None


@dataclass(frozen=True)
class Definitions:
    items: Sequence[Definition]


Part = Paragraph | Table | Picture | Headlines | Definitions


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class Report:
    """A whole report. ``as_at`` is the moment of its snapshot: the only time that enters a file."""

    title: str
    hub: str
    period: str
    marking: str
    as_at: datetime
    snapshot: str
    sections: Sequence[Section]
    findings: Sequence[str] = ()
    figures: Sequence[Figure] = field(default=(), repr=False)

    def tables(self) -> Iterator[Table]:
        """Every table in order, those of the charts too."""
        return tables_of(self.parts())

    def parts(self) -> Iterator[Part]:
        return (part for section in self.sections for part in section.parts)

    def narrative(self) -> Iterator[Words]:
        """Every run of words: paragraphs, captions, titles of charts, notes, headlines, cells."""
        for part in self.parts():
            if isinstance(part, Paragraph):
                yield part.words
            elif isinstance(part, Picture):
                yield part.title
            elif isinstance(part, Headlines):
                yield from (words for _, _, words in part.items)
        for table in self.tables():
            yield from (table.caption, *table.notes, *(column.label for column in table.columns))
            yield from (tuple(line) for line in table.lines)


def tables_of(parts: Iterable[Part]) -> Iterator[Table]:
    """The tables among these parts, those of the charts too."""
    for part in parts:
        if isinstance(part, Table):
            yield part
        elif isinstance(part, Picture):
            yield part.table


def anchor(measure: str) -> str:
    """The place in a document where a measure is explained."""
    return f"made-{measure.replace('.', '-').replace('_', '-')}"
