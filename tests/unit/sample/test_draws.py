"""The small arithmetic underneath: shares, births, moments, check digits."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import nhs

from trellis.core.clocks import age_on, london_date, start_of_day
from trellis.sample.births import born_to_be, leap_birth
from trellis.sample.moments import DAY, at, london_day, midnight, moment_of, stamp
from trellis.sample.numbers import PER_PART, nhs_number
from trellis.sample.plan import Profile, plan_for, years_between
from trellis.sample.streams import largest_remainder, stream

DAYS = st.dates(date(2017, 1, 1), date(2030, 12, 31))


@given(st.dictionaries(st.integers(), st.floats(0.1, 1e4), min_size=1, max_size=12), st.integers(0, 5000))
def test_largest_remainders_sum_and_stay_near_the_exact_share(weights, total):
    counts = largest_remainder(weights, total)
    assert sum(counts.values()) == total
    for key, count in counts.items():
        assert abs(count - total * weights[key] / sum(weights.values())) < 1 + 1e-6


@given(st.integers(8, 17), DAYS, st.integers())
def test_somebody_born_to_be_an_age_is_that_age(age, on, seed):
    assert age_on(born_to_be(age, on, stream(seed)), on) == age


def test_leap_births():
    assert leap_birth(14, date(2022, 6, 1)) == date(2008, 2, 29)
    assert leap_birth(12, date(2022, 6, 1)) is None


@given(st.datetimes(datetime(2017, 1, 1), datetime(2031, 1, 1)))
def test_the_london_day_of_a_moment(wall):
    assert london_day(moment_of(wall.replace(tzinfo=UTC))) == london_date(wall.replace(tzinfo=UTC))


@given(DAYS)
def test_a_day_begins_at_london_midnight(day):
    assert midnight(day) == moment_of(start_of_day(day))
    assert london_day(midnight(day)) == day
    assert london_day(midnight(day) - 1) == day - timedelta(days=1)


def test_a_moment_is_written_in_utc():
    assert stamp(at(date(2022, 7, 1), 13.5)) == "2022-07-01 12:30:00+00"
    assert stamp(at(date(2022, 1, 1), 13.5)) == "2022-01-01 13:30:00+00"
    assert midnight(date(2022, 3, 28)) - midnight(date(2022, 3, 27)) == DAY - 60


@given(st.integers(0, 60), st.integers(0, PER_PART - 1))
def test_nhs_numbers_are_valid_or_none(part, child):
    number = nhs_number(part, child)
    assert number is None or (nhs.is_valid(number) and number.startswith("999"))


def test_no_two_children_share_an_nhs_number():
    numbers = [nhs_number(part, child) for part in (0, 1, 61) for child in range(0, PER_PART, 3)]
    known = [number for number in numbers if number]
    assert len(known) == len(set(known)) > 9000


def test_the_streams_are_apart_and_repeat():
    assert [stream(1, "a").random() for _ in range(2)] == [stream(1, "a").random()] * 2
    assert stream(1, "a").random() != stream(1, "b").random()
    assert stream(1, 12).random() != stream(11, 2).random()


def test_the_plan_holds_what_was_published():
    assert sum(plan_for("2022/23").primary_types.values()) == 242
    assert plan_for("2022/23").groups == {
        "white_british": 102,
        "dual_heritage": 63,
        "black": 46,
        "asian": 24,
        "other": 7,
    }
    assert plan_for("2022/23").sexes == {"M": 145, "F": 97}
    assert Profile.of(102).patterns[("child_in_need",)] == 52
    assert sum(Profile.of(97).patterns.values()) == 97
    assert plan_for("2020/21").missing_reports == plan_for("2019/20").missing_reports - 683


def test_years_between():
    assert years_between("2019/20", "2021/22") == ["2019/20", "2020/21", "2021/22"]
    assert years_between("1999/00", "1999/00") == ["1999/00"]
