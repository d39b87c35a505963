"""The report as one HTML file that opens from disk: styles, typeface and charts are inside it."""

from __future__ import annotations

from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from trellis.core.presenters import moment
from trellis.core.typeface import typeface
from trellis.reports.document.parts import Report, anchor

STYLES = Path(__file__).parent


def html_file(report: Report) -> bytes:
    """The whole report; every number leads to its definition further down."""
    return page(report, sheets=("report.css", "screen.css", "print.css")).encode()


def page(report: Report, *, sheets: tuple[str, ...], as_images: bool = False) -> str:
    """The report with the style sheets named, its charts as images where a document must tag them."""
    style = "\n".join([typeface(), *((STYLES / sheet).read_text(encoding="utf-8") for sheet in sheets)])
    context = {
        "report": report,
        "as_at": moment(report.as_at),
        "style": mark_safe(style),  # noqa: S308 our own files
        "address_of": lambda measure: f"#{anchor(measure)}",
        "as_images": as_images,
    }
    return render_to_string("reports/document/report.html", context)
