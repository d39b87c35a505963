"""Tables and charts several sections share."""

from __future__ import annotations

from collections.abc import Sequence

from trellis.core.presenters import lower_first
from trellis.reports.book import Book
from trellis.reports.document.parts import Column, Name, Number, Picture, Row, Run, Series, Table, Words, plain, say

UNKNOWN = ("not_known", "not_listed")
ROUNDING = say("Shares are rounded to whole numbers, so they may not sum to exactly a hundred.")


def heading(label: Run | Words, numeric: bool = True) -> Column:
    return Column(label if isinstance(label, tuple) else (label,), numeric)


def shares(
    book: Book,
    measure: str,
    key: str,
    *,
    caption: Words,
    first: str,
    notes: Sequence[Words] = (),
    whole: bool = True,
    frequent_first: bool = False,
) -> Table:
    """A distribution of the report's year: number and share of each category, and with ``whole`` the base as foot."""
    categories = book.categories(measure, key, nought=True)
    kept = [category for category in categories if book.figure(measure, **{key: category}).numerator != 0]
    if frequent_first:
        kept = by_frequency(book, measure, key, kept)
    rows: list[Row] = [
        [
            book.label(key, category),
            book.part(measure, "numerator", **{key: category}),
            book.number(measure, **{key: category}),
        ]
        for category in kept
    ]
    foot: Row = ["All", book.part(measure, "denominator", **{key: kept[0]}), ""] if whole and kept else []
    columns = [heading(first, numeric=False), heading("Number"), heading("Share")]
    return Table(f"{measure}-{key}", caption, columns, rows, foot, [base_note(book, measure), *notes])


def counts(book: Book, measure: str, key: str, *, caption: Words, first: str, frequent_first: bool = False) -> Table:
    """A count of the report's year by category, with its total."""
    categories = book.categories(measure, key)
    if frequent_first:
        categories = by_frequency(book, measure, key, categories)
    rows: list[Row] = [[book.label(key, category), book.number(measure, **{key: category})] for category in categories]
    columns = [heading(first, numeric=False), heading("Number")]
    return Table(f"{measure}-{key}", caption, columns, rows, ["All", book.number(measure)])


def base_note(book: Book, measure: str) -> Words:
    return ("Base: ", Name(lower_first(str(book.material.measures[measure]["population"]))), ".")


def picture_of(
    table: Table, *, title: Words, name: str, column: int, base: str, kind: str = "bars", unit: str = ""
) -> Picture:
    """A chart of one column of a table, the foot left out."""
    numbers = [cell for row in table.rows if isinstance(cell := row[column], Number)]
    categories = [plain(row[0]) for row in table.rows]
    return Picture(table.key, kind, title, categories, [Series(name, numbers)], table, base, unit)


def by_frequency(book: Book, measure: str, key: str, categories: Sequence[str]) -> list[str]:
    """The most frequent first, those suppressed after them, what is not known at the end."""

    def place(category: str) -> tuple[bool, int]:
        return category in UNKNOWN, -(book.figure(measure, **{key: category}).numerator or 0)

    return sorted(categories, key=place)


def ranked(book: Book, measure: str, key: str) -> list[str]:
    """Categories whose figure is shown, the most frequent first; what is not known is no category."""
    shown = [
        category
        for category in book.categories(measure, key)
        if category not in UNKNOWN and book.figure(measure, **{key: category}).numerator is not None
    ]
    return by_frequency(book, measure, key, shown)


def most_frequent(book: Book, measure: str, key: str) -> list[str]:
    """The category that leads, or all those that lead together; none when no category can be shown."""
    order = ranked(book, measure, key)
    highest = book.figure(measure, **{key: order[0]}).numerator if order else None
    return [category for category in order if book.figure(measure, **{key: category}).numerator == highest]


def most_frequent_period(book: Book, measure: str) -> str:
    """The period compared with the highest figure, the latest of equals; empty when none is shown."""
    shown = [(value, period) for period in book.years if (value := book.figure(measure, period).value) is not None]
    return max(shown)[1] if shown else ""


def listed(names: Sequence[Name], joint: str = "and") -> Words:
    """``a``, ``a and b``, ``a, b and c``."""
    words: list[Run] = []
    for place, name in enumerate(names):
        if place:
            words.append(f" {joint} " if place == len(names) - 1 else ", ")
        words.append(name)
    return tuple(words)


def in_words(book: Book, key: str, category: str) -> Name:
    """A category inside a sentence."""
    return Name(lower_first(book.label(key, category).text))


def noun(number: Number, one: str, many: str) -> str:
    """The words that follow a number: one child was, two children were."""
    return one if number.value == 1 else many


def moved(book: Book, measure: str) -> str:
    """Which way a figure went from the first year compared to the report's."""
    then, now = book.figure(measure, book.years[0]).value, book.figure(measure).value
    if then is None or now is None:
        return "changed"
    return "stayed the same," if now == then else "rose" if now > then else "fell"
