"""The exact shape of a figure, and how it is rounded."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.measures.snapshots import open_snapshot
from trellis.measures.figures import figures_for, rounded

RETURNED_AT = datetime(2022, 5, 1, 12)


def interviews(in_time: int, late: int) -> list[dict]:
    return [
        {
            "interview_key": f"i{number}",
            "report_key": f"r{number}",
            "status": "completed",
            "completed_at": RETURNED_AT + timedelta(hours=72, seconds=int(number >= in_time)),
            "completed_on": date(2022, 5, 4),
            "due_at": RETURNED_AT + timedelta(hours=72),
        }
        for number in range(in_time + late)
    ]


def test_a_figure_has_the_shape_outside_readers_rely_on(tmp_path):
    snapshot = open_snapshot(tmp_path, {"return_interviews": interviews(in_time=2179, late=797)})
    figures = figures_for(snapshot, "2022/23", ["missing.return_interviews.within_72h"])
    figure = next(figure for figure in figures if figure.breakdown == {"month": "2022-05"})
    assert json.loads(json.dumps(figure.as_json())) == {
        "measure": "missing.return_interviews.within_72h",
        "title": "Return interviews within 72 hours, of interviews completed",
        "year": "2022/23",
        "period": ["2022-04-01", "2023-03-31"],
        "breakdown": {"month": "2022-05"},
        "unit": "percent",
        "value": 73.22,
        "numerator": 2179,
        "denominator": 2976,
        "population": "return interviews completed in the year",
        "suppressed": False,
        "snapshot": snapshot.id,
        "definition": "1.0.0",
    }
    assert figures[0].as_json()["breakdown"] == {}


def test_72_hours_to_the_second_is_in_time_and_one_second_more_is_late(tmp_path):
    snapshot = open_snapshot(tmp_path, {"return_interviews": interviews(in_time=1, late=1)})
    whole = figures_for(snapshot, "2022/23", ["missing.return_interviews.within_72h"])[0]
    assert (whole.numerator, whole.denominator, whole.value) == (1, 2, Decimal("50.00"))


@pytest.mark.parametrize(
    ("numerator", "denominator", "value"),
    [(1, 3, "33.33"), (2, 3, "66.67"), (1, 800, "0.13"), (5, 800, "0.63"), (0, 7, "0.00"), (7, 7, "100.00")],
)
def test_a_half_is_rounded_up(numerator, denominator, value):
    assert rounded(numerator, denominator, 100) == Decimal(value)


def test_a_base_of_nothing_has_no_value():
    assert rounded(0, 0) is None


def test_a_month_is_a_period_too(tmp_path):
    snapshot = open_snapshot(tmp_path, {"return_interviews": interviews(in_time=3, late=0)})
    figures = figures_for(snapshot, "2022-05", ["missing.return_interviews.completed"])
    assert [(dict(figure.breakdown), figure.value) for figure in figures] == [({}, 3), ({"month": "2022-05"}, 3)]
    assert figures[0].as_json()["period"] == ["2022-05-01", "2022-05-31"]
    assert figures[0].year == "2022/23"


def test_two_years_may_be_asked_for_at_once(tmp_path):
    """Each call has its own cursor: the days of one year never leak into the figures of another."""
    snapshot = open_snapshot(tmp_path, {"return_interviews": interviews(in_time=3, late=0)})
    years = ["2021/22", "2022/23"] * 8
    with ThreadPoolExecutor(4) as pool:
        found = list(
            pool.map(lambda year: figures_for(snapshot, year, ["missing.return_interviews.completed"])[0].value, years)
        )
    assert found == [0, 3] * 8


@pytest.mark.parametrize("year", ["2022", "2022/24", "April", ""])
def test_what_is_no_period_is_refused(tmp_path, year):
    with pytest.raises(ValueError, match="such as"):
        figures_for(open_snapshot(tmp_path, {}), year)
