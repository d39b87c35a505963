"""Rows and words for the report pages. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trellis.core.tables import Column, Table
from trellis.measures.figures import Figure
from trellis.reports.annual.made import definitions
from trellis.reports.book import Book, Material, written
from trellis.reports.document.files import FORMATS
from trellis.reports.document.parts import NO_BASE, SUPPRESSED, Definition
from trellis.reports.models import Edition, EditionFile

KILOBYTE = 1024
NUMBERS = (Column("Value", numeric=True), Column("Numerator", numeric=True), Column("Denominator", numeric=True))
FRIENDLY = {"month": "Month", "sex": "Sex", "age": "Age", "reason": "Reason", "source_agency": "Agency"}


@dataclass(frozen=True)
class FileLink:
    name: str
    words: str
    size: str


def file_links(files: Iterable[EditionFile]) -> list[FileLink]:
    """The files of an edition in the order of the formats."""
    sizes = {file.name: file.size for file in files}
    return [
        FileLink(name, form.words, f"{max(1, sizes[name] // KILOBYTE):,} KB")
        for name, form in FORMATS.items()
        if name in sizes
    ]


def year_from_address(text: str) -> str:
    """2022-23, as an address writes a report year, to 2022/23."""
    return text.replace("-", "/")


@dataclass(frozen=True)
class FigurePage:
    """How a measure's figures were made in one edition: words, the years, the categories of the report's year."""

    definition: Definition
    tables: list[Table]
    inputs: list[tuple[str, str]]


def figure_page(edition: Edition, material: Material, measure: str) -> FigurePage | None:
    """The page of a measure; None for one the edition does not hold."""
    book = Book(material)
    found = next((one for one in definitions(book) if one.measure == measure), None)
    if found is None:
        return None
    figures = [figure for figure in material.figures if figure.measure == measure]
    return FigurePage(found, tables(book, figures), inputs(material, measure))


def inputs(material: Material, measure: str) -> list[tuple[str, str]]:
    """The measures a derived number is worked out from: (code, title)."""
    made_of = {"derived.missing.reports_per_child": ("missing.reports", "missing.children")}
    return [(code, str(material.measures[code]["title"])) for code in made_of.get(measure, ())]


def tables(book: Book, figures: Sequence[Figure]) -> list[Table]:
    """The figure over the years, then each breakdown of the report's year."""
    whole = [figure for figure in figures if not figure.breakdown]
    made = [table("Over the years", "Year", [(figure.year, figure) for figure in whole])] if whole else []
    of_the_year = [figure for figure in figures if figure.breakdown and figure.year == book.year]
    for key in dict.fromkeys(key for figure in of_the_year for key in figure.breakdown):
        rows = [(book.label(key, f.breakdown[key]).text, f) for f in of_the_year if key in f.breakdown]
        heading = FRIENDLY.get(key, key.replace("_", " ").capitalize())
        made.append(table(f"{book.year} by {heading.lower()}", heading, rows))
    return made


def table(caption: str, heading: str, rows: Sequence[tuple[str, Figure]]) -> Table:
    return Table(caption, [Column(heading), *NUMBERS], [[name, *numbers(figure)] for name, figure in rows])


def numbers(figure: Figure) -> list[str]:
    """Value, numerator and denominator as a page writes them."""
    below = NO_BASE if figure.denominator is None else f"{figure.denominator:,}"
    if figure.suppressed:
        return [SUPPRESSED] * 3
    return [written(figure), f"{figure.numerator:,}", below]
