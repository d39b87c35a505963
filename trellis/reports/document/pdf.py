"""The report as a tagged PDF: structure for PDF/UA-1, bookmarks, language, running header, page n of m."""

from __future__ import annotations

from weasyprint import HTML
from weasyprint.urls import URLFetcher

from trellis.reports.document.html import page
from trellis.reports.document.parts import Report

VARIANT = "pdf/ua-1"


def pdf_file(report: Report) -> bytes:
    """The same words and tables as the HTML file, charts as tagged images with alternative text.

    Charts and typeface are inside the page; nothing is fetched from disk or network.
    """
    text = page(report, sheets=("report.css", "print.css"), as_images=True)
    inside_only = URLFetcher(allowed_protocols=("data",))
    made: bytes = HTML(string=text, url_fetcher=inside_only).write_pdf(pdf_variant=VARIANT)
    return made
