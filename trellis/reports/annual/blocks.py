"""Tables and charts several sections share."""

from __future__ import annotations

from collections.abc import Sequence

from trellis.core.presenters import lower_first
from trellis.reports.book import Book
from trellis.reports.document.parts import Column, Name, Number, Picture, Run, Series, Table, Words, plain, say

ROUNDING = say("Shares are rounded to whole numbers, so they may not sum to exactly a hundred.")


def heading(label: Run | Words, numeric: bool = True) -> Column:
    return Column(label if isinstance(label, tuple) else (label,), numeric)


def shares(
    book: Book, measure: str, key: str, *, caption: Words, first: str, notes: Sequence[Words] = (), whole: bool = True
) -> Table:
    """A distribution of the report's year: number and share of each category, and with ``whole`` the base as foot."""
    categories = book.categories(measure, key, nought=True)
    kept = [category for category in categories if book.figure(measure, **{key: category}).numerator != 0]
    rows = [
        [
            book.label(key, category),
            book.part(measure, "numerator", **{key: category}),
            book.number(measure, **{key: category}),
        ]
        for category in kept
    ]
    base = book.part(measure, "denominator", **{key: categories[0]})
    foot: list[Run] = ["All", base, ""] if whole else []
    columns = [heading(first, numeric=False), heading("Number"), heading("Share")]
    return Table(f"{measure}-{key}", caption, columns, rows, foot, [base_note(book, measure), *notes])


def counts(book: Book, measure: str, key: str, *, caption: Words, first: str, notes: Sequence[Words] = ()) -> Table:
    """A count of the report's year by category, with its total."""
    rows = [
        [book.label(key, category), book.number(measure, **{key: category})]
        for category in book.categories(measure, key)
    ]
    columns = [heading(first, numeric=False), heading("Number")]
    return Table(f"{measure}-{key}", caption, columns, rows, ["All", book.number(measure)], notes)


def base_note(book: Book, measure: str) -> Words:
    return ("Base: ", Name(lower_first(str(book.material.measures[measure]["population"]))), ".")


def picture_of(
    table: Table, *, title: Words, name: str, column: int, base: str, kind: str = "bars", unit: str = ""
) -> Picture:
    """A chart of one column of a table, the foot left out."""
    numbers = [cell for row in table.rows if isinstance(cell := row[column], Number)]
    categories = [plain(row[0]) for row in table.rows]
    return Picture(table.key, kind, title, categories, [Series(name, numbers)], table, base, unit)


def ranked(book: Book, measure: str, key: str) -> list[str]:
    """Categories whose figure is shown, the most frequent first; what is not known is no category."""
    shown = [
        category
        for category in book.categories(measure, key)
        if category not in ("not_known", "not_listed") and book.figure(measure, **{key: category}).numerator is not None
    ]
    return sorted(shown, key=lambda category: -(book.figure(measure, **{key: category}).numerator or 0))


def in_words(book: Book, key: str, category: str) -> Name:
    """A category inside a sentence."""
    return Name(lower_first(book.label(key, category).text))


def moved(book: Book, measure: str, rose: str = "rose", fell: str = "fell", stayed: str = "stayed the same") -> str:
    """Which way a figure went from the first year compared to the report's."""
    then, now = book.figure(measure, book.years[0]).value, book.figure(measure).value
    if then is None or now is None:
        return "changed"
    return stayed if now == then else rose if now > then else fell
