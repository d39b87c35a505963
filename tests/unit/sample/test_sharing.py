"""What partners from elsewhere see in the invented area, and that the same cut comes to the same."""

import pytest

from tests.unit.sample.invented import YEAR_END, by_id, codes, made
from trellis.sample.moments import end_of, stamp

PARTS = {
    "youth_justice": ("chronology", "identity", "missing", "referrals"),
    "education": ("chronology", "family", "identity"),
}
YEARS = ("2021/22", "2022/23")


@pytest.fixture(scope="module")
def tables():
    return made(years=YEARS)


def in_force(row):
    return row["recalled_at"] is None and row["expires_at"] is not None and row["expires_at"] > stamp(end_of(YEAR_END))


def test_youth_justice_and_education_see_parts_of_a_few(tables):
    shared = [row for row in tables["sharing.SharingDecision"] if in_force(row)]
    by_agency = {agency: [r for r in shared if r["agency_id"] == agency] for agency in PARTS}
    for agency, rows in by_agency.items():
        assert 1 <= len(rows) <= 20
        assert {tuple(row["parts"]) for row in rows} == {PARTS[agency]}


def test_every_share_has_its_grant_with_its_parts_and_its_end(tables):
    decisions = by_id(tables["sharing.SharingDecision"])
    grants = {row["source"]: row for row in tables["need_to_know.Grant"] if row["source"] in decisions}
    shared = [row for row in decisions.values() if row["outcome"] == "power"]
    assert len(shared) > 20
    for row in shared:
        grant = grants[row["id"]]
        ends = row["recalled_at"] or row["expires_at"]
        assert (grant["parts"], grant["ends_at"], grant["person_id"]) == (row["parts"], ends, row["person_id"])
    assert len(grants) == len(shared)


def test_no_grant_of_a_whole_record_is_an_agencys(tables):
    assert [row for row in tables["need_to_know.Grant"] if row["agency_id"] and row["parts"] == "{}"] == []


def test_something_was_withheld_with_a_reason(tables):
    withheld = [row for row in tables["sharing.SharingDecision"] if row["outcome"] == "withheld"]
    assert withheld
    assert all(row["reason"] and row["expires_at"] is None for row in withheld)


def test_grounds_and_purposes_are_codes_of_the_lists(tables):
    for column, code_list in (("basis", "lawful_basis"), ("purpose", "sharing_purpose")):
        assert {row[column] for row in tables["sharing.SharingDecision"]} - {""} <= codes("sharing", code_list)


def test_pointers_tell_whom_they_name_and_one_question_waits(tables):
    standing = [row for row in tables["sharing.Pointer"] if row["ends_at"] is None]
    assert len(standing) >= 2
    for row in tables["sharing.Pointer"]:
        assert row["agency_id"] in row["agencies"]
        told = {g["agency_id"] for g in tables["need_to_know.Grant"] if g["source"] == row["id"]}
        assert told == set(row["agencies"])
    questions = tables["sharing.PointerRequest"]
    assert sorted(row["status"] for row in questions) == ["answered", "asked"]
    assert len(tables["sharing.PointerRequestMove"]) == 3
