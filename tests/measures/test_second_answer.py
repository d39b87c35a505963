"""Each figure equals the slow answer, and a partition always sums to its total."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import example, given

from tests.measures.invented import examples, snapshots
from tests.measures.second_answer import answers
from tests.measures.snapshots import open_snapshot
from trellis.measures import registry
from trellis.measures.figures import Figure, figures_for
from trellis.measures.periods import period
from trellis.measures.shape import Cut


def by_name(figures: list[Figure]) -> dict[tuple[str, str, str], tuple]:
    return {
        (figure.measure, figure.slice.cut, figure.slice.category): (figure.value, figure.numerator, figure.denominator)
        for figure in figures
    }


@pytest.mark.parametrize("span", ["2022/23", "2019/20", "2023-03"])
@examples(25)
@given(rows=snapshots())
@example(rows={})
def test_every_figure_equals_the_second_answer(tmp_path, span, rows):
    figures = figures_for(open_snapshot(tmp_path, rows), span)
    ours, days = by_name(figures), period(span)
    theirs = answers(rows, days.starts_on, days.ends_on)
    assert len(ours) == len(figures), "a figure is given twice"
    assert {name: ours[name] for name in theirs} == theirs
    for name in ours.keys() - theirs.keys():
        assert ours[name][1] == 0, f"{name} is not in the second answer"


@examples(10)
@given(rows=snapshots())
def test_a_partition_sums_to_its_total(tmp_path, rows):
    figures = figures_for(open_snapshot(tmp_path, rows), "2022/23")
    totals = {figure.measure: figure.numerator for figure in figures if not figure.breakdown}
    for measure in registry.MEASURES.values():
        for cut in (cut for cut in measure.by if isinstance(cut, Cut)):
            cells = [figure for figure in figures if figure.measure == measure.code and cut.key in figure.breakdown]
            whole = totals[measure.code] if measure.has_total else cells[0].denominator if cells else 0
            assert sum(cell.numerator or 0 for cell in cells) == whole


MONTHS = 12


@examples(4)
@given(rows=snapshots())
def test_the_months_of_a_year_sum_to_the_year(tmp_path, rows):
    """Every count and every breakdown of it; children come back, so theirs are left out, and those new are summed."""
    snapshot, sums = open_snapshot(tmp_path, rows), Counter()
    codes = [
        one.code for one in registry.MEASURES.values() if one.code.startswith(("missing", "equity")) and one.adds_up
    ]
    year = figures_for(snapshot, "2022/23", codes)
    for month in period("2022/23").months:
        for figure in figures_for(snapshot, month, codes):
            name = figure.measure, str(figure.breakdown)
            sums[*name, "above"] += figure.numerator
            sums[*name, "below"] += figure.denominator or 0
            sums[*name, "months"] += 1
    for figure in year:
        name = figure.measure, str(figure.breakdown)
        assert sums[*name, "above"] == figure.numerator, name
        if sums[*name, "months"] == MONTHS:  # what a month has none of it does not name, nor its base
            assert sums[*name, "below"] == (figure.denominator or 0), name
    new = next(f for f in year if f.measure == "missing.children_first_this_year")
    assert new.value == figures_for(snapshot, "2022/23", ["missing.children"])[0].value


@examples(3)
@given(rows=snapshots())
def test_asking_for_some_measures_changes_no_number(tmp_path, rows):
    snapshot = open_snapshot(tmp_path, rows)
    everything = by_name(figures_for(snapshot, "2022/23"))
    for code in registry.MEASURES:
        alone = by_name(figures_for(snapshot, "2022/23", [code]))
        assert alone == {name: everything[name] for name in everything if name[0] == code}


def test_a_closed_list_shows_every_code_at_zero_and_the_not_known(tmp_path):
    figures = figures_for(open_snapshot(tmp_path, {}), "2022/23", ["referrals.received"])
    shown = {(figure.slice.cut, figure.slice.category): figure.value for figure in figures}
    assert shown[("exploitation_type", "threat_to_life")] == 0
    assert shown[("sex", "not_known")] == 0
    assert [category for cut, category in shown if cut == "month"][::11] == ["2022-04", "2023-03"]


def test_a_share_of_nothing_has_no_value(tmp_path):
    (figure,) = figures_for(open_snapshot(tmp_path, {}), "2022/23", ["profile.share_send"])
    assert (figure.value, figure.numerator, figure.denominator, figure.suppressed) == (None, 0, 0, False)


def test_a_late_evening_in_summer_time_belongs_to_the_london_day(tmp_path):
    """23:30 UTC on 31 March 2022 is half past midnight on 1 April in London: the new year."""
    rows = {"referrals": [{"child_key": "c", "received_on": date(2022, 4, 1)}]}
    snapshot = open_snapshot(tmp_path, rows)
    (this_year, last_year) = (
        next(f.value for f in figures_for(snapshot, year, ["referrals.received"]) if not f.breakdown)
        for year in ("2022/23", "2021/22")
    )
    assert (this_year, last_year) == (1, 0)
