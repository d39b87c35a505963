"""What the check says of a report's own tables."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.unit.reports.test_words import SHARE
from trellis.reports.book import written
from trellis.reports.document.parts import Column, Name, Number, Report, Section, Table
from trellis.reports.sense import report_findings

OFFERED = replace(SHARE, measure="equity.interview_offered", title="Interview offered, by ethnicity group and sex")


def table(figure):
    key = next(iter(figure.breakdown))
    cell = Number(written(figure), float(figure.value), figure.measure, (figure,))
    columns = [Column((Name(key),)), Column(("Share",), numeric=True)]
    return Table(key, (Name(key),), columns, [[Name("Not known"), cell]])


def report(*tables):
    moment = datetime(2023, 6, 1, tzinfo=UTC)
    sections = [Section("equity", "Equity", tables)]
    return Report("Report", "Hub", "2022/23", "OFFICIAL-SENSITIVE", moment, "sha256:0", sections)


MORE = {"value": Decimal("97.00"), "numerator": 19_400}


@pytest.mark.parametrize("title", ["Interview offered", "Interview offered, by ethnicity group and sex"])
def test_a_line_of_the_same_words_under_another_breakdown_is_another_measure(title):
    of_sex = replace(OFFERED, title=title, breakdown={"sex": "not_known"})
    of_group = replace(OFFERED, title=title, breakdown={"ethnicity_group": "not_known"}, **MORE)
    assert report_findings(report(table(of_sex), table(of_group))) == []


def test_two_values_under_one_name_are_found():
    one = replace(OFFERED, breakdown={"sex": "not_known"})
    other = replace(OFFERED, breakdown={"sex": "U"}, **MORE)
    assert len(report_findings(report(table(one), table(other)))) == 1
