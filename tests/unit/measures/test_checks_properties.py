"""No false alarm: any table built from real counts by correct rounding is sound. No escape: what cannot be is found."""

from collections.abc import Sequence

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.unit.measures.test_checks_rounding import rounded_share
from trellis.measures.checks import check_figures
from trellis.measures.checks.rounding import ROUNDING, Rule

TYPES = ("CSE", "CCE", "multiple or other")
GROUPS = ("White British", "dual heritage", "Black", "Asian", "other")
AGES = ("under 13", "13 or 14", "15 or 16", "17 and over")
STATUSES = ("child in need", "child protection plan", "looked after")

counts_of = {
    names: st.lists(st.integers(0, 160), min_size=len(names), max_size=len(names)) for names in (TYPES, GROUPS, AGES)
}


def row(
    year: str, section: str, measure: str, breakdown: str, value: object, unit: str, note: str = ""
) -> dict[str, str]:
    return {
        "report_year": year,
        "section": section,
        "measure": measure,
        "breakdown": breakdown,
        "value": str(value),
        "unit": unit,
        "note": note,
    }


def shares(
    year: str,
    section: str,
    measure: str,
    names: Sequence[str],
    counts: Sequence[int],
    base: int,
    places: int,
    rule: Rule,
) -> list[dict[str, str]]:
    values = [rounded_share(count, base, places, rule) for count in counts]
    return [row(year, section, measure, name, value, "percent") for name, value in zip(names, values, strict=True)]


@st.composite
def sound_tables(draw) -> list[dict[str, str]]:
    """Two years of a hub whose every figure is counted and correctly rounded, in any order of rows."""
    places, rule = draw(st.integers(0, 2)), draw(st.sampled_from(ROUNDING))
    rows: list[dict[str, str]] = []
    before = None
    for year in ("2030/31", "2031/32"):
        types = draw(counts_of[TYPES])
        received = sum(types)
        assume(received > 0)
        note = "" if before is None else _change(received, before)
        before = received
        rows.append(row(year, "referrals", "referrals received", "all", received, "count", note))
        rows += shares(
            year, "referrals", "share of referrals by exploitation type", TYPES, types, received, places, rule
        )
        rows += [
            row(year, "referrals", "referrals received by exploitation type", *n, "count")
            for n in zip(TYPES, types, strict=True)
        ]
        rows += _profile(draw, year, places, rule) + _missing(draw, year, places, rule)
    return draw(st.permutations(rows))


def _change(now: int, then: int) -> str:
    return f"{abs(now - then)} {'fewer' if now < then else 'more'} than 2030/31"


def _profile(draw, year: str, places: int, rule: Rule) -> list[dict[str, str]]:
    groups = draw(counts_of[GROUPS])
    open_cases = sum(groups)
    assume(open_cases > 0)
    ages = _split(draw, open_cases, len(AGES))
    male = draw(st.integers(0, open_cases))
    rows = [row(year, "profile", "open to the hub at any time", "all", open_cases, "count")]
    rows += shares(year, "profile", "share by ethnicity group", GROUPS, groups, open_cases, places, rule)
    rows += shares(year, "profile", "share by age", AGES, ages, open_cases, places, rule)
    rows += shares(year, "profile", "share by sex", ["male"], [male], open_cases, places, rule)
    held = [draw(st.integers(0, open_cases)) for _ in STATUSES]
    statuses = shares(year, "profile", "share by legal status", STATUSES, held, open_cases, places, rule)
    statuses[0]["note"] = "a child may have more than one"
    return rows + statuses


def _split(draw, total: int, parts: int) -> list[int]:
    cuts = sorted(draw(st.lists(st.integers(0, total), min_size=parts - 1, max_size=parts - 1)))
    return [high - low for low, high in zip([0, *cuts], [*cuts, total], strict=True)]


def _missing(draw, year: str, places: int, rule: Rule) -> list[dict[str, str]]:
    reports = draw(st.integers(1, 6000))
    interviews = draw(st.integers(1, reports))
    in_time = draw(st.integers(0, interviews))
    children = draw(st.integers(1, reports))
    return [
        row(year, "missing", "missing reports", "all", reports, "count"),
        row(year, "missing", "children with a missing report", "all", children, "count"),
        row(year, "missing", "independent return interviews carried out", "all", interviews, "count"),
        row(year, "missing", "return interviews within 72 hours", "all", in_time, "count"),
        *shares(
            year, "missing", "share of return interviews within 72 hours", ["all"], [in_time], interviews, places, rule
        ),
    ]


@settings(max_examples=60, deadline=None)
@given(sound_tables())
def test_a_table_of_real_counts_gives_no_finding(rows):
    assert check_figures(rows) == []


@settings(deadline=None)
@given(st.lists(st.integers(0, 100), min_size=5, max_size=5), st.integers(1, 400) | st.none())
def test_an_exclusive_sum_that_rounding_cannot_explain_is_always_found(values, base):
    """Five whole shares of one whole make 98 to 102; anything above is impossible, whatever the base."""
    assume(sum(values) >= 103 or sum(values) <= 97)
    rows = [row("2031/32", "profile", "share by ethnic group", *n, "percent") for n in zip(GROUPS, values, strict=True)]
    if base:
        rows.append(row("2031/32", "profile", "open to the hub at any time", "all", base, "count"))
    found = check_figures(rows)
    assert found
    possible_apart = not any(finding.kind in ("share_not_possible", "cut_off_not_rounded") for finding in found)
    assert any(finding.kind == "partition_sum" for finding in found) or not possible_apart


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(0, 100))
def test_a_share_is_found_exactly_when_no_count_gives_it(base, value):
    rows = [
        row("2031/32", "act_evaluation", "children worked with", "all", base, "count"),
        row("2031/32", "act_evaluation", "share open 10 to 15 months", "all", value, "percent"),
    ]
    given_by_some = any(rounded_share(n, base, 0, rule).units == value for n in range(base + 1) for rule in ROUNDING)
    assert bool(check_figures(rows)) is not given_by_some


@settings(deadline=None)
@given(st.lists(st.text(max_size=30), min_size=7, max_size=7))
def test_no_cell_can_break_the_check(cells):
    names = ("report_year", "section", "measure", "breakdown", "value", "unit", "note")
    hostile = dict(zip(names, cells, strict=True))
    check_figures([hostile, hostile | {"unit": "percent", "value": "47"}, hostile | {"unit": "count", "value": "22"}])
