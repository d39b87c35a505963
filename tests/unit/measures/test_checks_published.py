"""The figures of two published annual reports: all that is known to be wrong is named, all that is sound left alone."""

import pytest

from tests.unit.measures.published_tables import published
from trellis.measures.checks import Finding, Severity, check_figures


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    return check_figures(published())


@pytest.fixture(scope="module")
def blank_note_findings() -> list[Finding]:
    """What is found when every remark is gone but stated changes: nothing may rest on a hint."""
    rows = published()
    return check_figures([row | {"note": row["note"] if "fewer" in row["note"] else ""} for row in rows])


def named(findings: list[Finding], kind: str) -> dict[tuple[int, ...], Finding]:
    return {finding.lines: finding for finding in findings if finding.kind == kind}


@pytest.mark.parametrize("year_sum", [((3, 4, 5), 107), ((7, 8, 9), 102), ((11, 12, 13), 90)])
def test_types_that_cannot_sum(findings, blank_note_findings, year_sum):
    lines, total = year_sum
    for found in (findings, blank_note_findings):
        finding = named(found, "partition_sum")[lines]
        assert finding.severity is Severity.IMPOSSIBLE
        assert finding.evidence["sum"] == total
        assert str(total) in finding.message


def test_only_three_years_of_types_are_impossible(findings):
    assert len(named(findings, "partition_sum")) == 3


def test_legal_status_is_said_to_overlap(findings, blank_note_findings):
    for found in (findings, blank_note_findings):
        finding = named(found, "overlap")[26, 27, 28]
        assert finding.severity is Severity.QUESTION
        assert "109" in finding.message
        assert "overlap" in finding.would_have_to_be_true
        assert finding.evidence["least_counts"] == [67, 9, 35]
        assert finding.evidence["least_overlap"] == 5
        assert finding.evidence["least_extra"] == 9


def test_one_measure_with_two_values(findings, blank_note_findings):
    for found in (findings, blank_note_findings):
        values = {lines: finding.evidence["values"] for lines, finding in named(found, "two_values").items()}
        assert values == {(15, 30): [22, 28], (16, 29): [60, 59]}
    said = named(findings, "two_values")[15, 30].would_have_to_be_true
    assert "242 (referrals received)" in said
    assert "102 (open to the hub at any time)" in said


def test_forty_seven_percent_of_twenty_two(findings, blank_note_findings):
    for found in (findings, blank_note_findings):
        finding = named(found, "share_not_possible")[(64,)]
        assert finding.severity is Severity.IMPOSSIBLE
        assert finding.evidence["nearest"] == [
            {"count": 10, "of": 22, "percent": 45.5},
            {"count": 11, "of": 22, "percent": 50.0},
        ]


def test_twenty_two_percent_of_twenty_two_was_cut_off(findings):
    cut = named(findings, "cut_off_not_rounded")
    assert set(cut) == {(59,), (63,)}
    assert all("5 of 22" in finding.would_have_to_be_true for finding in cut.values())
    assert all(finding.severity is Severity.QUESTION for finding in cut.values())


def test_a_third_is_words_while_the_note_says_so(findings, blank_note_findings):
    assert named(findings, "approximate_words")[(69,)].severity is Severity.QUESTION
    assert (69,) in named(blank_note_findings, "share_not_possible")


def test_a_list_without_the_rest_is_only_asked_about(findings):
    finding = named(findings, "partition_short")[29, 30, 31, 32, 33]
    assert finding.severity is Severity.QUESTION
    assert "at least 3 of 102" in finding.would_have_to_be_true


def test_nothing_else_is_found(findings, blank_note_findings):
    assert len(findings) == 11
    assert len(blank_note_findings) == 11


def test_sound_rows_are_left_alone(findings):
    """Ethnicity 2022/23 (100), types 2022/23 (101), 73.22% of 2,976, and 3,993 being 683 fewer than 4,676."""
    sums = {line for finding in findings if finding.kind != "two_values" for line in finding.lines}
    assert not sums & {14, 15, 16, 17}
    every = {line for finding in findings for line in finding.lines}
    assert not every & {*range(19, 26), *range(34, 59)}


@pytest.mark.parametrize(
    ("line", "value", "kind"),
    [
        (20, "47", "partition_sum"),  # ethnicity would make 105
        (24, "3.1", "share_not_possible"),  # neither of 102 nor of 242
        (46, "73.24", "share_not_possible"),
        (36, "4010", "change_contradicted"),
        (40, "4677", "change_contradicted"),
        (43, "1380", "subset_larger"),
        (52, "7.5", "fraction_counted"),
        (50, "-7", "negative_value"),
        (34, "134", "percent_outside_range"),
        (48, "thirty", "not_a_number"),
    ],
)
def test_a_planted_fault_is_found(line, value, kind):
    rows = published()
    rows[line - 2] |= {"value": value}
    assert any(finding.kind == kind and line in finding.lines for finding in check_figures(rows))
