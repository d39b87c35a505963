"""A heat map: rows by columns, the number in each cell, the darker the more."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from trellis.core.charts.series import Series, greatest
from trellis.core.charts.svg import INK, QUIET, SMALL, WIDTH, drawing, joined, rectangle, text, width_of
from trellis.core.presenters import number

CELL, GAP, HEAD = 34, 3, 26
LIGHT, DARK = (238, 244, 243), (11, 79, 85)
NOT_SHOWN, EMPTY = "c", "#ffffff"
WHITE = "#ffffff"
DARK_FROM = 0.45


def draw_heat(title: str, rows: Sequence[str], columns: Sequence[Series]) -> SafeString:
    left = max((width_of(row) for row in rows), default=0) + 12
    across = (WIDTH - left) / len(columns)
    most = greatest(columns)
    parts = [
        text(one.name, left + (place + 0.5) * across, HEAD - 9, size=SMALL, fill=QUIET, anchor="middle")
        for place, one in enumerate(columns)
    ]
    for down, row in enumerate(rows):
        top = HEAD + down * CELL
        parts.append(text(row, left - 10, top + CELL / 2 + 5, anchor="end"))
        parts += [
            cell(left + place * across, top, across - GAP, one.values[down], most) for place, one in enumerate(columns)
        ]
    return drawing(title, HEAD + len(rows) * CELL, parts)


def cell(x: float, top: float, wide: float, value: float | None, most: float) -> SafeString:
    """One cell; what is not shown is a letter on white, never a shade."""
    part = (value or 0) / most
    colour = EMPTY if value is None else shade(part)
    ink = QUIET if value is None else WHITE if part > DARK_FROM else INK
    words = NOT_SHOWN if value is None else number(value)
    middle = text(words, x + wide / 2, top + CELL / 2 + 5, fill=ink, anchor="middle", bold=part > DARK_FROM)
    return joined([rectangle(x, top, wide, CELL - GAP, colour), middle])


def shade(part: float) -> str:
    """Between the lightest and the darkest, as far as the value is on the way to the greatest."""
    mixed = (round(low + (high - low) * part) for low, high in zip(LIGHT, DARK, strict=True))
    return "#" + "".join(f"{one:02x}" for one in mixed)
