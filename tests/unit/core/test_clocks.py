"""Clocks against an independent oracle: plain Unix seconds and day-by-day walking."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.core import clocks

DST_DAYS = [(y, m, d) for y, m, d in [(2026, 3, 29), (2026, 10, 25), (2027, 3, 28), (2027, 10, 31), (2028, 3, 26)]]
HOLIDAYS = frozenset({date(2022, 12, 26), date(2022, 12, 27), date(2023, 1, 2), date(2023, 4, 7), date(2023, 4, 10)})


def test_seventy_two_hours_are_elapsed_hours_every_hour_of_2028():
    start = datetime(2028, 1, 1, tzinfo=UTC)
    for hour in range(8784):
        moment = start + timedelta(hours=hour)
        due = clocks.after_hours(moment.astimezone(clocks.LONDON), 72)
        assert due.timestamp() - moment.timestamp() == 72 * 3600


@pytest.mark.parametrize(("year", "month", "day"), DST_DAYS)
def test_a_clock_change_neither_gives_nor_takes_an_hour(year, month, day):
    eve = datetime(year, month, day, 22, tzinfo=clocks.LONDON) - timedelta(days=1)
    due = clocks.after_hours(eve, 72)
    assert clocks.hours_between(eve, due) == 72
    wall = (due.astimezone(clocks.LONDON).replace(tzinfo=None) - eve.replace(tzinfo=None)).total_seconds() / 3600
    assert wall == (73 if month == 3 else 71)


def test_half_past_one_on_the_night_the_clocks_go_back_asks_which():
    wall = datetime(2022, 10, 30, 1, 30)
    with pytest.raises(clocks.AmbiguousTime):
        clocks.from_london(wall)
    assert clocks.from_london(wall, "earlier") == datetime(2022, 10, 30, 0, 30, tzinfo=UTC)
    assert clocks.from_london(wall, "later") == datetime(2022, 10, 30, 1, 30, tzinfo=UTC)


def test_half_past_one_on_the_night_the_clocks_go_forward_never_was():
    with pytest.raises(clocks.NonexistentTime):
        clocks.from_london(datetime(2023, 3, 26, 1, 30))


@given(st.datetimes(datetime(2019, 1, 1), datetime(2030, 1, 1)))
def test_every_other_london_time_goes_there_and_back(wall):
    try:
        moment = clocks.from_london(wall)
    except (clocks.AmbiguousTime, clocks.NonexistentTime):
        assert (wall.month, wall.hour) in {(3, 1), (10, 1)}
        return
    assert moment.astimezone(clocks.LONDON).replace(tzinfo=None) == wall


@given(st.dates(date(2022, 1, 1), date(2024, 1, 1)), st.integers(0, 30))
def test_working_days_are_counted_one_by_one(day, count):
    answer = clocks.add_working_days(day, count, HOLIDAYS)
    between = [day + timedelta(days=n) for n in range(1, (answer - day).days + 1)]
    worked = [d for d in between if d.weekday() < 5 and d not in HOLIDAYS]
    assert clocks.is_working_day(answer, HOLIDAYS)
    assert len(worked) == count or (count == 0 and worked == [answer])


def test_a_referral_on_christmas_eve_is_due_after_the_holidays():
    assert clocks.add_working_days(date(2022, 12, 23), 1, HOLIDAYS) == date(2022, 12, 28)


@given(st.dates(date(2000, 1, 1), date(2020, 1, 1)), st.integers(0, 9000))
def test_age_is_the_number_of_birthdays(born, days):
    day = born + timedelta(days=days)
    birthdays = sum(1 for year in range(born.year + 1, day.year + 1) if clocks.birthday_in(born, year) <= day)
    assert clocks.age_on(born, day) == birthdays


def test_somebody_born_on_the_29th_of_february_comes_of_age_on_the_1st_of_march():
    born = date(2008, 2, 29)
    assert clocks.age_on(born, date(2026, 2, 28)) == 17
    assert clocks.age_on(born, date(2026, 3, 1)) == 18


def test_nobody_has_an_age_before_birth():
    with pytest.raises(ValueError, match="before"):
        clocks.age_on(date(2020, 1, 2), date(2020, 1, 1))


@pytest.mark.parametrize(
    ("born", "day", "words"),
    [
        (date(2010, 3, 5), date(2024, 3, 5), "14 years"),
        (date(2010, 3, 5), date(2024, 4, 5), "14 years 1 month"),
        (date(2010, 3, 5), date(2024, 3, 4), "13 years 11 months"),
        (date(2008, 2, 29), date(2025, 3, 1), "17 years"),
        (date(2010, 1, 31), date(2024, 2, 29), "14 years"),
    ],
)
def test_age_in_words(born, day, words):
    assert clocks.age_in_words(born, day) == words


def test_the_london_day_of_a_moment_just_before_midnight_in_summer():
    assert clocks.london_date(datetime(2022, 6, 30, 23, 30, tzinfo=UTC)) == date(2022, 7, 1)
    assert clocks.start_of_day(date(2022, 7, 1)) == datetime(2022, 6, 30, 23, tzinfo=UTC)
