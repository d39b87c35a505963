"""The monthly missing report: it agrees with a second answer, its months sum to the year, its files say the same."""

import json
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.factories import accounts
from tests.integration.reports.second_answer import second_answers
from tests.integration.reports.test_annual_report import Page
from tests.integration.reports.test_pages import signed_in
from tests.integration.reports.test_second_answer import place
from trellis.core.errors import Unusable
from trellis.core.ids import new_id
from trellis.measures import registry
from trellis.measures.figures import figures_for
from trellis.measures.periods import report_year
from trellis.measures.tables import Snapshot
from trellis.reports import services
from trellis.reports.book import months_compared, period_of, year_before
from trellis.reports.document.files import FORMATS
from trellis.reports.document.parts import Number, Picture, anchor, plain

MONTH, YEAR = "2023-02", "2022/23"
_made = {}


@pytest.fixture
def monthly(area_snapshot):
    """The missing report of February 2023 of the invented area, made once for the process."""
    if "report" not in _made:
        _made["report"] = services.make_missing_report(Snapshot.open(area_snapshot), month=MONTH)
    return _made["report"]


def test_every_figure_of_the_month_equals_the_second_answer(area_snapshot):
    answers = dict(second_answers(MONTH))
    figures = [figure.as_json() for figure in figures_for(Snapshot.open(area_snapshot), MONTH)]
    for figure in figures:
        expected = answers.pop(place(figure), (0, figure["denominator"]))
        assert (figure["numerator"], figure["denominator"]) == expected, place(figure)
    assert not {name: number for name, number in answers.items() if number[0]}, "categories left out"


def test_every_figure_of_the_report_agrees_or_is_suppressed(monthly):
    named = {period_of(figure) for figure in monthly.report.figures}
    assert named == {*months_compared(MONTH), year_before(MONTH)}
    answers = {name: second_answers(name) for name in (MONTH, months_compared(MONTH)[0], year_before(MONTH))}
    shown = [one for one in monthly.report.figures if not one.suppressed and period_of(one) in answers]
    for figure in shown:
        expected = answers[period_of(figure)].get(place(figure.as_json()), (0, figure.denominator))
        assert (figure.numerator, figure.denominator) == expected, (period_of(figure), place(figure.as_json()))


def test_the_months_sum_to_the_year_for_every_count(area_snapshot):
    snapshot, sums = Snapshot.open(area_snapshot), Counter()
    codes = [
        one.code for one in registry.MEASURES.values() if one.code.startswith(("missing", "equity")) and one.adds_up
    ]
    for month in report_year(YEAR).months:
        for figure in figures_for(snapshot, month, codes):
            sums[place(figure.as_json())] += figure.numerator
    for figure in figures_for(snapshot, YEAR, codes):
        assert sums[place(figure.as_json())] == figure.numerator, place(figure.as_json())


def test_every_digit_is_a_figure_and_each_leads_to_how_it_was_made(monthly):
    page = Page(monthly.files["report.html"].decode())
    words = [run for words in monthly.report.narrative() for run in words]
    assert [run for run in words if isinstance(run, str) and any(letter.isdigit() for letter in run)] == []
    for measure in {run.measure for run in words if isinstance(run, Number)}:
        assert anchor(measure) in page.ids
    assert {link[1:] for link in page.links} <= page.ids
    assert monthly.report.findings == ()


def test_the_charts_hold_what_their_tables_hold(monthly):
    charts = [part for part in monthly.report.parts() if isinstance(part, Picture)]
    assert [chart.kind for chart in charts] == ["lines", "bars", "heat", "bars"]
    for chart in charts:
        shown = {cell.text for row in chart.table.rows for cell in row if isinstance(cell, Number)}
        assert {number.text for one in chart.series for number in one.numbers} <= shown, plain(chart.title)


def test_it_says_it_is_not_the_statutory_return_and_gives_all_three_bases(monthly):
    text = " ".join("".join(Page(monthly.files["report.html"].decode()).text).split())
    assert "The statutory return counts looked-after children only" in text
    for words in ("of interviews completed", "of missing reports", "of returns"):
        assert f"Return interviews within 72 hours, {words}" in text


def test_no_small_number_leaves_the_hub(monthly):
    for figure in json.loads(monthly.files["figures.json"]):
        if not figure["suppressed"] and figure["unit"] != "years":
            assert not 1 <= figure["numerator"] <= 4, place(figure)


def test_the_command_writes_five_files(invented_area, tmp_path):
    said = StringIO()
    call_command("report", "missing", "--month", MONTH, "--out", str(tmp_path / "out"), stdout=said)
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(FORMATS)


@pytest.mark.parametrize(
    ("month", "said"),
    [
        ("2023-13", "is not a month"),
        ("2022/23", "is not a month"),
        ("2012-01", "no missing report"),
        ("2990-01", "not over"),
    ],
)
def test_a_month_that_cannot_be_reported_ends_in_one_line(invented_area, tmp_path, month, said):
    with pytest.raises(Unusable, match=said) as refused:
        call_command("report", "missing", "--month", month, "--out", str(tmp_path / "out"))
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "out").exists()


def test_it_is_asked_for_and_read_in_the_browser(monthly, client):
    user = signed_in(client, accounts.analyst())
    form = {"form_key": str(new_id()), "month": MONTH}
    assert client.post(reverse("missing-reports"), form).status_code == 302
    assert "Missing report February 2023" in client.get(reverse("missing-reports")).text
    edition = services.store_edition(monthly, by=user)
    for address in (reverse("missing-report", args=[MONTH]), reverse("edition", args=[edition.id])):
        shown = client.get(address)
        assert shown.status_code == 200
        assert "Missing from home and care, February 2023" in shown.text
    for measure in ("missing.children_repeatedly", "derived.equity.rate_ratio"):
        assert client.get(reverse("figure", args=[edition.id, measure])).status_code == 200


def test_somebody_without_reports_is_refused(db, client):
    signed_in(client, accounts.missing_worker())
    for address in (reverse("missing-reports"), reverse("missing-report", args=[MONTH])):
        assert client.get(address).status_code == 403
