"""The police's file: episodes, returns and corrections, and whose they are."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import exchange, people
from tests.factories.exchange import police_row, returned_row
from trellis.audit_log.models import AuditEvent
from trellis.exchange.faults import BadRows
from trellis.exchange.models import Difference, ImportBatch
from trellis.exchange.services import import_file
from trellis.missing.models import EpisodeCorrection, MissingEpisode, ReturnInterview
from trellis.people.models import Person, PossibleMatch

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(tmp_path):
    def take_in(*rows, dry_run=False, header=None, by=None):
        path = exchange.write(tmp_path / "file.csv", exchange.table(*rows, header=header))
        return import_file(kind="police-missing", path=tmp_path / path, by=by, dry_run=dry_run)

    return take_in


def counts(outcome):
    assert outcome.rows == outcome.added + outcome.corrected + outcome.unchanged
    return outcome.added, outcome.corrected, outcome.unchanged


def test_a_row_becomes_an_episode_with_its_return_and_interview(take):
    assert counts(take(returned_row())) == (1, 0, 0)
    episode = MissingEpisode.objects.select_related("person", "interview").get()
    assert (episode.person.given_name, episode.person.postcode) == ("Robin", "M140AA")
    assert (episode.person.ethnicity, episode.person.ethnicity_defined_by) == ("WBRI", "agency")
    assert (episode.status, episode.found_where, episode.officer) == ("returned", "A friend's", "PC 101")
    assert episode.interview.due_at == datetime(2023, 1, 14, 8, tzinfo=UTC)
    assert [move.new for move in episode.status_moves.all()] == ["missing", "returned"]
    assert episode.gradings.get().grade == "medium"
    assert {entry.kind for entry in episode.person.chronology.all()} == {"missing.reported", "missing.returned"}
    assert {grant.team.code for grant in episode.person.grants.all()} == {"missing", "hub", "management"}
    batch = ImportBatch.objects.get()
    assert (batch.kind, batch.rows, batch.added, len(batch.sha256)) == ("police-missing", 1, 1, 64)
    logged = AuditEvent.objects.filter(children__contains=[episode.person_id])
    assert {"person", "missing episode", "import batch"} <= set(logged.values_list("what", flat=True))
    assert "Robin" not in str(list(AuditEvent.objects.values()))


def test_the_same_content_adds_nothing_whether_the_file_is_the_same_or_not(take):
    take(returned_row())
    again = take(returned_row())
    assert counts(again) == (0, 0, 1)
    assert again.words.startswith("this file was imported on")
    assert counts(take(returned_row(), header=sorted(exchange.POLICE))) == (0, 0, 1)
    assert MissingEpisode.objects.count() == Person.objects.count() == 1
    assert not EpisodeCorrection.objects.exists()


def test_the_next_days_file_brings_the_return(take):
    take(police_row())
    assert not ReturnInterview.objects.exists()
    outcome = take(returned_row())
    assert counts(outcome) == (0, 1, 0)
    assert outcome.returns == 1
    episode = MissingEpisode.objects.select_related("interview").get()
    assert (episode.status, episode.found_where) == ("returned", "A friend's")
    assert episode.interview.due_at == episode.returned_at + timedelta(hours=72)
    assert not episode.corrections.exists()


def test_another_time_of_return_moves_the_clock_and_keeps_the_old(take):
    take(returned_row())
    outcome = take(returned_row(returned_at="2023-01-11T09:00Z", risk_grade="high"))
    assert (counts(outcome), outcome.returns) == ((0, 1, 0), 0)
    episode = MissingEpisode.objects.select_related("interview").get()
    assert episode.interview.due_at == datetime(2023, 1, 14, 9, tzinfo=UTC)
    assert episode.corrections.get().old_values == {
        "returned_at": "2023-01-11T08:00:00+00:00",
        "risk_grade": "medium",
    }
    now_told = episode.person.chronology.get(kind="missing.returned", superseded_by=None)
    assert (now_told.happened_at, now_told.supersedes.happened_at.hour) == (episode.returned_at, 8)


def test_a_return_with_a_correction_keeps_what_was_told_before(take):
    take(police_row())
    outcome = take(returned_row(reported_at="2023-01-10T21:00Z"))
    assert (outcome.corrected, outcome.returns) == (1, 1)
    assert EpisodeCorrection.objects.get().old_values["reported_at"] == "2023-01-10T20:00:00+00:00"
    assert ReturnInterview.objects.count() == 1


def test_a_blank_cell_takes_nothing_away(take):
    take(returned_row())
    assert counts(take(police_row(risk_grade="", officer=""))) == (0, 0, 1)
    assert MissingEpisode.objects.get().status == "returned"


def test_two_episodes_of_one_child_may_change_places(take):
    first = {"police_ref": "A", "last_seen_at": "", "reported_at": "2023-01-01T00:00Z", "found_at": ""}
    second = {"police_ref": "B", "last_seen_at": "", "reported_at": "2023-01-03T00:00Z", "found_at": ""}
    take(
        returned_row(**first, returned_at="2023-01-02T00:00Z"), returned_row(**second, returned_at="2023-01-04T00:00Z")
    )
    swapped = take(
        returned_row(**{**first, "reported_at": "2023-01-03T00:00Z"}, returned_at="2023-01-04T00:00Z"),
        returned_row(**{**second, "reported_at": "2023-01-01T00:00Z"}, returned_at="2023-01-02T00:00Z"),
    )
    assert counts(swapped) == (0, 2, 0)


def test_rows_of_one_child_meet_the_same_person_and_twins_do_not(take):
    outcome = take(
        returned_row(police_ref="1"),
        police_row(police_ref="2", last_seen_at="", reported_at="2023-02-01T00:00Z"),
        police_row(police_ref="3", forename="Rowan"),
    )
    assert (outcome.new_people, outcome.left_for_review) == (2, 0)
    assert MissingEpisode.objects.filter(person__given_name="Robin").count() == 2


@pytest.mark.parametrize(
    ("cells", "recorded", "questions"),
    [
        ({}, 1, 0),
        ({"postcode": "m14  0aa"}, 1, 0),
        ({"postcode": "M21 0AA"}, 2, 1),
        ({"postcode": ""}, 2, 1),
        ({"surname": "Áshworth"}, 2, 1),
        ({"forename": "Rowan"}, 2, 0),
        ({"date_of_birth": "2009-04-05"}, 2, 0),
    ],
)
def test_a_child_is_matched_exactly_or_left_for_review(take, cells, recorded, questions):
    people.child(date_of_birth="2009-05-04")
    outcome = take(police_row(**cells))
    assert (Person.objects.count(), PossibleMatch.objects.count()) == (recorded, questions)
    assert outcome.left_for_review == questions


def test_what_a_file_says_otherwise_of_a_known_child_is_left_for_review_once(take):
    person = people.child(date_of_birth="2009-05-04", sex="F")
    outcome = take(police_row(ethnicity="MWBC"))
    assert outcome.left_for_review == 2
    assert set(Difference.objects.values_list("column", "on_record", "in_file")) == {
        ("sex", "F", "M"),
        ("ethnicity", "WBRI", "MWBC"),
    }
    again = take(police_row(ethnicity="MWBC", surname="Ashforth"))
    person.refresh_from_db()
    assert (person.sex, person.ethnicity, person.family_name) == ("F", "WBRI", "Ashworth")
    assert again.added == 0
    assert Difference.objects.filter(column="surname").count() == 1


def test_a_dry_run_does_everything_and_keeps_nothing_but_the_mark_of_reading(take):
    known = people.child(date_of_birth="2009-05-04")
    assert counts(take(returned_row(), police_row(police_ref="2", forename="Rowan"), dry_run=True)) == (2, 0, 0)
    assert not MissingEpisode.objects.exists()
    assert not ImportBatch.objects.exists()
    assert Person.objects.get() == known
    assert [(e.action, e.children) for e in AuditEvent.objects.all()] == [("read", [known.id])]
    assert counts(take(returned_row())) == (1, 0, 0)


def test_the_records_own_episodes_are_compared_and_the_reading_logged(take):
    take(returned_row(police_ref="KNOWN"))
    clash = police_row(police_ref="NEW", last_seen_at="", reported_at="2023-01-11T07:59Z")
    with pytest.raises(BadRows) as bad:
        take(clash)
    assert list(map(str, bad.value.faults)) == [
        "line 2, reported_at: overlaps KNOWN, already recorded, of the same child"
    ]
    assert AuditEvent.objects.filter(action="read", children__len=1).count() == 1
    assert counts(take({**clash, "reported_at": "2023-01-11T08:00Z"})) == (1, 0, 0)


def test_a_correction_that_would_overlap_or_turn_time_round_is_refused(take):
    take(returned_row(police_ref="1"), returned_row(police_ref="2", last_seen_at="2023-01-11T08:00Z", **LATER))
    with pytest.raises(BadRows) as bad:
        take(police_row(police_ref="1", returned_at="2023-01-11T10:00Z"))
    assert [fault.column for fault in bad.value.faults] == ["reported_at"]
    with pytest.raises(BadRows) as bad:
        take(police_row(police_ref="1", last_seen_at="", reported_at="2023-01-10T17:00Z"))
    assert [fault.column for fault in bad.value.faults] == ["last_seen_at"]


LATER = {"reported_at": "2023-01-11T09:00Z", "found_at": "2023-01-11T10:00Z", "returned_at": "2023-01-11T11:00Z"}
