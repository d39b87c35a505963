"""Elapsed hours, working days and ages, reckoned as people in London reckon them.

Elapsed time is reckoned in UTC: adding 72 hours to a London wall clock gives 71 or 73 hours across a
clock change. Days, months and report years are London days, months and years.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5


class AmbiguousTime(ValueError):
    """A wall-clock time that happened twice, on the night the clocks went back."""


class NonexistentTime(ValueError):
    """A wall-clock time that never happened, on the night the clocks went forward."""


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Today's date in London."""
    return london_date(now())


def london_date(moment: datetime) -> date:
    """The London day on which ``moment`` (aware) fell."""
    return moment.astimezone(LONDON).date()


def after_hours(start: datetime, hours: int) -> datetime:
    """``hours`` elapsed hours after ``start`` (aware), in UTC."""
    return start.astimezone(UTC) + timedelta(hours=hours)


def hours_between(start: datetime, end: datetime) -> float:
    """Elapsed hours from ``start`` to ``end`` (both aware); negative if ``end`` is earlier."""
    return (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() / 3600


def from_london(wall: datetime, which: Literal["earlier", "later"] | None = None) -> datetime:
    """The UTC moment at which London clocks showed ``wall`` (naive).

    ``which`` settles a time that happened twice. Raises AmbiguousTime when it is needed and not
    given, NonexistentTime for a time the clocks skipped.
    """
    first = wall.replace(tzinfo=LONDON, fold=0)
    second = wall.replace(tzinfo=LONDON, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != wall:
        raise NonexistentTime(f"{wall:%H:%M on %d %B %Y} did not happen: the clocks went forward")
    if which is None:
        raise AmbiguousTime(f"{wall:%H:%M on %d %B %Y} happened twice: the clocks went back")
    return (first if which == "earlier" else second).astimezone(UTC)


def start_of_day(day: date) -> datetime:
    """London midnight at which ``day`` begins, in UTC."""
    return datetime.combine(day, time.min, tzinfo=LONDON).astimezone(UTC)


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    """Monday to Friday and not one of ``holidays`` (England's bank holidays)."""
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(day: date, count: int, holidays: Collection[date]) -> date:
    """The day ``count`` working days after ``day`` (count >= 0); ``day`` itself is not counted.

    With ``count`` 0 the answer is ``day`` if it is a working day, else the next one.
    """
    if count < 0:
        raise ValueError("count must be 0 or more")
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, holidays)
    while not is_working_day(day, holidays):
        day += timedelta(days=1)
    return day


def birthday_in(born: date, year: int) -> date:
    """The birthday in ``year``; someone born on 29 February has it on 1 March in other years.

    Source: an age is reached at the first moment of the anniversary of birth (Family Law Reform Act
    1969 s.9); where 29 February is missing the anniversary falls on 1 March.
    """
    try:
        return born.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def age_on(born: date, day: date) -> int:
    """Whole years of age on ``day``. Raises ValueError when ``day`` is before ``born``."""
    if day < born:
        raise ValueError("the day is before the birth")
    return day.year - born.year - (day < birthday_in(born, day.year))


def age_in_words(born: date, day: date) -> str:
    """Age as people say it of a child: ``14 years 3 months``."""
    years = age_on(born, day)
    last = birthday_in(born, born.year + years)
    months = (day.year - last.year) * 12 + day.month - last.month - (day.day < last.day)
    return f"{years} years" + (f" {months} month{'s' * (months != 1)}" if months else "")
