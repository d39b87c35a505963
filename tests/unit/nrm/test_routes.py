"""Which bodies decide on a day: days short of 18, for every birth date over four years, against a second answer."""

from datetime import date, timedelta

from trellis.nrm.lifecycle import CENTRAL, DEVOLVED
from trellis.nrm.routes import (
    Setting,
    days_short_of_18,
    eighteenth,
    is_reminded,
    last_day_for_panel,
    reminded_from,
    routes,
)

SHORT, HEAD_START = 100, 60
SETTINGS = [Setting(body, "", True, "A source") for body in (CENTRAL, DEVOLVED)]


def counted_days_to_18(born: date, on: date) -> int:
    """The second answer: count days one by one until the calendar shows the birthday, 18 years on; where there is no 29
    February, the day after the 28th."""
    days, day = 0, on
    while (day.year, day.month, day.day) < (born.year + 18, born.month, born.day):
        day, days = day + timedelta(days=1), days + 1
    return days


def test_every_birth_date_over_four_years_has_the_same_last_day_by_counting():
    first = date(2008, 1, 1)
    births = [first + timedelta(days=n) for n in range(4 * 365 + 1)]
    assert births[-1] == date(2011, 12, 31)
    for born in births:
        last, reminded = last_day_for_panel(born, SHORT), reminded_from(born, SHORT, HEAD_START)
        assert counted_days_to_18(born, last) == days_short_of_18(born, last) == 101
        assert counted_days_to_18(born, reminded) == 160
        open_on = {
            day: next(r.open for r in routes(born, day, SETTINGS, SHORT) if r.body == DEVOLVED)
            for day in (last - timedelta(days=1), last, last + timedelta(days=1), eighteenth(born))
        }
        assert list(open_on.values()) == [True, True, False, False], born
        told = [is_reminded(born, reminded + timedelta(days=n), SHORT, HEAD_START) for n in (-1, 0, 59, 60)]
        assert told == [False, True, True, False], born


def test_born_on_29_february_is_18_on_1_march():
    assert eighteenth(date(2008, 2, 29)) == date(2026, 3, 1)
    assert last_day_for_panel(date(2008, 2, 29), SHORT) == date(2025, 11, 20)


def test_a_closed_route_says_why():
    born = date(2010, 6, 1)
    said = {r.body: r.why for r in routes(born, date(2028, 5, 1), SETTINGS, SHORT)}
    assert said[DEVOLVED] == "31 days short of 18: it must be more than 100. The last day was 21 February 2028."
    assert "they are 18" in routes(born, date(2028, 6, 1), SETTINGS, SHORT)[1].why
    assert "does not decide for" in routes(born, date(2025, 6, 1), SETTINGS[:1], SHORT)[1].why
