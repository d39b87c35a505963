"""The next working day, for each hour of 2028 and of the days the clocks change, against a second plain answer.

The second answer knows neither the code's clocks nor its table of holidays: last Sundays by counting, Easter by Gauss.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from trellis.referrals.services import _due_days

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def last_sunday(year, month):
    day = date(year, month, 31)
    while day.isoweekday() != 7:
        day -= DAY
    return day


def easter_sunday(year):
    """Gauss's rule, with the corrections good from 1900 to 2099."""
    a, b, c = year % 19, year % 4, year % 7
    d = (19 * a + 24) % 30
    e = (2 * b + 4 * c + 6 * d + 5) % 7
    if (d, e) == (29, 6) or ((d, e) == (28, 6) and a > 10):
        e -= 7
    return date(year, 3, 22) + (d + e) * DAY


def first_monday(year, month):
    return next(day for day in (date(year, month, n) for n in range(1, 8)) if day.isoweekday() == 1)


def holidays_of(year):
    """England's eight. One on a weekend is had on the next day that is neither weekend nor a holiday."""
    taken = {easter_sunday(year) - 2 * DAY, easter_sunday(year) + DAY, first_monday(year, 5)}
    taken |= {last_monday(year, 5), last_monday(year, 8)}
    for month, day in ((1, 1), (12, 25), (12, 26)):
        had = date(year, month, day)
        while had.isoweekday() > 5 or had in taken:
            had += DAY
        taken.add(had)
    return taken


def last_monday(year, month):
    day = date(year, month, 31)
    while day.isoweekday() != 1:
        day -= DAY
    return day


def london_day(moment):
    """Summer time: from one o'clock UTC on the last Sunday of March to that of October."""
    starts, ends = (
        datetime(moment.year, month, last_sunday(moment.year, month).day, 1, tzinfo=UTC) for month in (3, 10)
    )
    return (moment + timedelta(hours=1)).date() if starts <= moment < ends else moment.date()


def next_working_day(day, holidays):
    day += DAY
    while day.isoweekday() > 5 or day in holidays:
        day += DAY
    return day


def compared(moments):
    due_on = _due_days()
    holidays = {day for year in range(2026, 2032) for day in holidays_of(year)}
    return [m for m in moments if due_on(m) != next_working_day(london_day(m), holidays)], len(moments)


def test_each_hour_of_2028():
    start = datetime(2028, 1, 1, tzinfo=UTC)
    assert compared([start + timedelta(hours=hour) for hour in range(366 * 24)]) == ([], 8784)


def test_each_quarter_of_an_hour_around_each_change_of_the_clocks():
    moments = []
    for year in range(2026, 2031):
        for month in (3, 10):
            start = datetime(year, month, last_sunday(year, month).day, tzinfo=UTC) - DAY
            moments += [start + timedelta(minutes=15 * n) for n in range(3 * 96)]
    assert compared(moments) == ([], 2880)
