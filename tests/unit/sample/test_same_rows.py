"""The same arguments send the same rows; a later cut adds to them and changes only what was still open."""

from datetime import date

import pytest

from tests.unit.sample.invented import area, fingerprint, made
from trellis.sample.moments import end_of

YEARS = ("2021/22", "2022/23")
EARLIER = end_of(date(2022, 9, 14))
WRITTEN_ONCE = (
    "cases.CaseMove",
    "cases.ChronologyEntry",
    "missing.EpisodeMove",
    "missing.InterviewMove",
    "missing.RiskGrading",
    "people.Alias",
    "people.Relationship",
    "referrals.ReferralMove",
)
MAY_STILL_CHANGE = {
    "people.Person": {"own_words"},
    "people.LegalStatus": {"ends_on", "ended_because"},
    "people.Placement": {"ends_on", "ended_because"},
    "people.Education": {"ends_on"},
    "cases.Case": {"status", "closed_on", "closure_reason"},
    "cases.Allocation": {"ends_on"},
    "referrals.Referral": {
        "status",
        "decided_at",
        "decided_by_id",
        "decision_reason",
        "redirected_to",
        "told_how",
        "told_at",
        "told_by_id",
    },
}


@pytest.fixture(scope="module")
def usual():
    return fingerprint(area(years=("2022/23",)))


def test_the_same_arguments_send_the_same_rows(usual):
    assert fingerprint(area(years=("2022/23",))) == usual


@pytest.mark.parametrize("other", [{"seed": 2}, {"authorities": 2}, {"until": EARLIER}])
def test_other_arguments_send_other_rows(usual, other):
    assert fingerprint(area(years=("2022/23",), **other)) != usual


def test_a_later_cut_keeps_what_an_earlier_one_wrote():
    before, after = made(years=YEARS, until=EARLIER), made(years=YEARS)
    for model in WRITTEN_ONCE:
        kept = {tuple(map(str, row.values())) for row in after[model]}
        assert {tuple(map(str, row.values())) for row in before[model]} <= kept, model


def test_a_later_cut_changes_only_what_was_open():
    before, after = made(years=YEARS, until=EARLIER), made(years=YEARS)
    for model, changing in MAY_STILL_CHANGE.items():
        later = {row["id"]: row for row in after[model]}
        for row in before[model]:
            for column, value in row.items():
                assert column in changing or later[row["id"]][column] == value, (model, column)


def test_nothing_after_the_cut_is_written():
    for model, rows in made(years=YEARS, until=EARLIER).items():
        if model != "accounts.User":
            assert max(row["recorded_at"] for row in rows) < "2022-09-14 23:00", model


def test_the_next_years_do_not_touch_this_one():
    """The closed year has the same rows whether or not the area went on."""
    end = end_of(date(2022, 3, 31))
    alone = made(years=YEARS[:1], until=end)
    going_on = made(years=YEARS, until=end)
    assert {model: len(rows) for model, rows in alone.items()} == {model: len(rows) for model, rows in going_on.items()}
    for model in (*WRITTEN_ONCE, "people.Person", "need_to_know.Grant"):
        assert [str(row) for row in alone[model]] == [str(row) for row in going_on[model]], model
