from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.measures import periods


def test_a_report_year_runs_from_april_to_march():
    year = periods.report_year("2022/23")
    assert (year.starts_on, year.ends_on) == (date(2022, 4, 1), date(2023, 3, 31))
    assert (year.months[0], year.months[-1], len(year.months)) == ("2022-04", "2023-03", 12)


def test_a_century_turns():
    assert periods.report_year("1999/00").ends_on == date(2000, 3, 31)


@pytest.mark.parametrize(
    "text", ["2022", "2022/24", "2022-23", "22/23", "0000/01", "9999/00", "", "2022/23 ", "٢٠٢٢/٢٣"]
)
def test_what_is_not_a_report_year_is_refused(text):
    with pytest.raises(ValueError):
        periods.report_year(text)


@pytest.mark.parametrize("text", ["2023-13", "2023-00", "2023-2", "0000-01", "2023", ""])
def test_what_is_not_a_month_is_refused(text):
    with pytest.raises(ValueError, match="write year and month"):
        periods.month(text)


def test_a_month_knows_its_last_day_and_its_report_year():
    february = periods.period("2020-02")
    assert (february.ends_on, february.year, february.months) == (date(2020, 2, 29), "2019/20", ["2020-02"])


@given(st.dates(date(1, 4, 1), date(9998, 12, 31)))
def test_each_day_lies_in_its_own_year_and_in_no_other(day):
    year = periods.report_year(periods.year_of(day))
    assert year.starts_on <= day <= year.ends_on
    assert periods.year_of(year.ends_on + timedelta(days=1)) != year.name
