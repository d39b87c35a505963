"""The report's tables as a workbook: a sheet for each, and every figure with its definition, numerator, denominator."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from trellis.measures.figures import Figure
from trellis.reports.document.packing import packed
from trellis.reports.document.parts import SUPPRESSED, Definitions, Number, Report, Run, Table, plain

LONGEST_SHEET_NAME = 31
NOT_IN_A_SHEET_NAME = re.compile(r"[^A-Za-z0-9 -]")
HEADINGS = (
    "Measure",
    "Title",
    "Year",
    "Breakdown",
    "Category",
    "Unit",
    "Value",
    "Numerator",
    "Denominator",
    "Population",
    "Suppressed",
    "Version of the definition",
    "Snapshot",
)
# Text stays text: a cell that begins with = is never a formula, and an address never a link.
PLAIN_TEXT = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook_file(report: Report) -> bytes:
    """One sheet for each table, then Figures and Definitions. No cell holds a formula."""
    out = BytesIO()
    book = Workbook(out, PLAIN_TEXT)
    book.set_properties({"title": report.title, "author": report.hub, "created": report.as_at.replace(tzinfo=None)})
    writer = Writer(book)
    for table in report.tables():
        writer.table(table)
    writer.figures(report.figures)
    for part in report.parts():
        if isinstance(part, Definitions):
            writer.definitions(part)
    book.close()
    return packed(out.getvalue(), report.as_at)


class Writer:
    """Writes sheets; ``taken`` keeps their names apart."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.taken: set[str] = set()
        self.bold = book.add_format({"bold": True})
        self.heading = book.add_format({"bold": True, "bottom": 2, "bottom_color": "#0b4f55", "text_wrap": True})
        self.percent = book.add_format({"num_format": '0"%"'})
        self.whole = book.add_format({"num_format": "#,##0"})
        self.tenth = book.add_format({"num_format": "0.0"})
        self.right = book.add_format({"align": "right"})

    def table(self, table: Table) -> None:
        sheet = self.sheet(table.key)
        sheet.write_string(0, 0, plain(table.caption), self.bold)
        self.headings(sheet, 2, [plain(column.label) for column in table.columns])
        for down, line in enumerate(table.lines, 3):
            for across, cell in enumerate(line):
                self.cell(sheet, down, across, cell)
        for down, note in enumerate(table.notes, len(table.lines) + 4):
            sheet.write_string(down, 0, plain(note))

    def cell(self, sheet: Any, down: int, across: int, cell: Run) -> None:
        if not isinstance(cell, Number):
            sheet.write_string(down, across, plain(cell))
        elif cell.value is None:
            sheet.write_string(down, across, cell.text, self.right)
        else:
            sheet.write_number(down, across, signed(cell), self.form(cell.text))

    def form(self, text: str) -> Any:
        return self.percent if text.endswith("%") else self.tenth if "." in text else self.whole

    def figures(self, figures: Iterable[Figure]) -> None:
        sheet = self.sheet("Figures")
        self.headings(sheet, 0, HEADINGS)
        for down, figure in enumerate(figures, 1):
            for across, value in enumerate(row_of(figure)):
                if isinstance(value, int | float | Decimal):
                    sheet.write_number(down, across, float(value))
                else:
                    sheet.write_string(down, across, value)
        sheet.freeze_panes(1, 0)

    def definitions(self, definitions: Definitions) -> None:
        sheet = self.sheet("Definitions")
        terms = list(dict.fromkeys(term for one in definitions.items for term, _ in one.rows))
        self.headings(sheet, 0, ["Measure", "Title", *terms])
        for down, one in enumerate(definitions.items, 1):
            said = dict(one.rows)
            for across, text in enumerate([one.measure, one.title, *(said.get(term, "") for term in terms)]):
                sheet.write_string(down, across, text)

    def sheet(self, name: str) -> Any:
        """A new sheet with a name a workbook allows and no other sheet has."""
        base = NOT_IN_A_SHEET_NAME.sub(" ", name.replace("_", "-").replace(".", "-"))[:LONGEST_SHEET_NAME]
        allowed, number = base, 2
        while allowed.lower() in self.taken:
            allowed = f"{base[: LONGEST_SHEET_NAME - 3]} {number}"
            number += 1
        self.taken.add(allowed.lower())
        made = self.book.add_worksheet(allowed)
        made.set_column(0, 0, 44)
        made.set_column(1, len(HEADINGS), 16)
        return made

    def headings(self, sheet: Any, down: int, words: Iterable[str]) -> None:
        for across, text in enumerate(words):
            sheet.write_string(down, across, text, self.heading)


def signed(number: Number) -> float:
    """The number with the sign it is written with."""
    assert number.value is not None
    return -number.value if number.text.startswith("−") else number.value


def row_of(figure: Figure) -> list[str | int | Decimal]:
    """A figure as a row of the sheet Figures; c where it is suppressed."""
    key, category = next(iter(figure.breakdown.items()), ("", ""))
    numbers = [
        SUPPRESSED if figure.suppressed else "" if value is None else value
        for value in (figure.value, figure.numerator, figure.denominator)
    ]
    return [
        figure.measure,
        figure.title,
        figure.year,
        key,
        category,
        figure.unit,
        *numbers,
        figure.population,
        "yes" if figure.suppressed else "no",
        figure.definition,
        figure.snapshot,
    ]
