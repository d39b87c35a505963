"""The few shapes the charts are made of, escaped, with coordinates to a tenth."""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from trellis.core.charts.series import Series

WIDTH = 600
FIRST, SECOND = COLOURS = ("#0b4f55", "#6d9592")
INK, QUIET = "#16211f", "#475754"
TEXT, SMALL = 17, 15
LETTER = 0.6  # width of a letter in parts of its size, wide enough for the fallback typefaces
KEY_HEIGHT = 30
TYPEFACE = "'Source Sans 3', 'Segoe UI', sans-serif"


def drawing(title: str, height: float, parts: Iterable[SafeString]) -> SafeString:
    return format_html(
        '<svg class="trellis-drawing" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img"'
        ' aria-label="{}" font-family="{}"><title>{}</title>{}</svg>',
        WIDTH,
        point(height),
        f"Chart: {title}. The table beneath holds the same numbers.",
        TYPEFACE,
        title,
        joined(parts),
    )


def text(
    words: str, x: float, y: float, *, size: int = TEXT, fill: str = INK, anchor: str = "start", bold: bool = False
) -> SafeString:
    return format_html(
        '<text x="{}" y="{}" font-size="{}" font-weight="{}" fill="{}" text-anchor="{}">{}</text>',
        point(x),
        point(y),
        size,
        600 if bold else 400,
        fill,
        anchor,
        words,
    )


def centred(words: str, x: float, y: float, *, size: int = TEXT, fill: str = INK, bold: bool = False) -> SafeString:
    """Text round ``x``, moved inwards as far as it takes to stay inside the drawing."""
    half = width_of(words, size) / 2
    if x < half:
        return text(words, 0, y, size=size, fill=fill, bold=bold)
    if x > WIDTH - half:
        return text(words, WIDTH, y, size=size, fill=fill, anchor="end", bold=bold)
    return text(words, x, y, size=size, fill=fill, anchor="middle", bold=bold)


def width_of(words: str, size: int = TEXT) -> float:
    return len(words) * LETTER * size


def line(x1: float, y1: float, x2: float, y2: float, colour: str, dashed: bool = False) -> SafeString:
    dashes = format_html(' stroke-dasharray="{}"', "5 4") if dashed else ""
    return format_html(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}"{}/>',
        point(x1),
        point(y1),
        point(x2),
        point(y2),
        colour,
        dashes,
    )


def rectangle(x: float, y: float, width: float, height: float, colour: str) -> SafeString:
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>',
        point(x),
        point(y),
        point(width),
        point(height),
        colour,
    )


def key_height(series: Sequence[Series]) -> int:
    return KEY_HEIGHT if len(series) > 1 else 0


def key(series: Sequence[Series]) -> SafeString:
    """Which colour is which, when two are compared."""
    if len(series) == 1:
        return joined([])
    second = width_of(series[0].name) + 50
    marks = zip(series, COLOURS, (0, second), strict=True)
    return joined(
        part for one, colour, x in marks for part in (rectangle(x, 4, 14, 14, colour), text(one.name, x + 20, 17))
    )


def joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def point(value: float) -> str:
    """A coordinate to a tenth, so that the same data gives the same bytes."""
    return f"{value:.1f}".removesuffix(".0")
