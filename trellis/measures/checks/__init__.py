"""Checks of published figures for sense: other people's tables, and our own reports before they are published.

`check_figures` takes the rows of a table and hands back what is wrong or doubtful in them. It proves what can be proved
with whole numbers, and says of everything else what would have to be true. See docs/explanation/checking-figures.md.
"""

from collections.abc import Iterable, Mapping

from trellis.measures.checks.agreement import agreement_findings
from trellis.measures.checks.changes import change_findings
from trellis.measures.checks.figures import figure_from
from trellis.measures.checks.findings import Finding, Severity, in_order
from trellis.measures.checks.partitions import partition_findings
from trellis.measures.checks.reading import LINE, UnusableTable, read_records
from trellis.measures.checks.rows import UNSOUND, row_faults
from trellis.measures.checks.shares import share_findings
from trellis.measures.checks.table import Table
from trellis.measures.checks.wholes import whole_findings

__all__ = ["Finding", "Severity", "UnusableTable", "check_figures", "read_records"]

FIRST_ROW = 2


def check_figures(records: Iterable[Mapping[str, object]]) -> list[Finding]:
    """Findings in a table of published figures, gravest first; empty where every row is sound.

    Each record maps report_year, section, measure, breakdown, value, unit and note to text or numbers. A value is read
    to the decimals it is written in, so pass text where trailing noughts count. `line` is where the row stands; without
    it rows are numbered as in a file with one header line.
    """
    findings: list[Finding] = []
    figures, sound = [], []
    for place, record in enumerate(records, start=FIRST_ROW):
        line = record.get(LINE)
        figure = figure_from(record, int(str(line)) if line is not None else place)
        faults = list(row_faults(record, figure))
        findings += faults
        figures.append(figure)
        if not UNSOUND.intersection(fault.kind for fault in faults):
            sound.append(figure)
    table = Table(sound)
    findings += share_findings(table)
    findings += partition_findings(table)
    findings += agreement_findings(table)
    findings += change_findings(table, figures)
    findings += whole_findings(table)
    return in_order(findings)
