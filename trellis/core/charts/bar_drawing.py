"""Lying bars: long names have room at the left, the number stands behind each bar."""

import textwrap
from collections.abc import Mapping, Sequence

from django.utils.safestring import SafeString

from trellis.core.charts.series import Series, greatest, written
from trellis.core.charts.svg import (
    COLOURS,
    INK,
    QUIET,
    SMALL,
    WIDTH,
    drawing,
    joined,
    key,
    key_height,
    line,
    rectangle,
    text,
    width_of,
)

LABEL_LETTERS = 26
LABEL_LINE = 20
ROW_GAP = 10
BREAK_HEIGHT = 28
THICK, THIN = 22, 17


def draw_bars(
    title: str, categories: Sequence[str], series: Sequence[Series], unit: str, breaks: Mapping[str, str]
) -> SafeString:
    names = [textwrap.wrap(category, LABEL_LETTERS) or [""] for category in categories]
    left = max((width_of(part) for name in names for part in name), default=0) + 14
    scale = (WIDTH - left - room_for_numbers(series, unit)) / greatest(series)
    thick = THICK if len(series) == 1 else THIN
    top = float(key_height(series))
    parts = [key(series)]
    for place, (category, name) in enumerate(zip(categories, names, strict=True)):
        if category in breaks:
            parts.append(break_before(left, top, breaks[category]))
            top += BREAK_HEIGHT
        height = max(thick * len(series), len(name) * LABEL_LINE) + ROW_GAP
        parts.append(row_name(name, left - 8, top + height / 2))
        first = top + (height - thick * len(series)) / 2
        for order, one in enumerate(series):
            parts.append(bar(left, first + order * thick, thick - 2, one.values[place], scale, order, unit))
        parts.append(line(left, top, left, top + height, INK))
        top += height
    return drawing(title, top + 2, parts)


def room_for_numbers(series: Sequence[Series], unit: str) -> float:
    widths = [width_of(written(value, unit)) for one in series for value in one.values]
    return max(widths, default=0) + 14


def row_name(name: Sequence[str], right: float, middle: float) -> SafeString:
    first = middle - (len(name) - 1) * LABEL_LINE / 2 + 6
    return joined(text(part, right, first + row * LABEL_LINE, anchor="end") for row, part in enumerate(name))


def bar(left: float, top: float, thick: float, value: float | None, scale: float, order: int, unit: str) -> SafeString:
    length = (value or 0) * scale
    number = text(
        written(value, unit),
        left + length + 6,
        top + thick / 2 + 6,
        fill=QUIET if value is None else INK,
        bold=order == 0 and value is not None,
    )
    return joined([rectangle(left, top, length, thick, COLOURS[order]), number])


def break_before(left: float, top: float, reason: str) -> SafeString:
    """The mark across the chart where what comes after is not measured as what came before."""
    rule = line(0, top + 4, WIDTH, top + 4, QUIET, dashed=True)
    return joined([rule, text(f"Break: {reason}", left + 6, top + 21, size=SMALL, fill=QUIET)])
