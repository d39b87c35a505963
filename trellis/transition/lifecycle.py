"""When a young person on the way to adulthood reaches which age, and who is in the last year of primary school. Pure.

An age of so many months is reached on the birthday of its whole years, and the months left over later: on the same day
of that month, or on its last day where it has no such day (the 17th birthday on 31 August: 17½ on 28 or 29 February).
A birthday of 29 February is 1 March where there is none, and its half year 1 September.
"""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from trellis.core.clocks import birthday_in

AGES = (18, 21, 25)
OF_AGE = 18
YEAR = 12
# Nobody is listed before their 16th birthday, whatever the limit says: until then no limit need be asked for.
NEVER_BEFORE = 16
FIRST, HALF, LAST = "transition.first_alert", "transition.second_alert", "transition.last_alert"
LISTED, LOOKED_AT = "transition.listed_from", "transition.review"
LIMITS = (FIRST, HALF, LAST, LISTED)
# A child who is 11 between 1 September and 31 August moves to secondary school at the end of that school year.
SCHOOL_YEAR_BEGINS = (9, 1)
LAST_OF_PRIMARY = 11


@dataclass(frozen=True)
class Alerts:
    """The days on which somebody born on a day is thought of: 17, 17½, so many days before 18, and 18 itself."""

    first: date
    half: date
    last: date
    of_age: date


def months_after(day: date, months: int) -> date:
    """The same day ``months`` later, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, YEAR)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def reaches_on(born: date, months: int) -> date:
    """The day on which somebody is ``months`` old: the birthday of the whole years, and the rest in months after it."""
    years, rest = divmod(months, YEAR)
    return months_after(birthday_in(born, born.year + years), rest)


def alerts_of(born: date, limits: Mapping[str, int]) -> Alerts:
    of_age = birthday_in(born, born.year + OF_AGE)
    return Alerts(
        reaches_on(born, limits[FIRST]),
        reaches_on(born, limits[HALF]),
        of_age - timedelta(days=limits[LAST]),
        of_age,
    )


def latest_birth(months: int, day: date) -> date:
    """The latest day of birth of who is ``months`` old on ``day``: everybody born until then is, too."""
    about = months_after(day, -months)
    return max(born for born in _around(about) if reaches_on(born, months) <= day)


def _around(day: date) -> list[date]:
    return [day + timedelta(days=days) for days in range(-4, 5)]


def school_year_of(day: date) -> date:
    """The 1 September on which the school year of ``day`` began."""
    began = date(day.year, *SCHOOL_YEAR_BEGINS)
    return began if day >= began else date(day.year - 1, *SCHOOL_YEAR_BEGINS)


def last_year_of_primary(day: date) -> tuple[date, date]:
    """The first and last birth date of who is in the last year of primary school on ``day``: those who turn 11 from
    1 September to 31 August."""
    began = school_year_of(day)
    first = date(began.year - LAST_OF_PRIMARY, *SCHOOL_YEAR_BEGINS)
    return first, date(first.year + 1, *SCHOOL_YEAR_BEGINS) - timedelta(days=1)


def leaves_primary_on(born: date) -> date:
    """The last day of the school year in which they turn 11."""
    began = school_year_of(birthday_in(born, born.year + LAST_OF_PRIMARY))
    return date(began.year + 1, *SCHOOL_YEAR_BEGINS) - timedelta(days=1)
