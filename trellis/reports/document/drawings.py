"""A report's charts, drawn by the project's one chart module."""

from __future__ import annotations

from base64 import b64encode

from django.utils.safestring import SafeString

from trellis.core import charts
from trellis.reports.document.parts import Number, Picture, plain

KINDS = {"bars": charts.bars, "lines": charts.lines}
IN_WORDS = {"bars": "Bar chart", "lines": "Line chart", "heat": "Heat map"}


def svg(picture: Picture) -> SafeString:
    """The chart; a number that is not shown is drawn as words."""
    series = [charts.Series(one.name, [mark(number) for number in one.numbers]) for one in picture.series]
    if picture.kind == "heat":
        return charts.heat(plain(picture.title), picture.categories, *series).svg
    return KINDS[picture.kind](plain(picture.title), picture.categories, *series, unit=picture.unit).svg


def mark(number: Number) -> float | None:
    """A whole value as a whole number, so that a chart writes 595 and not 595.0."""
    if number.value is None:
        return None
    return int(number.value) if number.value == int(number.value) else number.value


def alternative(picture: Picture) -> str:
    """What the chart shows, for somebody who does not see it."""
    names = " and ".join(one.name for one in picture.series)
    shown = f"{names}, {len(picture.categories)} categories, of {picture.base}"
    return f"{IN_WORDS[picture.kind]}: {plain(picture.title)}. {shown}. The table after it holds the same numbers."


def data_address(picture: Picture) -> str:
    """The drawing as an address, for an image element."""
    return "data:image/svg+xml;base64," + b64encode(svg(picture).encode()).decode()
