"""The numbers of a chart, and how each is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from trellis.core.presenters import number

NOT_SHOWN = "not shown"
MOST_SERIES = 2


@dataclass(frozen=True)
class Series:
    """One value for each category: zero or more, or None where it is not shown."""

    name: str
    values: Sequence[float | None]


def check(categories: Sequence[str], series: Sequence[Series]) -> None:
    """Raises ValueError for numbers that cannot be drawn honestly."""
    if not 1 <= len(series) <= MOST_SERIES:
        raise ValueError("a chart shows one series, or two to compare")
    check_values(categories, series)


def check_values(categories: Sequence[str], series: Sequence[Series]) -> None:
    """Raises ValueError for no series, for values that do not fit the categories, and for a negative one."""
    if not series:
        raise ValueError("a chart shows at least one series")
    for one in series:
        if len(one.values) != len(categories):
            raise ValueError(f"{one.name}: {len(one.values)} values for {len(categories)} categories")
        if any(value is not None and value < 0 for value in one.values):
            raise ValueError(f"{one.name}: a zero-based chart cannot show a negative value")


def written(value: float | None, unit: str) -> str:
    return NOT_SHOWN if value is None else f"{number(value)}{unit}"


def greatest(series: Sequence[Series]) -> float:
    """The greatest value, and 1 when there is none above zero, so that a scale always exists."""
    return max((value for one in series for value in one.values if value), default=1)
