"""The files of a report, by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from trellis.reports.document.html import html_file
from trellis.reports.document.parts import Report
from trellis.reports.document.pdf import pdf_file
from trellis.reports.document.slides import slides_file
from trellis.reports.document.workbook import workbook_file

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Format:
    """How a file is made, what it is called to a browser and to a reader."""

    make: Callable[[Report], bytes]
    media_type: str
    words: str


def figures_file(report: Report) -> bytes:
    """The published figures as JSON, one object each, disclosure control applied."""
    rows = [json.dumps(figure.as_json(), ensure_ascii=False) for figure in report.figures]
    return ("[\n" + ",\n".join(rows) + "\n]\n").encode()


FORMATS: Mapping[str, Format] = {
    "report.html": Format(html_file, "text/html; charset=utf-8", "One web page that opens from disk"),
    "report.pdf": Format(pdf_file, "application/pdf", "PDF, to print or send"),
    "report.pptx": Format(slides_file, f"{OFFICE}.presentationml.presentation", "Slides"),
    "tables.xlsx": Format(workbook_file, f"{OFFICE}.spreadsheetml.sheet", "Tables and figures, a workbook"),
    "figures.json": Format(figures_file, "application/json", "Figures for other systems"),
}


def report_files(report: Report, tell: Callable[[str], None]) -> dict[str, bytes]:
    """Every file of the report; ``tell`` hears of each."""
    made = {}
    for name, form in FORMATS.items():
        tell(f"writing {name}")
        made[name] = form.make(report)
    return made
