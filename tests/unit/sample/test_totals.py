"""The published totals hold for every seed, and times N for scale N."""

from collections import Counter
from datetime import date

import pytest

from tests.unit.sample.invented import (
    YEAR_END,
    age,
    by_id,
    in_force,
    london_day,
    made,
    moment,
    open_cases,
    reference,
    report_year,
)
from trellis.sample.moments import end_of

GROUPS = {row["code"]: row["group"] for row in reference("people", "ethnicity")}
LAST = "2022/23"


@pytest.fixture(scope="module", params=[1, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in (2, 7))])
def tables(request):
    return made(seed=request.param)


def of_year(rows, column, year):
    return [row for row in rows if report_year(london_day(row[column])) == year]


def referrals(tables, year):
    return of_year(tables["referrals.Referral"], "received_at", year)


def reports(tables, year):
    return of_year(tables["missing.MissingEpisode"], "reported_at", year)


def held(tables, year):
    completed = [row for row in tables["missing.ReturnInterview"] if row["status"] == "completed"]
    return of_year(completed, "completed_at", year)


@pytest.mark.parametrize(
    ("year", "count", "types"),
    [
        ("2019/20", 279, (112, 143, 24)),
        ("2020/21", 263, (72, 152, 39)),
        ("2021/22", 240, (59, 144, 37)),
        ("2022/23", 242, (53, 144, 45)),
    ],
)
def test_referrals_and_their_primary_types(tables, year, count, types):
    primary = Counter(row["primary_type"] for row in referrals(tables, year))
    assert primary.total() == count
    assert (primary["CSE"], primary["CCE"], count - primary["CSE"] - primary["CCE"]) == types
    rest = {kind: primary[kind] for kind in ("serious_violence", "threat_to_life", "modern_slavery", "other")}
    assert max(rest, key=rest.get) == "serious_violence"
    assert min(rest.values()) > 0


def test_who_was_referred_in_the_last_year(tables):
    people = by_id(tables["people.Person"])
    rows = [(row, people[row["person_id"]]) for row in referrals(tables, LAST)]
    assert Counter(person["sex"] for _, person in rows) == {"M": 145, "F": 97}
    assert Counter(GROUPS[person["ethnicity"]] for _, person in rows) == {
        "white_british": 102,
        "dual_heritage": 63,
        "black": 46,
        "asian": 24,
        "other": 7,
    }
    ages = [age(person["date_of_birth"], london_day(row["received_at"])) for row, person in rows]
    assert sum(years in (15, 16) for years in ages) == 116
    assert max(ages) <= 17


def test_the_children_open_at_the_end(tables):
    children = {case["person_id"] for case in open_cases(tables)}
    assert len(children) == len(open_cases(tables)) == 102
    statuses = Counter(
        row["kind"] for row in tables["people.LegalStatus"] if row["person_id"] in children and in_force(row)
    )
    assert statuses == {"child_in_need": 67, "child_protection_plan": 9, "looked_after": 35}
    schools = [row for row in tables["people.Education"] if row["person_id"] in children and in_force(row)]
    assert len(schools) == 102
    assert sum(row["send"] in ("sen_support", "ehc_plan") for row in schools) == 35
    assert sum(row["provision"] in ("alternative_provision", "pupil_referral_unit") for row in schools) == 41


@pytest.mark.parametrize(
    ("year", "count", "children", "interviews"),
    [
        ("2019/20", 4676, 1290, 2650),
        ("2020/21", 3993, 1068, 2316),
        ("2021/22", 4280, 1353, 2540),
        (LAST, 4958, 1381, 2976),
    ],
)
def test_missing_reports_children_and_interviews(tables, year, count, children, interviews):
    rows = reports(tables, year)
    assert len(rows) == count
    assert len({row["person_id"] for row in rows}) == children
    assert len(held(tables, year)) == interviews


def test_interviews_inside_72_elapsed_hours(tables):
    episodes = by_id(tables["missing.MissingEpisode"])
    elapsed = [
        moment(row["completed_at"]) - moment(episodes[row["episode_id"]]["returned_at"]) for row in held(tables, LAST)
    ]
    assert sum(took.total_seconds() <= 72 * 3600 for took in elapsed) == 2179
    assert sum(moment(row["completed_at"]) <= moment(row["due_at"]) for row in held(tables, LAST)) == 2179


def test_interviews_held_belong_to_reports_of_the_same_year(tables):
    episodes = by_id(tables["missing.MissingEpisode"])
    for row in tables["missing.ReturnInterview"]:
        if row["status"] == "completed":
            reported = london_day(episodes[row["episode_id"]]["reported_at"])
            assert report_year(reported) == report_year(london_day(row["completed_at"]))


def test_the_mean_age_in_lockdown_rounds_to_sixteen(tables):
    people = by_id(tables["people.Person"])
    rows = reports(tables, "2020/21")
    ages = [age(people[row["person_id"]]["date_of_birth"], london_day(row["reported_at"])) for row in rows]
    assert 15.5 <= sum(ages) / len(ages) <= 16.4


def test_staying_out_with_friends_is_the_overriding_reason(tables):
    reasons = Counter(row["reason"] for row in held(tables, LAST))
    assert reasons.most_common(1)[0][0] == "staying_out_with_friends"


@pytest.mark.parametrize(("scale", "authorities"), [(2, 1), pytest.param(1, 2, marks=pytest.mark.nightly)])
def test_scale_and_areas_multiply_the_totals(scale, authorities):
    tables = made((LAST,), scale, authorities)
    assert len(referrals(tables, LAST)) == 2 * 242
    assert len(reports(tables, LAST)) == 2 * 4958
    assert len(held(tables, LAST)) == 2 * 2976
    assert len(open_cases(tables, YEAR_END)) == 2 * 102
    assert len({row["person_id"] for row in reports(tables, LAST)}) == 2 * 1381
    assert len({row["authority"] for row in tables["people.Person"]}) == authorities


def test_each_authority_is_a_whole_area():
    tables = made((LAST,), 1, 2)
    people = by_id(tables["people.Person"])
    assert Counter(people[row["person_id"]]["authority"] for row in referrals(tables, LAST)) == {
        "E08000003": 242,
        "E08000001": 242,
    }


@pytest.mark.parametrize(
    "year", ["2023/24", *(pytest.param(year, marks=pytest.mark.nightly) for year in ("2018/19", "2029/30"))]
)
def test_years_that_were_not_published_are_plausible(year):
    end = int(year[:4]) + 1
    tables = made((year,), until=end_of(date(end, 3, 31)))
    assert 230 <= len(referrals(tables, year)) <= 290
    assert 4000 <= len(reports(tables, year)) <= 6000
