"""A released story as a tagged PDF (PDF/UA-1): marking and page n of m on each page, nothing else."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from trellis.case_studies.models import ReleasedStudy
from trellis.cases.presenters import SYNTHETIC
from trellis.core.typeface import typeface

VARIANT = "pdf/ua-1"
STYLES = Path(__file__).with_name("document.css")
MARKING = "OFFICIAL"


def marking() -> str:
    return f"{MARKING} · {SYNTHETIC}" if settings.DEMONSTRATION else MARKING


def pdf_of(story: ReleasedStudy) -> bytes:
    """The document. Nothing is fetched from disk or network: the typeface is inside."""
    from weasyprint import CSS, HTML  # loaded for whoever takes a story, not with every page
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    inside_only, fonts = URLFetcher(allowed_protocols=("data",)), FontConfiguration()
    style = f"{typeface()}\n{STYLES.read_text(encoding='utf-8')}"
    text = render_to_string("case_studies/document.html", {"story": story, "marking": marking()})
    made: bytes = HTML(string=text, url_fetcher=inside_only).write_pdf(
        stylesheets=[CSS(string=style, url_fetcher=inside_only, font_config=fonts)],
        font_config=fonts,
        pdf_variant=VARIANT,
    )
    return made
