"""Who comes of age in the invented area: the work with the story's young person goes on because he said so."""

from collections import Counter
from datetime import date

import pytest

from tests.unit.sample.invented import made
from trellis.sample.moments import end_of
from trellis.sample.story import BORN

AFTER = date(2026, 6, 30)
YEARS = ("2022/23",)


@pytest.fixture(scope="module")
def tables():
    return made(years=YEARS, until=end_of(AFTER))


def test_each_has_one_plan_and_at_most_one_basis_and_adult_worker_at_a_time(tables):
    for table in ("transition.TransitionPlan", "need_to_know.AdultBasis", "transition.AdultWorker"):
        counted = Counter(row["person_id"] for row in tables[table])
        assert counted, table
        assert set(counted.values()) == {1}, table
    assert len(tables["transition.Readiness"]) == 7 * len(tables["transition.TransitionPlan"])


def test_a_case_open_past_the_birthday_has_a_basis_from_it(tables):
    born = {row["id"]: row["date_of_birth"] for row in tables["people.Person"]}
    based = {row["person_id"]: row["starts_on"] for row in tables["need_to_know.AdultBasis"]}
    grown = {
        row["person_id"]
        for row in tables["cases.Case"]
        if row["status"] == "open" and (AFTER.year - born[row["person_id"]].year) >= 19
    }
    assert grown <= set(based)
    told = {row["id"] for row in tables["people.Person"] if row["date_of_birth"] == BORN}
    assert date(2026, 2, 11) in {based.get(person) for person in told}
