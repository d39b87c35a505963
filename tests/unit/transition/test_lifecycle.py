"""Every alert day of every birth date of four years, reckoned once more by walking the calendar day by day."""

from datetime import date, timedelta

from trellis.transition.lifecycle import (
    FIRST,
    HALF,
    LAST,
    LISTED,
    alerts_of,
    last_year_of_primary,
    latest_birth,
    leaves_primary_on,
    reaches_on,
)

LIMITS = {LISTED: 198, FIRST: 204, HALF: 210, LAST: 100}
ONE = timedelta(days=1)
BIRTHS = [date(2008, 1, 1) + ONE * n for n in range(4 * 365 + 1)]


def birthday(born, age):
    """Walk the year of the birthday to the first day on or after the day and month of birth."""
    day = date(born.year + age, 1, 1)
    while (day.month, day.day) < (born.month, born.day):
        day += ONE
    return day


def half_a_year_after(day):
    """The same day six months on; walk back from the next month's first day where there is none."""
    month, year = (day.month + 6, day.year) if day.month <= 6 else (day.month - 6, day.year + 1)
    found = date(year, month, 1)
    while found.day < day.day and (found + ONE).month == month:
        found += ONE
    return found


def test_each_alert_of_each_birth_date_of_four_years_falls_on_its_day():
    for born in BIRTHS:
        alerts, of_age = alerts_of(born, LIMITS), birthday(born, 18)
        assert alerts.first == birthday(born, 17), born
        assert alerts.half == half_a_year_after(birthday(born, 17)), born
        assert alerts.of_age == of_age, born
        assert sum(1 for _ in range((of_age - alerts.last).days)) == 100
        assert alerts.last == date.fromordinal(of_age.toordinal() - 100), born


def test_who_is_listed_on_a_day_is_everybody_old_enough_on_it():
    """The latest day of birth, asked of the database, against each birth date asked one by one."""
    for n in range(800):
        day = date(2024, 7, 1) + ONE * n
        until = latest_birth(LIMITS[LISTED], day)
        for born in (until - 2 * ONE, until - ONE, until, until + ONE, until + 2 * ONE):
            assert (born <= until) == (half_a_year_after(birthday(born, 16)) <= day), (day, born)


def test_ends_of_months_and_the_twenty_ninth_of_february():
    assert reaches_on(date(2009, 8, 31), 210) == date(2027, 2, 28)
    assert reaches_on(date(2010, 8, 31), 210) == date(2028, 2, 29)
    assert reaches_on(date(2008, 2, 29), 204) == date(2025, 3, 1)
    assert reaches_on(date(2008, 2, 29), 210) == date(2025, 9, 1)
    assert reaches_on(date(2008, 2, 29), 192) == date(2024, 2, 29)
    assert alerts_of(date(2008, 2, 29), LIMITS).of_age == date(2026, 3, 1)


def test_the_last_year_of_primary_is_of_those_who_turn_eleven_in_it():
    assert last_year_of_primary(date(2026, 8, 31)) == (date(2014, 9, 1), date(2015, 8, 31))
    assert last_year_of_primary(date(2026, 9, 1)) == (date(2015, 9, 1), date(2016, 8, 31))
    for born in BIRTHS:
        leaves = leaves_primary_on(born)
        first, last = last_year_of_primary(leaves)
        assert first <= born <= last, born
        assert (leaves.month, leaves.day) == (8, 31)
