"""When things happen: working hours for what workers do, evenings and weekends for children going missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate

from trellis.sample.moments import HOUR, at, london_day, midnight
from trellis.sample.plan import YearPlan
from trellis.sample.streams import Stream

MISSING_BY_WEEKDAY = (0.95, 0.9, 0.92, 0.98, 1.18, 1.15, 0.92)
MISSING_BY_MONTH = (0.92, 0.93, 1.0, 1.02, 1.1, 1.12, 1.1, 1.0, 1.02, 1.02, 0.95, 0.88)
REPORTS_BY_HOUR = (7, 5, 3, 2, 1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 4, 5, 6, 7, 9, 11, 12, 14, 13, 10)
WEEKEND = 5
FIRST_HOUR, LAST_HOUR = 9, 19


class Days:
    """The days of a year, drawn by weight."""

    def __init__(self, plan: YearPlan, weight: Callable[[date], float]) -> None:
        span = (plan.ends_on - plan.starts_on).days + 1
        self.days = [plan.starts_on + timedelta(days=n) for n in range(span)]
        self.place = {day: n for n, day in enumerate(self.days)}
        self.totals = list(accumulate(weight(day) * plan.quiet.get(day.month, 1) for day in self.days))

    def draw(self, by: Stream, count: int, first: date | None = None, last: date | None = None) -> list[date]:
        """``count`` different days from ``first`` to ``last`` in order; all of them when there are too few."""
        low = self.place[first] if first else 0
        high = self.place[last] if last else len(self.days) - 1
        if high - low + 1 <= count:
            return self.days[low : high + 1]
        chosen: set[date] = set()
        weights = self.totals[low : high + 1]
        below = self.totals[low - 1] if low else 0.0
        weights = [weight - below for weight in weights]
        while len(chosen) < count:
            chosen.update(by.choices(self.days[low : high + 1], cum_weights=weights, k=count - len(chosen)))
        return sorted(chosen)

    def draw_any(self, by: Stream, count: int) -> list[date]:
        """``count`` days in order; a day may come more than once."""
        return sorted(by.choices(self.days, cum_weights=self.totals, k=count))


def missing_weight(day: date) -> float:
    return MISSING_BY_WEEKDAY[day.weekday()] * MISSING_BY_MONTH[day.month - 1]


def referral_weight(day: date) -> float:
    return 0.12 if day.weekday() >= WEEKEND else 1


HOUR_TOTALS = list(accumulate(REPORTS_BY_HOUR))


def report_time(day: date, by: Stream) -> int:
    """A moment of the day at which somebody rings the police."""
    [hour] = by.choices(range(24), cum_weights=HOUR_TOTALS)
    return midnight(day) + hour * HOUR + by.between(0, 59)


def working_time(day: date, by: Stream, first: float = FIRST_HOUR, last: float = LAST_HOUR) -> int:
    return by.between(at(day, first), at(day, last))


def daytime_between(low: int, high: int, by: Stream) -> int | None:
    """A moment after ``low`` and before ``high`` between nine in the morning and seven at night, if there is one."""
    first, last = london_day(low), london_day(high)
    windows: list[tuple[int, int]] = []
    day = first
    while day <= last and len(windows) < 12:
        opens, closes = max(low, at(day, FIRST_HOUR)), min(high, at(day, LAST_HOUR))
        if opens < closes:
            windows.append((opens, closes))
        day += timedelta(days=1)
    if not windows:
        return None
    opens, closes = by.one(windows)
    return by.between(opens, closes)
