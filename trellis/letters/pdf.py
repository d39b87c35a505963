"""The letter as a tagged PDF: marked, numbered, in the project's typeface, made anew from the words that were sent."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from trellis.core.presenters import day
from trellis.core.typeface import typeface
from trellis.letters.models import Letter

VARIANT = "pdf/ua-1"
STYLES = Path(__file__).with_name("letter.css")
MARKING, INVENTED = "OFFICIAL-SENSITIVE", "SYNTHETIC: nobody here is real"


def letter_pdf(letter: Letter) -> bytes:
    """Nothing is fetched from disk or network."""
    from weasyprint import CSS, HTML  # loaded for whoever collects a letter, not with every page
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    inside_only, fonts = URLFetcher(allowed_protocols=("data",)), FontConfiguration()
    style = f"{typeface()}\n{STYLES.read_text(encoding='utf-8')}"
    made: bytes = HTML(string=letter_html(letter), url_fetcher=inside_only).write_pdf(
        stylesheets=[CSS(string=style, url_fetcher=inside_only, font_config=fonts)],
        font_config=fonts,
        pdf_variant=VARIANT,
    )
    return made


def letter_html(letter: Letter) -> str:
    invented = letter.person.is_synthetic or settings.DEMONSTRATION
    context = {
        "letter": letter,
        "marking": f"{MARKING} · {INVENTED}" if invented else MARKING,
        "day": day(letter.written_on),
        "phone": settings.FRONT_DOOR_PHONE,
        "paragraphs": [part.strip() for part in letter.words.replace("\r", "").split("\n\n") if part.strip()],
    }
    return render_to_string("letters/letter_pdf.html", context)
