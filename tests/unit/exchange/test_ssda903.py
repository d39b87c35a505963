"""The statutory return of looked-after children: any history of reports, care and placements makes files that keep
its rules, counts every report once, and holds every day away in care."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.exchange.ssda903_rules import birthday, broken, each_day, read
from trellis.exchange.ssda903.care import Child, Status, Stay, care_of, missing_facts, spans
from trellis.exchange.ssda903.comparison import Comparison, Origin
from trellis.exchange.ssda903.files import NotPlain, files_of
from trellis.exchange.ssda903.periods import Care, Fate, Report, missing_rows
from trellis.measures.periods import report_year

YEAR, NEXT = report_year("2022/23"), report_year("2023/24")
BORN = date(2005, 9, 3)
FIRST, LAST = date(2021, 11, 1), date(2023, 11, 30)
DAYS = (LAST - FIRST).days
LISTS = {
    "care_legal_status": [(code, date(2010, 4, 1), None) for code in ("C1", "C2", "V2")],
    "placement_type": [(code, date(2010, 4, 1), None) for code in ("U4", "U6", "K2", "P1")],
}
POSTCODES = ("M144PW", "M202WJ", "BL11RU", "M25PD")
HOME = "M25DB"


def on(number):
    return FIRST + timedelta(days=number)


@st.composite
def histories(draw):
    """Periods of care, each filled with placements, and times missing that do not overlap; sometimes over eighteen."""
    turns = sorted(draw(st.sets(st.integers(0, DAYS), min_size=2, max_size=9)))
    statuses, stays, start = [], [], None
    for number, following in zip(turns, [*turns[1:], None], strict=True):
        if start is None:
            start = number
        ends_here = draw(st.booleans()) or following is None
        end = on(following) if following is not None else draw(st.sampled_from([None, LAST + timedelta(days=9)]))
        before = stays[-1] if stays and stays[-1].end == on(number) else None
        stays.append(a_stay(draw, on(number), end, before))
        if ends_here:
            statuses.append(Status(on(start), end, draw(st.sampled_from(["N1", "N5"])), "E8" if end else ""))
            start = None
    for place, (stay, after) in enumerate(zip(stays, [*stays[1:], None], strict=True)):
        if after and after.start == stay.end and not stay.is_same_place(after):
            stays[place] = replace(stay, ended_because="CARPL")
    born = draw(st.sampled_from([BORN, date(2008, 2, 29)]))
    eighteenth = birthday(born, 18)
    statuses = [replace(s, end=min(s.end or eighteenth, eighteenth), ended_because="E8") for s in statuses]
    statuses = [status for status in statuses if status.start < status.end]
    stays = [replace(s, end=min(s.end, eighteenth) if s.end else eighteenth) for s in stays]
    stays = [stay for stay in stays if stay.start < stay.end]
    return a_child(born=born, statuses=tuple(statuses), stays=tuple(stays)), draw(times_away())


def a_stay(draw, start, end, before):
    if before and draw(st.integers(0, 4)) == 0:
        other = draw(st.sampled_from([code for code in ("C1", "C2", "V2") if code != before.legal_status]))
        return replace(before, start=start, end=end, legal_status=other, ended_because="")
    return Stay(
        start=start,
        end=end,
        legal_status=draw(st.sampled_from(["C1", "C2", "V2"])),
        placement_type=draw(st.sampled_from(["U4", "U6", "K2"])),
        provider="PR4",
        registration="SC990001",
        postcode=draw(st.sampled_from([code for code in POSTCODES if not before or code != before.postcode])),
    )


@st.composite
def times_away(draw):
    """Moments as whole hours; a report begins no earlier than the one before ended, and the last may go on."""
    edges = sorted(draw(st.lists(st.integers(0, DAYS * 24), min_size=0, max_size=16, unique=True)))
    reports = []
    for key, (begun, over) in enumerate(zip(edges[::2], edges[1::2], strict=False)):
        last = key == len(edges) // 2 - 1
        end = None if last and draw(st.booleans()) else on(over // 24)
        reports.append(Report(
            key, draw(st.sampled_from("MA")), on(begun // 24), end,
            merged=draw(st.integers(0, 9)) == 0, elsewhere=draw(st.integers(0, 9)) == 0,
        ))  # fmt: skip
    return reports


def a_child(**fields):
    facts = {
        "key": "child",
        "number": "SYN0000001",
        "born": BORN,
        "sex": "F",
        "ethnicity": "WBRI",
        "pupil_number": "",
        "no_pupil_number": "UN2",
        "mother": "no",
        "own_child_born_on": None,
        "home_postcode": HOME,
        "statuses": (),
        "stays": (),
    }
    return Child(**{**facts, **fields})


def outcome_of(child, reports, year=YEAR):
    return missing_rows(reports, spans(child.statuses, child.stays), year)


def files(child, reports, year=YEAR):
    outcome = outcome_of(child, reports, year)
    there = (child,) if outcome.rows else ()
    rows = {child.key: outcome.rows} if outcome.rows else {}
    return files_of(Comparison(year, there, rows, outcome.fates, dict.fromkeys(Origin, ()), ()))


@given(histories())
@settings(max_examples=120, deadline=None)
def test_any_history_keeps_the_rules_of_the_return(history):
    child, reports = history
    this = files(child, reports)
    assert broken(this, YEAR.starts_on, YEAR.ends_on) == []
    following = files(child, reports, NEXT)
    assert broken(following, NEXT.starts_on, NEXT.ends_on, before=this) == []


@given(histories())
@settings(max_examples=120, deadline=None)
def test_every_report_has_one_fate_and_every_day_away_in_care_is_there(history):
    child, reports = history
    outcome = outcome_of(child, reports)
    assert set(outcome.fates) == {report.key for report in reports}
    care = care_of(child.statuses)
    turns = {stay.end for stay in child.stays}
    covered = {day for row in outcome.rows for day in each_day(row.start, row.end or YEAR.ends_on)}
    for report in reports:
        if report.merged or report.elsewhere:
            continue
        for day in each_day(max(report.start, YEAR.starts_on), min(report.end or LAST, YEAR.ends_on)):
            inside = any(p.start <= day and (p.end is None or day < p.end) for p in care)
            began_as_found = any(p.start == report.end == day and report.start < day for p in care)
            if inside and not began_as_found and day not in turns:
                assert day in covered
    away = {day for report in reports for day in each_day(report.start, min(report.end or LAST, LAST))}
    assert covered <= away


@given(histories())
@settings(max_examples=40, deadline=None)
def test_complete_facts_are_complete(history):
    child, reports = history
    assert missing_facts(child, outcome_of(child, reports).rows, YEAR, LISTS) == []


# -- one rule at a time


IN_CARE = (Care(date(2022, 1, 1), None, (date(2022, 6, 10),)),)


def rows(start, end, care=IN_CARE, code="M", year=YEAR):
    found = missing_rows([Report(1, code, start, end)], care, year)
    return [(row.start, row.end) for row in found.rows]


def test_a_night_away_is_two_days_whatever_its_length():
    assert rows(date(2022, 5, 1), date(2022, 5, 2)) == [(date(2022, 5, 1), date(2022, 5, 2))]
    assert rows(date(2022, 5, 1), date(2022, 5, 1)) == [(date(2022, 5, 1), date(2022, 5, 1))]


def test_a_row_ends_with_its_placement_and_goes_on_as_another_the_next_day():
    assert rows(date(2022, 6, 8), date(2022, 6, 14)) == [
        (date(2022, 6, 8), date(2022, 6, 10)),
        (date(2022, 6, 11), date(2022, 6, 14)),
    ]


def test_a_row_ends_with_care_and_does_not_begin_before_it():
    care = (Care(date(2022, 5, 3), date(2022, 5, 20)),)
    assert rows(date(2022, 5, 1), date(2022, 5, 25), care) == [(date(2022, 5, 3), date(2022, 5, 20))]
    assert rows(date(2022, 5, 1), date(2022, 5, 3), care) == []
    assert rows(date(2022, 5, 20), None, care) == []


def test_a_row_over_the_years_end_is_open_in_one_return_and_ended_in_the_next():
    assert rows(date(2023, 3, 30), date(2023, 4, 2)) == [(date(2023, 3, 30), None)]
    assert rows(date(2023, 3, 30), date(2023, 4, 2), year=NEXT) == [(date(2023, 3, 30), date(2023, 4, 2))]
    assert rows(date(2022, 3, 1), date(2022, 3, 31)) == []


def test_a_row_that_begins_on_a_day_a_placement_ended_and_is_open_counts_from_the_next():
    care = (Care(date(2022, 1, 1), None, (date(2023, 3, 20),)),)
    assert rows(date(2023, 3, 20), None, care) == [(date(2023, 3, 21), None)]
    assert rows(date(2023, 3, 20), date(2023, 3, 22), care) == [(date(2023, 3, 20), date(2023, 3, 22))]


def test_two_reports_of_the_same_days_are_one_row_and_two_that_touch_are_two():
    day, following = date(2022, 5, 1), date(2022, 5, 2)
    found = missing_rows([Report(1, "M", day, day), Report(2, "M", day, day), Report(3, "M", day, following)],
                         IN_CARE, YEAR)  # fmt: skip
    assert [(row.start, row.end) for row in found.rows] == [(day, day), (day, following)]
    assert found.fates == {1: Fate.IN_TABLE, 2: Fate.JOINED, 3: Fate.IN_TABLE}


# -- what is missing is named


WHOLE = a_child(
    statuses=(Status(date(2022, 1, 1), date(2022, 9, 1), "N1", "E4A"),),
    stays=(
        Stay(date(2022, 1, 1), date(2022, 6, 10), "C2", "U4", "PR1", "SC990001", "CARPL", "M144PW"),
        Stay(date(2022, 6, 10), date(2022, 9, 1), "C2", "K2", "PR4", "SC990002", "", "M202WJ"),
    ),
)


def without(place, **fields):
    stays = list(WHOLE.stays)
    stays[place] = replace(stays[place], **fields)
    return replace(WHOLE, stays=tuple(stays))


INCOMPLETE = {
    "no number in social care": replace(WHOLE, number=""),
    "sex is not known": replace(WHOLE, sex="U"),
    "no unique pupil number, and no reason why": replace(WHOLE, no_pupil_number=""),
    "not said whether she is a mother": replace(WHOLE, mother=""),
    "a mother, and not said when her child was born": replace(WHOLE, mother="yes"),
    "no postcode of the home": replace(WHOLE, home_postcode="=1+1"),
    "no category of need": replace(WHOLE, statuses=(replace(WHOLE.statuses[0], need=""),)),
    "not said why care ended": replace(WHOLE, statuses=(replace(WHOLE.statuses[0], ended_because=""),)),
    "no placement since care began": replace(WHOLE, stays=()),
    "the first placement on": replace(WHOLE, stays=WHOLE.stays[1:]),
    "no placement from": without(0, end=date(2022, 6, 1)),
    "and the last placement": without(1, end=date(2022, 8, 1)),
    "no legal basis": without(0, legal_status=""),
    "no type": without(0, placement_type=""),
    "no provider": without(1, provider=""),
    "no registration number": without(1, registration=""),
    "no postcode of the placement": without(0, postcode=""),
    "not said why the placement": without(0, ended_because=""),
    "and care has not ended": replace(
        WHOLE, born=date(2004, 5, 1), statuses=(replace(WHOLE.statuses[0], end=None),), stays=(
            WHOLE.stays[0], replace(WHOLE.stays[1], end=None))),
}  # fmt: skip


@pytest.mark.parametrize("what", INCOMPLETE)
def test_a_fact_that_is_missing_is_named(what):
    lists = {**LISTS}
    assert missing_facts(WHOLE, (), YEAR, lists) == []
    said = missing_facts(INCOMPLETE[what], (), YEAR, lists)
    assert any(what in words for words in said), said


def test_who_was_missing_on_the_eighteenth_birthday_left_care_for_another_reason():
    child = replace(WHOLE, born=date(2004, 9, 1))
    found = outcome_of(child, [Report(1, "M", date(2022, 8, 30), None)])
    [said] = missing_facts(child, found.rows, YEAR, LISTS)
    assert "E8" in said


def test_sex_and_motherhood_are_told_as_the_return_of_that_year_asks():
    mother = replace(WHOLE, mother="yes", own_child_born_on=date(2022, 12, 1))
    report = [Report(1, "A", date(2022, 5, 1), date(2022, 5, 2))]
    [row] = read(files(mother, report))["header.csv"]
    assert (row["SEX"], row["MOTHER"], row["MC_DOB"]) == ("2", "1", "01/12/2022")
    [row] = read(files(replace(mother, own_child_born_on=date(2023, 5, 1)), report))["header.csv"]
    assert (row["MOTHER"], row["MC_DOB"]) == ("0", "")


def test_nothing_a_spreadsheet_would_run_gets_into_a_file():
    report = [Report(1, "M", date(2022, 5, 1), date(2022, 5, 2))]
    with pytest.raises(NotPlain):
        files(replace(WHOLE, ethnicity="=CMD()"), report)
