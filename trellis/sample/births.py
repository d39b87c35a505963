"""Days of birth that give the age asked for, 29 February among them."""

from calendar import isleap
from datetime import date, timedelta

from trellis.core.clocks import age_on
from trellis.sample.streams import Stream

DAYS_IN_YEAR = 365.25
LEAP_SHARE = 0.03


def born_to_be(age: int, on: date, by: Stream) -> date:
    """A day of birth of somebody who is ``age`` whole years old on ``on``."""
    if by.happens(LEAP_SHARE) and (leap := leap_birth(age, on)):
        return leap
    while True:
        born = on - timedelta(days=int(age * DAYS_IN_YEAR) + by.between(1, 364))
        if age_on(born, on) == age:
            return born


def leap_birth(age: int, on: date) -> date | None:
    """The 29 February on which somebody of this age was born, if there is one."""
    days = (date(year, 2, 29) for year in (on.year - age, on.year - age - 1) if isleap(year))
    return next((day for day in days if day < on and age_on(day, on) == age), None)
