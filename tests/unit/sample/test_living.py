"""Whenever the area is opened, there is something on the desk."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.unit.sample.invented import by_id, made
from trellis.sample.area import KEPT_IN_SIGHT
from trellis.sample.moments import DAY, moment_of, stamp

MONDAY = datetime(2026, 11, 16, 4, 12, tzinfo=UTC)
YEARS = ("2025/26", "2026/27")
AFTER_NEW_YEAR = datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
BY_NIGHT = [MONDAY + timedelta(hours=hours) for hours in (0, 35, 155)]
TIMES = [
    MONDAY + timedelta(hours=85),
    AFTER_NEW_YEAR,
    *(pytest.param(moment, marks=pytest.mark.nightly) for moment in BY_NIGHT),
]
WAITING = ("awaiting_offer", "offered", "accepted")


@pytest.fixture(scope="module", params=TIMES, ids=str)
def now(request):
    return moment_of(request.param)


@pytest.fixture
def tables(now):
    return made(years=YEARS, until=now, living=True)


def still_waiting(tables):
    return [row for row in tables["missing.ReturnInterview"] if row["status"] in WAITING]


def still_missing(tables):
    return {row["person_id"]: row for row in tables["missing.MissingEpisode"] if row["status"] == "missing"}


def test_the_desk_is_alive(tables, now):
    assert 4 <= len(still_missing(tables)) <= 25
    waiting = still_waiting(tables)
    assert sum(row["status"] == "awaiting_offer" and row["due_at"] > stamp(now) for row in waiting) >= 4
    assert 1 <= sum(row["due_at"] < stamp(now) for row in waiting) <= 9
    assert sum(row["status"] == "received" for row in tables["referrals.Referral"]) >= 3


def test_open_cases_have_workers_and_fresh_chronology(tables, now):
    open_cases = [row for row in tables["cases.Case"] if row["status"] == "open"]
    assert 80 <= len(open_cases) <= 150
    allocated = {row["case_id"] for row in tables["cases.Allocation"] if row["ends_on"] is None}
    assert len([case for case in open_cases if case["id"] in allocated]) >= len(open_cases) - 3
    fresh = [row for row in tables["cases.ChronologyEntry"] if row["recorded_at"] > stamp(now - 3 * DAY)]
    assert len(fresh) > 50
    assert max(row["happened_at"] for row in tables["cases.ChronologyEntry"]) < stamp(now)


def test_what_is_waiting_is_in_order(tables):
    """Episodes still do not overlap, moves still lead to the status, and a waiting referral opened no case."""
    last = {row["interview_id"]: row["new"] for row in tables["missing.InterviewMove"]}
    for row in tables["missing.ReturnInterview"]:
        assert last[row["id"]] == row["status"]
    missing = still_missing(tables)
    for row in tables["missing.MissingEpisode"]:
        if row["person_id"] in missing and row["status"] == "returned":
            assert row["returned_at"] < missing[row["person_id"]]["last_seen_at"]
    accepted = {row["person_id"] for row in tables["referrals.Referral"] if row["status"] == "accepted_assessment"}
    assert {case["person_id"] for case in tables["cases.Case"]} <= accepted


def test_who_sees_whom_right_now(tables):
    """Hub and desk see children away or waiting for their interview; nobody keeps sight of a child long home."""
    episodes = by_id(tables["missing.MissingEpisode"])
    unsettled = set(still_missing(tables)) | {episodes[row["episode_id"]]["person_id"] for row in still_waiting(tables)}
    worked_with = {row["person_id"] for row in tables["cases.Case"] if row["status"] == "open"}
    worked_with |= {row["person_id"] for row in tables["referrals.Referral"] if row["status"] == "received"}
    held = [row for row in tables["need_to_know.Grant"] if row["ends_at"] is None]
    seen = {team: {row["person_id"] for row in held if row["team_id"] == team} for team in ("hub", "missing")}
    assert seen == {"hub": worked_with | unsettled, "missing": unsettled}


def test_managers_see_whom_the_hub_or_the_desk_sees_and_for_a_year_whom_they_saw(tables):
    held = tables["need_to_know.Grant"]
    theirs = [row for row in held if row["team_id"] == "management"]
    others = [row for row in held if row["team_id"] in ("hub", "missing") and row["reason"] != KEPT_IN_SIGHT]
    now = {row["person_id"] for row in others if not row["ends_at"]}
    assert {row["person_id"] for row in theirs if not row["ends_at"]} == now
    assert all(row["ends_at"] > row["starts_at"] for row in theirs if row["ends_at"])
