"""Limits in days and working days against a second, plain answer, at each hour of 2028 and around clock changes."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import trellis
from trellis.core.clocks import london_date
from trellis.core.reference_data import DAYS, WORKING_DAYS, days_after

FRIDAY = 5
LONDON = ZoneInfo("Europe/London")
# England and Wales, worked out by hand from the Banking and Financial Dealings Act 1971.
HOLIDAYS = {
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2029: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2030: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2031: "01-01",
}
FREE = frozenset(date.fromisoformat(f"{year}-{day}") for year, days in HOLIDAYS.items() for day in days.split())
CHANGES = [
    *(date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31), date(2028, 3, 26)),
    *(date(2028, 10, 29), date(2029, 3, 25), date(2029, 10, 28), date(2030, 3, 31), date(2030, 10, 27)),
]
# Every day of those years on which people work, in order.
WORKED = [
    day
    for day in (date(2026, 1, 1) + timedelta(days=number) for number in range(6 * 365))
    if day.isoweekday() <= FRIDAY and day not in FREE
]


def hours_of(first, days):
    start = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(hours=2)
    return [start + timedelta(hours=hour) for hour in range(days * 24 + 4)]


def by_the_calendar(day, count):
    """Look at the list of days worked: the first ``count`` of them that come after."""
    return [worked for worked in WORKED if worked > day][count - 1]


@pytest.mark.parametrize("count", [1, 5, 15])
def test_working_days_at_each_hour_of_2028_and_of_the_days_clocks_change(count):
    moments = hours_of(date(2028, 1, 1), 366) + [hour for day in CHANGES for hour in hours_of(day, 1)]
    answers = {}
    for moment in moments:
        wall = moment.astimezone(LONDON)
        day = date(wall.year, wall.month, wall.day)
        assert london_date(moment) == day
        if day not in answers:
            answers[day] = by_the_calendar(day, count)
        assert days_after(london_date(moment), count, WORKING_DAYS, FREE) == answers[day], moment
    assert len(moments) > 8_784 + 10 * 24


def test_days_are_days_across_clock_changes():
    for day in CHANGES:
        for hour in hours_of(day, 1):
            start = london_date(hour)
            assert days_after(start, 15, DAYS, FREE).toordinal() == start.toordinal() + 15


def test_the_holidays_brought_along_are_the_ones_worked_out_here():
    path = Path(trellis.__file__).parent / "core" / "reference" / "bank_holidays.csv"
    with path.open(encoding="utf-8", newline="") as file:
        known = {date.fromisoformat(row["on"]) for row in csv.DictReader(file)}
    for year in range(2026, 2031):
        on_weekdays = {day for day in known if day.year == year and day.isoweekday() <= FRIDAY}
        assert on_weekdays == {day for day in FREE if day.year == year}


def test_what_is_not_in_days_is_refused():
    with pytest.raises(ValueError, match="hours are not days"):
        days_after(date(2028, 1, 1), 72, "hours", FREE)
