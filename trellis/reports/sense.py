"""The report's own tables, put through the check that reads other people's."""

from __future__ import annotations

from collections.abc import Iterator

from trellis.measures.checks import Finding, Severity, check_figures
from trellis.measures.figures import Figure
from trellis.reports.annual.content import typed_numbers
from trellis.reports.book import period_of, written
from trellis.reports.document.parts import Number, Report, Table, plain, tables_of

GRAVE = frozenset({Severity.IMPOSSIBLE, Severity.CONTRADICTION})
WHOLE = "all"


def report_findings(report: Report) -> list[str]:
    """What a reader must be warned of: grave findings of the sense check, and each number typed by hand."""
    found = [in_words(finding) for finding in check_figures(records(report)) if finding.severity in GRAVE]
    return [*found, *typed_numbers(report)]


def in_words(finding: Finding) -> str:
    return f"{finding.year} {finding.measure}: {finding.message}; {finding.would_have_to_be_true}"


def records(report: Report) -> list[dict[str, object]]:
    """The report's tables as rows of a published table, each figure as it is written and once."""
    found: dict[tuple[str, str, str], dict[str, object]] = {}
    for section in report.sections:
        for table in tables_of(section.parts):
            for figure, label in figures_in(table):
                key = (period_of(figure), figure.measure, str(figure.breakdown))
                found.setdefault(key, record(section.key, figure, label))
    return list(found.values())


def figures_in(table: Table) -> Iterator[tuple[Figure, str]]:
    """Each figure that stands in a table with its own value, and the words its row begins with; its column's too,
    where the columns are categories as the rows are."""
    for line in table.lines:
        found = [
            (cell.figures[0], plain(column.label))
            for cell, column in zip(line, table.columns, strict=True)
            if isinstance(cell, Number) and len(cell.figures) == 1 and cell.text == written(cell.figures[0])
        ]
        crossed = len({str(figure.breakdown) for figure, _ in found if figure.breakdown}) > 1
        for figure, column in found:
            yield figure, f"{plain(line[0])}, {column}" if crossed else plain(line[0])


def record(section: str, figure: Figure, label: str) -> dict[str, object]:
    """A row of a published table; its measure is named with its breakdown, as two may have a line of the same words."""
    key = next(iter(figure.breakdown), "")
    cut = key.replace("_", " ")
    measure = figure.title if not key or figure.title.endswith(cut) else f"{figure.title} by {cut}"
    return {
        "report_year": period_of(figure),
        "section": section,
        "measure": measure,
        "breakdown": label if key else WHOLE,
        "value": written(figure).removesuffix("%"),
        "unit": figure.unit,
        "note": "",
    }
