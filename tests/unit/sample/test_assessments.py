"""Assessments of the invented area: a plausible share, in order, and what is kept is what the tool's rule gives."""

import json
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from tests.unit.sample.invented import YEAR_END, by_id, codes, made
from trellis.assessments.instruments.scoring import About, result
from trellis.assessments.lifecycle import ASSESSMENT
from trellis.core.clocks import add_working_days, age_on
from trellis.sample.moments import end_of, stamp
from trellis.sample.rows.assessments import AREAS, CHANGED_ON, SCORED, UNSCORED, definition


@pytest.fixture(scope="module")
def tables():
    return made()


def assessments(tables):
    return tables["assessments.Assessment"]


def test_most_cases_are_assessed_some_twice_with_the_scored_tool_before_2023(tables):
    rows = assessments(tables)
    cases = [row for row in tables["cases.Case"] if row["opened_on"].year >= 2019]
    assessed = {row["case_id"] for row in rows}
    assert 0.5 < len(assessed) / len(cases) < 0.85
    assert len(rows) > len(assessed) * 1.1
    for row in rows:
        assert row["version_id"] == (SCORED if row["clock_started_on"] < CHANGED_ON else UNSCORED)


def test_the_limit_is_15_working_days_and_most_are_in_time(tables):
    done = [row for row in assessments(tables) if row["status"] == "signed_off"]
    prompt = [row for row in done if date.fromisoformat(row["signed_off_at"][:10]) <= row["due_on"]]
    assert 0.75 < len(prompt) / len(done) < 0.95
    christmas = add_working_days(date(2022, 12, 21), 15, {date(2022, 12, 26), date(2022, 12, 27), date(2023, 1, 2)})
    found = {row["due_on"] for row in assessments(tables) if row["clock_started_on"] == date(2022, 12, 21)}
    assert found <= {christmas}


def test_every_status_is_the_last_of_moves_the_table_allows(tables):
    moves = defaultdict(list)
    for move in tables["assessments.AssessmentMove"]:
        moves[move["assessment_id"]].append(move)
    for row in assessments(tables):
        steps = sorted(moves[row["id"]], key=lambda move: move["moved_at"])
        assert steps[-1]["new"] == row["status"]
        for before, after in pairwise(steps):
            ASSESSMENT.check_move(before["new"], after["new"])
            assert (before["new"], before["moved_at"] <= after["moved_at"]) == (after["old"], True)


def test_what_is_under_way_at_the_cut_has_an_open_case(tables):
    cases = by_id(tables["cases.Case"])
    under_way = [row for row in assessments(tables) if row["status"] in ("in_progress", "submitted")]
    assert under_way
    assert {cases[row["case_id"]]["status"] for row in under_way} == {"open"}
    assert max(Counter(row["person_id"] for row in under_way).values()) == 1


def test_what_is_kept_is_what_the_rule_gives_for_the_answers(tables):
    answers, people = defaultdict(dict), by_id(tables["people.Person"])
    for answer in tables["assessments.Answer"]:
        answers[answer["assessment_id"]][answer["item"], answer["window"]] = json.loads(answer["value"])
    kept = [row for row in assessments(tables) if row["result"]]
    for row in kept:
        age = age_on(people[row["person_id"]]["date_of_birth"], row["clock_started_on"])
        found = result(definition(row["version_id"]), answers[row["id"]], About(age))
        assert json.loads(row["result"]) == json.loads(json.dumps(found.as_json()))


def test_who_differs_from_the_rule_says_why(tables):
    rows = by_id(assessments(tables))
    for judged in tables["assessments.Judgement"]:
        row = rows[judged["assessment_id"]]
        if row["result"] and definition(row["version_id"]).bands:
            assert judged["why"] or judged["band"] == json.loads(row["result"])["band"]


def test_nothing_is_later_than_the_cut(tables):
    end = stamp(end_of(YEAR_END))
    for name, column in (("Answer", "answered_at"), ("Contribution", "given_at"), ("AssessmentMove", "moved_at")):
        assert max(row[column] for row in tables[f"assessments.{name}"]) < end


def test_outcome_areas_are_codes_of_the_list():
    assert set(AREAS) == codes("cases", "outcome_area")
