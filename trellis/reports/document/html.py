"""The report as one HTML file that opens from disk: styles, typeface and charts are inside it."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from trellis.core.presenters import moment
from trellis.reports.document.parts import Report, anchor

STYLES = Path(__file__).parent
TYPEFACE, WEIGHTS = "Source Sans 3", (400, 600, 700)


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


@cache
def typeface() -> str:
    """The project's typeface as @font-face rules with the files inside; nothing when they are not built."""
    rules = []
    for weight in WEIGHTS:
        found = finders.find(f"core/fonts/source-sans-3-latin-{weight}-normal.woff2")
        if found:
            inside = b64encode(Path(found).read_bytes()).decode()
            rules.append(
                f'@font-face{{font-family:"{TYPEFACE}";font-weight:{weight};'
                f'src:url(data:font/woff2;base64,{inside}) format("woff2")}}'
            )
    return "\n".join(rules)
