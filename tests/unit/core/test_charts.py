"""Charts: the number on each mark, from zero, with the same numbers in the table."""

import xml.etree.ElementTree as ET

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from trellis.core import charts
from trellis.core.charts.svg import WIDTH, width_of

SVG = "{http://www.w3.org/2000/svg}"
YEARS = ["2019/20", "2020/21", "2021/22", "2022/23"]
names = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60)
values = st.one_of(st.none(), st.integers(0, 10**7), st.floats(0, 10**7, allow_nan=False))


def parsed(chart):
    return ET.fromstring(chart.svg)


def words(chart):
    return ["".join(text.itertext()) for text in parsed(chart).iter(f"{SVG}text")]


def test_bars_start_at_zero_and_are_as_long_as_their_numbers():
    chart = charts.bars("Referrals", YEARS, charts.Series("Received", [200, 100, 50, 0]))
    widths = [float(bar.get("width")) for bar in parsed(chart).iter(f"{SVG}rect")]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.2)
    assert widths[0] == pytest.approx(4 * widths[2], abs=0.2)
    assert widths[3] == 0
    lefts = {bar.get("x") for bar in parsed(chart).iter(f"{SVG}rect")}
    assert len(lefts) == 1


def test_a_line_stands_on_zero():
    chart = charts.lines("Reports", YEARS, charts.Series("Reports", [100, 0, 50, 100]))
    dots = [float(dot.get("cy")) for dot in parsed(chart).iter(f"{SVG}circle")]
    axis = float(next(parsed(chart).iter(f"{SVG}line")).get("y1"))
    assert dots[1] == axis
    assert axis - dots[0] == pytest.approx(2 * (axis - dots[2]))


@pytest.mark.parametrize("draw", [charts.bars, charts.lines])
def test_the_numbers_stand_on_the_marks_and_in_the_table(draw):
    chart = draw("Reports", YEARS, charts.Series("Reports", [4676, 3993, 4280, 4958]), source="Trellis", base="all")
    assert {"4,676", "3,993", "4,280", "4,958"} <= set(words(chart))
    assert [row[1] for row in chart.table.rows] == [4676, 3993, 4280, 4958]
    assert [row[0] for row in chart.table.rows] == YEARS
    assert chart.table.caption == "Reports"


@pytest.mark.parametrize("draw", [charts.bars, charts.lines])
def test_what_is_not_shown_is_never_drawn_as_nought(draw):
    chart = draw("Shares", YEARS, charts.Series("Share", [61.5, None, 70.02, 73.22]), unit="%")
    assert "0%" not in words(chart)
    assert [row[1] for row in chart.table.rows] == ["61.5%", "not shown", "70.02%", "73.22%"]


def test_a_line_is_broken_where_a_value_is_not_shown():
    chart = charts.lines("Shares", YEARS, charts.Series("Share", [1, None, 2, 3]))
    assert len(list(parsed(chart).iter(f"{SVG}path"))) == 2


def test_two_series_are_named_and_told_apart():
    chart = charts.bars(
        "Referrals", YEARS, charts.Series("Received", [4, 3, 2, 1]), charts.Series("Accepted", [1, 2, 3, 4])
    )
    assert {"Received", "Accepted"} <= set(words(chart))
    assert len({bar.get("fill") for bar in parsed(chart).iter(f"{SVG}rect")}) == 2
    assert [column.label for column in chart.table.columns] == ["Category", "Received", "Accepted"]


@pytest.mark.parametrize("draw", [charts.bars, charts.lines])
def test_a_change_of_definition_is_marked(draw):
    chart = draw(
        "Referrals", YEARS, charts.Series("Received", [4, 3, 2, 1]), breaks={"2021/22": "types were redefined"}
    )
    assert "Break: types were redefined" in words(chart)


@pytest.mark.parametrize(
    "series",
    [
        (),
        (charts.Series("a", [1]),),
        (charts.Series("a", [1, 2, 3, -4]),),
        tuple(charts.Series(str(n), [1, 2, 3, 4]) for n in range(3)),
    ],
)
@pytest.mark.parametrize("draw", [charts.bars, charts.lines])
def test_a_chart_that_would_mislead_is_refused(draw, series):
    with pytest.raises(ValueError, match=r"chart|values|zero"):
        draw("Title", YEARS, *series)


@given(st.lists(st.tuples(names, values, values), max_size=30), names, st.sampled_from([charts.bars, charts.lines]))
def test_any_numbers_and_names_give_sound_markup_inside_the_drawing(rows, title, draw):
    categories = [f"{place} {name}" for place, (name, _, _) in enumerate(rows)]
    series = [charts.Series("One", [row[1] for row in rows]), charts.Series("Two", [row[2] for row in rows])]
    chart = draw(title, categories, *series)
    drawing = parsed(chart)
    height = float(drawing.get("viewBox").split()[3])
    for mark in drawing.iter():
        for place, limit in (("x", WIDTH), ("cx", WIDTH), ("y", height), ("cy", height)):
            if mark.get(place) is not None:
                assert -0.1 <= float(mark.get(place)) <= limit + 0.1
    assert len(chart.table.rows) == len(rows)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_no_number_leaves_the_drawing(numbers):
    chart = charts.bars("Title", [str(place) for place in range(len(numbers))], charts.Series("One", numbers))
    for text in parsed(chart).iter(f"{SVG}text"):
        if text.get("text-anchor") == "start":
            assert float(text.get("x")) + width_of(text.text) <= WIDTH + 1


def test_the_same_data_draws_the_same_bytes_without_inline_style():
    first, second = (charts.lines("A & B <i>", YEARS, charts.Series("One", [1, 2, 3, 4])).svg for _ in range(2))
    assert first == second
    assert "style" not in first
    assert "A &amp; B &lt;i&gt;" in first


def test_a_chart_on_a_page_has_its_table_base_and_source():
    chart = charts.bars("Fewer", YEARS, charts.Series("Received", [4, 3, 2, 1]), source="Trellis", base="referrals")
    markup = engines["django"].from_string("{% chart chart %}").render({"chart": chart})
    assert "<details" in markup
    assert "Base: referrals. Source: Trellis." in markup
    assert markup.count('<th scope="row"') == 4
    shown = engines["django"].from_string("{% chart chart open=True %}").render({"chart": chart})
    assert "<details" not in shown
    assert shown.count('<th scope="row"') == 4
