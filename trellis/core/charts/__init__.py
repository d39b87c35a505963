"""Small drawn charts, each with its equal table: bars, lines and heat maps, zero-based, the number on each mark.

Pure: data in, an SVG string out. Colours and sizes are presentation attributes, so that a drawing stands
in a page that forbids inline styles, in a report file and in a PDF. A value of None (suppressed or not
available) is drawn as words, never as zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from trellis.core.charts.bar_drawing import draw_bars
from trellis.core.charts.heat_drawing import draw_heat
from trellis.core.charts.line_drawing import draw_lines
from trellis.core.charts.series import Series, check, check_values, written
from trellis.core.tables import Column, Table

__all__ = ["Chart", "Series", "bars", "heat", "lines"]


@dataclass(frozen=True)
class Chart:
    """``title`` says the finding; ``table`` holds the same numbers as ``svg``."""

    title: str
    svg: SafeString
    table: Table
    source: str = ""
    base: str = ""


def bars(
    title: str,
    categories: Sequence[str],
    *series: Series,
    heading: str = "Category",
    unit: str = "",
    source: str = "",
    base: str = "",
    breaks: Mapping[str, str] | None = None,
) -> Chart:
    """Lying bars from zero, one or two a category; ``breaks`` gives the reason before a category where a
    definition or tool changed.

    ``heading`` names the categories in the table, ``unit`` follows each number ("%"). Raises ValueError
    for no series, more than two, unequal lengths or a negative value.
    """
    check(categories, series)
    svg = draw_bars(title, categories, series, unit, breaks or {})
    return Chart(title, svg, equal_table(title, heading, categories, series, unit), source, base)


def lines(
    title: str,
    categories: Sequence[str],
    *series: Series,
    heading: str = "Period",
    unit: str = "",
    source: str = "",
    base: str = "",
    breaks: Mapping[str, str] | None = None,
) -> Chart:
    """One or two lines over ordered ``categories``, zero-based, broken where a value is not shown.

    Arguments and errors as for ``bars``.
    """
    check(categories, series)
    svg = draw_lines(title, categories, series, unit, breaks or {})
    return Chart(title, svg, equal_table(title, heading, categories, series, unit), source, base)


def heat(
    title: str, categories: Sequence[str], *series: Series, heading: str = "Category", source: str = "", base: str = ""
) -> Chart:
    """Rows of ``categories`` by columns of ``series``, as many as there are; the darker the more, the number in each.

    Raises ValueError for no series, unequal lengths or a negative value.
    """
    check_values(categories, series)
    svg = draw_heat(title, categories, series)
    return Chart(title, svg, equal_table(title, heading, categories, series, ""), source, base)


def equal_table(title: str, heading: str, categories: Sequence[str], series: Sequence[Series], unit: str) -> Table:
    """The table beneath a drawing: one row a category, one column a series."""
    columns = [Column(heading), *(Column(one.name, numeric=True) for one in series)]
    values = zip(*(one.values for one in series), strict=True)
    rows = [
        [category, *(written(value, unit) if unit or value is None else value for value in row)]
        for category, row in zip(categories, values, strict=True)
    ]
    return Table(title, columns, rows)
