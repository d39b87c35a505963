"""Lives hold together: ages, families, statuses, schools, being missing and being asked about it."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from stdnum.gb import nhs

from tests.unit.sample.invented import YEAR_END, age, by_id, codes, in_force, london_day, made, moment, reference
from trellis.people.names import search_key
from trellis.sample.people import GROUP_CODES

SEEDS = (7,)
CLOCK_CHANGES = [
    datetime(year, month, day, 1, tzinfo=UTC)
    for year, month, day in [
        (2019, 10, 27),
        (2020, 3, 29),
        (2020, 10, 25),
        (2021, 3, 28),
        (2021, 10, 31),
        (2022, 3, 27),
    ]
]
YEAR_ENDS = [datetime(year, 3, 31, 23, tzinfo=UTC) for year in (2020, 2021, 2022)]


@pytest.fixture(scope="module", params=SEEDS)
def tables(request):
    return made(seed=request.param)


def grouped(rows, key="person_id"):
    found = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found


def test_everybody_is_marked_synthetic_and_found_by_name(tables):
    for person in tables["people.Person"]:
        assert person["is_synthetic"]
        assert person["search_key"] == search_key(person["given_name"], person["family_name"], person["known_as"])
        assert len(person["search_key"]) <= 300


def test_nhs_numbers_are_of_the_test_range_and_valid(tables):
    numbers = [person["nhs_number"] for person in tables["people.Person"] if person["nhs_number"]]
    assert len(numbers) == len(set(numbers)) > 2000
    assert all(number.startswith("999") and nhs.is_valid(number) for number in numbers)


def test_reported_and_referred_children_are_under_eighteen(tables):
    people = by_id(tables["people.Person"])
    for model, column in (("missing.MissingEpisode", "reported_at"), ("referrals.Referral", "received_at")):
        for row in tables[model]:
            assert 8 <= age(people[row["person_id"]]["date_of_birth"], london_day(row[column])) <= 17


def test_no_open_case_outlives_childhood(tables):
    people = by_id(tables["people.Person"])
    for case in tables["cases.Case"]:
        last = case["closed_on"] or YEAR_END
        born = people[case["person_id"]]["date_of_birth"]
        assert age(born, last) <= 17 or (case["closure_reason"] == "turned_18" and age(born, last) == 18)


def test_a_child_has_one_open_case_at_a_time(tables):
    for cases in grouped(tables["cases.Case"]).values():
        ordered = sorted(cases, key=lambda case: case["opened_on"])
        assert all(
            before["closed_on"] and before["closed_on"] <= after["opened_on"] for before, after in pairwise(ordered)
        )


def test_episodes_of_a_child_never_overlap(tables):
    for episodes in grouped(tables["missing.MissingEpisode"]).values():
        ordered = sorted(episodes, key=lambda row: row["last_seen_at"])
        for before, after in pairwise(ordered):
            assert before["returned_at"]
            assert before["returned_at"] < after["last_seen_at"]


def test_an_episode_runs_from_last_seen_over_reported_to_returned(tables):
    for row in tables["missing.MissingEpisode"]:
        assert row["last_seen_at"] <= row["reported_at"]
        assert (row["status"] == "missing") == (row["returned_at"] is None)
        assert row["returned_at"] is None or row["reported_at"] < row["returned_at"]


def test_interviews_come_after_the_return_and_late_ones_say_why(tables):
    episodes = by_id(tables["missing.MissingEpisode"])
    for row in tables["missing.ReturnInterview"]:
        returned = moment(episodes[row["episode_id"]]["returned_at"])
        assert (moment(row["due_at"]) - returned).total_seconds() == 72 * 3600
        for column in ("offered_at", "declined_at", "completed_at"):
            assert row[column] is None or moment(row[column]) > returned
        late = row["completed_at"] is not None and row["completed_at"] > row["due_at"]
        assert late == bool(row["delay_reason"])


def test_from_care_means_looked_after_that_day(tables):
    held = grouped([row for row in tables["people.LegalStatus"] if row["kind"] == "looked_after"])
    for row in tables["missing.MissingEpisode"]:
        looked_after = any(in_force(spell, london_day(row["reported_at"])) for spell in held[row["person_id"]])
        assert (row["kind"] != "home") == looked_after


def test_spells_of_one_kind_and_schools_never_overlap(tables):
    spells = [(row["person_id"], row["kind"], row) for row in tables["people.LegalStatus"]]
    spells += [(row["person_id"], "education", row) for row in tables["people.Education"]]
    for _, rows in _by_key(spells).items():
        for row in rows:
            assert row["ends_on"] is None or row["ends_on"] > row["starts_on"]
        for before, after in pairwise(sorted(rows, key=lambda row: row["starts_on"])):
            assert before["ends_on"]
            assert before["ends_on"] <= after["starts_on"]


def _by_key(spells):
    found = defaultdict(list)
    for person, kind, row in spells:
        found[person, kind].append(row)
    return found


def test_brothers_and_sisters_share_name_and_address(tables):
    people = by_id(tables["people.Person"])
    kinds = Counter(row["kind"] for row in tables["people.Relationship"])
    assert kinds["sibling"] > 100
    assert kinds["twin"] > 4
    for row in tables["people.Relationship"]:
        one, other = people[row["person_id"]], people[row["other_id"]]
        if row["kind"] in ("sibling", "twin"):
            assert (one["family_name"], one["postcode"]) == (other["family_name"], other["postcode"])
            assert one["given_name"] != other["given_name"]
            assert (one["date_of_birth"] == other["date_of_birth"]) == (row["kind"] == "twin")


def test_parents_are_grown_up_when_children_are_born(tables):
    people = by_id(tables["people.Person"])
    for row in tables["people.Relationship"]:
        if row["kind"] == "parent":
            assert age(people[row["other_id"]]["date_of_birth"], people[row["person_id"]]["date_of_birth"]) >= 16


def test_names_that_catch_software_out_are_there(tables):
    people = tables["people.Person"]
    names = {(person["given_name"], person["family_name"]) for person in people}
    assert {
        ("J", "O"),
        ("Anne-Marie", "O'Neil-O'Hara"),
        ("Null", "None"),
        ("李", "王"),
        ("محمد أمين", "الزهراني"),
    } <= names
    assert max(len(person["family_name"]) for person in people) > 100
    assert any(person["date_of_birth"].month == 2 and person["date_of_birth"].day == 29 for person in people)
    assert tables["people.Alias"]


def test_episodes_span_clock_changes_and_year_ends(tables):
    spans = [
        (moment(row["reported_at"]), moment(row["returned_at"]))
        for row in tables["missing.MissingEpisode"]
        if row["returned_at"]
    ]
    for instant in CLOCK_CHANGES + YEAR_ENDS:
        assert any(start < instant < end for start, end in spans), instant


def test_a_few_children_carry_most_reports(tables):
    counts = sorted((len(rows) for rows in grouped(tables["missing.MissingEpisode"]).values()), reverse=True)
    assert sum(counts[: len(counts) // 10]) > 0.35 * sum(counts)


def test_every_decision_occurs_and_most_are_in_time(tables):
    rows = [row for row in tables["referrals.Referral"] if row["decided_at"]]
    assert {row["status"] for row in rows} == {
        "accepted_assessment",
        "accepted_advice",
        "redirected",
        "no_further_action",
    }
    in_time = sum(london_day(row["decided_at"]) <= row["decision_due_on"] for row in rows)
    assert 0.75 < in_time / len(rows) < 0.95


def test_cases_open_because_a_referral_was_accepted(tables):
    accepted = {
        (row["person_id"], london_day(row["decided_at"]))
        for row in tables["referrals.Referral"]
        if row["status"] == "accepted_assessment"
    }
    assert {(case["person_id"], case["opened_on"]) for case in tables["cases.Case"]} <= accepted


def test_every_code_is_one_the_database_knows(tables):
    lists = {
        ("referrals.Referral", "source_code"): codes("referrals", "referral_source"),
        ("cases.Case", "closure_reason"): codes("cases", "case_closure_reason") | {""},
        ("missing.MissingEpisode", "risk_grade"): codes("missing", "missing_risk_grade"),
        ("missing.ReturnInterview", "reason"): codes("missing", "missing_reason") | {""},
        ("missing.ReturnInterview", "delay_reason"): codes("missing", "interview_delay_reason") | {""},
        ("missing.ReturnInterview", "decline_reason"): codes("missing", "interview_decline_reason") | {""},
        ("people.Person", "ethnicity"): codes("people", "ethnicity"),
    }
    for (model, column), known in lists.items():
        assert {row[column] for row in tables[model]} <= known


def test_ethnicity_groups_are_those_of_the_reference_data():
    published = defaultdict(set)
    for row in reference("people", "ethnicity"):
        published[row["group"]].add(row["code"])
    assert {group: set(weights) for group, weights in GROUP_CODES.items()} == published


def test_all_children_known_by_their_eighteenth_birthday_have_left_care(tables):
    people = by_id(tables["people.Person"])
    for row in tables["people.LegalStatus"]:
        grown = age(people[row["person_id"]]["date_of_birth"], YEAR_END) >= 18
        assert not (grown and row["kind"] != "care_leaver" and in_force(row))


def test_nobody_is_recorded_before_the_year_began(tables):
    assert min(row["recorded_at"] for row in tables["people.Person"]) >= "2019-03-31"
    assert max(row["date_of_birth"] for row in tables["people.Person"]) < date(2013, 1, 1)
