"""How days, moments, time left and numbers are written."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from trellis.core import presenters

AT = datetime(2023, 3, 3, 9, 0, tzinfo=UTC)


def test_a_day_is_written_out_and_is_a_london_day():
    assert presenters.day(date(2023, 3, 3)) == "3 March 2023"
    assert presenters.day(datetime(2023, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2023"
    assert presenters.day(None) == ""


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2023, 3, 3, 14, 5, tzinfo=UTC), "3 March 2023, 14:05"),
        (datetime(2023, 10, 29, 0, 30, tzinfo=UTC), "29 October 2023, 01:30 (BST)"),
        (datetime(2023, 10, 29, 1, 30, tzinfo=UTC), "29 October 2023, 01:30 (GMT)"),
        (datetime(2023, 3, 26, 0, 30, tzinfo=UTC), "26 March 2023, 00:30 (GMT)"),
        (datetime(2023, 3, 26, 1, 30, tzinfo=UTC), "26 March 2023, 02:30 (BST)"),
        (datetime(2023, 10, 29, 14, 0, tzinfo=UTC), "29 October 2023, 14:00"),
        (datetime(2023, 10, 28, 22, 30, tzinfo=UTC), "28 October 2023, 23:30"),
    ],
)
def test_the_clock_is_named_only_on_the_nights_it_changes(moment, written):
    assert presenters.moment(moment) == written


def test_a_moment_known_by_its_day_only_has_no_time():
    assert presenters.moment(date(2023, 3, 3)) == "3 March 2023"
    assert presenters.moment(None) == ""


@pytest.mark.parametrize(
    ("hours", "written"),
    [
        (5, "5 hours left"),
        (1, "1 hour left"),
        (0.5, "30 minutes left"),
        (48, "2 days left"),
        (25, "1 day 1 hour left"),
        (-51, "2 days 3 hours overdue"),
        (-0.25, "15 minutes overdue"),
        (0, "due now"),
        (5.99, "5 hours left"),
    ],
)
def test_time_left_is_elapsed_hours_in_words(hours, written):
    assert presenters.time_left(AT + timedelta(hours=hours), AT) == written


def test_time_left_over_a_clock_change_counts_elapsed_hours():
    evening = datetime(2023, 3, 25, 20, 0, tzinfo=UTC)
    assert presenters.time_left(evening + timedelta(hours=72), evening) == "3 days left"


@given(st.floats(min_value=-5000, max_value=5000))
def test_time_left_never_promises_more_than_there_is(hours):
    words = presenters.time_left(AT + timedelta(hours=hours), AT)
    sizes = {"day": 24.0, "hour": 1.0, "minute": 1 / 60}
    counts = words.split()
    told = sum(
        int(counts[at]) * sizes[counts[at + 1].rstrip("s")] for at in range(len(counts) - 1) if counts[at].isdigit()
    )
    assert told <= abs(hours) + 1e-6
    assert abs(hours) - told < 1 + 1e-6


@pytest.mark.parametrize(
    ("value", "written"), [(4958, "4,958"), (73.22, "73.22"), (70.0, "70"), (0, "0"), (None, "–"), (1234.5, "1,234.5")]
)
def test_a_number_has_separators_and_no_idle_digits(value, written):
    assert presenters.number(value) == written


def test_the_filters_need_no_loading():
    page = engines["django"].from_string(
        "{{ at|day }}; {{ at|moment }}; {{ at|clock }}; {{ due|time_left:at }}; {{ none|time_left }};"
        " {{ 4958|figure }}; {{ none|figure }}; {{ 2|plural:'child,children' }}; {{ 1|plural:'day' }}"
    )
    assert page.render({"at": AT, "due": AT + timedelta(hours=5), "none": None}) == (
        "3 March 2023; 3 March 2023, 09:00; 09:00; 5 hours left; ;"
        ' <span class="trellis-figure">4,958</span>; <span class="trellis-unknown">not available</span>;'
        " 2 children; 1 day"
    )
