"""Moments as whole minutes of UTC since 1970: cheap to draw, compare and write by the million.

Days are London days; ``trellis.core.clocks`` decides where each begins.
"""

from datetime import date, datetime, timedelta
from functools import cache

from trellis.core.clocks import add_working_days, start_of_day

HOUR = 60
DAY = 24 * HOUR
EPOCH = date(1970, 1, 1)
CLOCK = [f"{minute // HOUR:02d}:{minute % HOUR:02d}:00+00" for minute in range(DAY)]


def moment_of(time_: datetime) -> int:
    """The minute in which ``time_`` (aware) falls."""
    return int(time_.timestamp()) // 60


@cache
def midnight(day: date) -> int:
    """The moment at which a London day begins."""
    return moment_of(start_of_day(day))


def at(day: date, hour: float) -> int:
    """So many hours after the London day began."""
    return midnight(day) + int(hour * HOUR)


@cache
def _utc_day(number: int) -> date:
    return EPOCH + timedelta(days=number)


def london_day(moment: int) -> date:
    """The London day a moment falls on. London is never behind UTC, so it is the UTC day or the next one."""
    day = _utc_day(moment // DAY)
    following = _utc_day(moment // DAY + 1)
    return following if moment >= midnight(following) else day


@cache
def _day_text(number: int) -> str:
    return _utc_day(number).isoformat()


def stamp(moment: int) -> str:
    """A moment as PostgreSQL reads it."""
    return f"{_day_text(moment // DAY)} {CLOCK[moment % DAY]}"


def stamp_or_none(moment: int | None) -> str | None:
    return None if moment is None else stamp(moment)


def end_of(day: date) -> int:
    """The moment at which a London day is over."""
    return midnight(day + timedelta(days=1))


class WorkingDays:
    """Working days by England's bank holidays, remembered because the sample asks by the thousand."""

    def __init__(self, holidays: frozenset[date]) -> None:
        self.holidays = holidays
        self.known: dict[tuple[date, int], date] = {}

    def after(self, day: date, count: int) -> date:
        """The day ``count`` working days after ``day``."""
        asked = (day, count)
        if asked not in self.known:
            self.known[asked] = add_working_days(day, count, self.holidays)
        return self.known[asked]
