"""Tags that write the parts of a report: words with their figures linked, charts, the kind of a part.

The context gives ``address_of``: where the figures of a measure are explained, in this document or on a page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from trellis.reports.document import drawings
from trellis.reports.document.parts import Name, Number, Picture, Run, Typed, Words, anchor

register = template.Library()
TYPED = "typed by hand: no definition stands behind it"


@register.simple_tag(takes_context=True)
def words(context: template.Context, given: Run | Words) -> SafeString:
    """Words as HTML: each figure is a link to how it was made."""
    address_of: Callable[[str], str] = context["address_of"]
    runs = given if isinstance(given, tuple) else (given,)
    return format_html_join("", "{}", ((_run(run, address_of),) for run in runs))


@register.simple_tag(takes_context=True)
def explained_at(context: template.Context, measure: str) -> str:
    """Where the figures of a measure are explained."""
    address_of: Callable[[str], str] = context["address_of"]
    return address_of(measure)


def _run(run: Run, address_of: Callable[[str], str]) -> SafeString | str:
    match run:
        case Number():
            label = "suppressed: how this figure is made" if run.suppressed else ""
            spoken = format_html(' aria-label="{}, {}"', run.text, label) if label else ""
            return format_html(
                '<a class="govuk-link trellis-figure" href="{}"{}>{}</a>', address_of(run.measure), spoken, run.text
            )
        case Typed():
            return format_html('<mark class="trellis-typed" title="{}">{}</mark>', TYPED, run.text)
        case Name():
            return run.text
    return run


@register.filter
def kind(part: Any) -> str:
    """Which template draws a part."""
    return type(part).__name__.lower()


@register.filter
def anchor_of(measure: str) -> str:
    return anchor(measure)


@register.simple_tag
def drawing(picture: Picture) -> SafeString:
    """The chart as an SVG element."""
    return drawings.svg(picture)


@register.simple_tag
def drawn_image(picture: Picture) -> SafeString:
    """The chart as an image with alternative text, for a document that must tag it."""
    return format_html('<img src="{}" alt="{}">', drawings.data_address(picture), drawings.alternative(picture))
