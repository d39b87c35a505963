"""The figures of the invented area, agreed with a second answer made by hand."""

import json
from decimal import Decimal

import pytest

from tests.integration.reports.second_answer import second_answers
from trellis.measures.disclosure import DEFAULT_RULE
from trellis.measures.figures import figures_for, rounded
from trellis.measures.tables import Snapshot
from trellis.reports.book import years_compared

YEARS = years_compared("2022/23")
PUBLISHED = {
    ("referrals.received", "2019/20"): 279,
    ("referrals.received", "2020/21"): 263,
    ("referrals.received", "2021/22"): 240,
    ("referrals.received", "2022/23"): 242,
    ("cases.open_at_year_end", "2022/23"): 102,
    ("missing.reports", "2019/20"): 4676,
    ("missing.reports", "2020/21"): 3993,
    ("missing.reports", "2021/22"): 4280,
    ("missing.reports", "2022/23"): 4958,
    ("missing.children", "2020/21"): 1068,
    ("missing.children", "2021/22"): 1353,
    ("missing.children", "2022/23"): 1381,
    ("missing.return_interviews.completed", "2020/21"): 2316,
    ("missing.return_interviews.completed", "2022/23"): 2976,
    ("missing.return_interviews.within_72h", "2022/23"): 73.22,
}


def place(figure):
    key, category = next(iter(figure["breakdown"].items()), ("", ""))
    return figure["measure"], key, category


@pytest.fixture
def published(annual):
    return json.loads(annual.files["figures.json"])


def test_every_figure_inside_the_hub_agrees_with_the_second_answer(area_snapshot):
    snapshot = Snapshot.open(area_snapshot)
    for year in YEARS:
        answers = dict(second_answers(year))
        figures = [figure.as_json() for figure in figures_for(snapshot, year)]
        for figure in figures:
            base = figure["denominator"]
            expected = answers.pop(place(figure), (0, base))
            assert (figure["numerator"], base) == expected, f"{year} {place(figure)}"
        assert not {name: number for name, number in answers.items() if number[0]}, f"{year}: categories left out"


def test_every_figure_of_the_report_agrees_or_is_suppressed(published, area_snapshot):
    answers = {year: second_answers(year) for year in YEARS}
    for figure in published:
        if figure["suppressed"]:
            assert (figure["value"], figure["numerator"], figure["denominator"]) == (None, None, None)
            continue
        numerator, base = answers[figure["year"]].get(place(figure), (0, figure["denominator"]))
        assert (figure["numerator"], figure["denominator"]) == (numerator, base), place(figure)
        times = 100 if figure["unit"] == "percent" else 1
        value = numerator if base is None else rounded(numerator, base, times)
        assert figure["value"] == (float(value) if isinstance(value, Decimal) else value)


def test_no_small_number_of_people_leaves_the_hub(published):
    shown = [figure for figure in published if not figure["suppressed"] and figure["unit"] != "years"]
    for figure in shown:
        assert not DEFAULT_RULE.small(figure["numerator"]), place(figure)
    assert any(figure["suppressed"] for figure in published)


def test_the_totals_are_the_published_ones(published):
    totals = {(f["measure"], f["year"]): f["value"] for f in published if not f["breakdown"]}
    assert {name: totals[name] for name in PUBLISHED} == PUBLISHED
    interviews = next(
        f for f in published if (f["measure"], f["year"]) == ("missing.return_interviews.within_72h", "2022/23")
    )
    assert (interviews["numerator"], interviews["denominator"]) == (2179, 2976)
