"""The police's file tells of a time the desk has recorded already, or of a report that was merged."""

from datetime import UTC, datetime

import pytest

from tests.factories import accounts, exchange, missing, people
from tests.factories.exchange import police_row, returned_row
from trellis.audit_log.trail import recorded
from trellis.exchange.faults import BadRows
from trellis.exchange.services import import_file
from trellis.missing.models import MissingEpisode, ReturnInterview
from trellis.missing.services.grading import grade_risk
from trellis.missing.services.merging import merge_reports

pytestmark = pytest.mark.django_db
EVENING = datetime(2023, 1, 10, 21, tzinfo=UTC)


@pytest.fixture
def take(tmp_path):
    def take_in(*rows):
        path = exchange.write(tmp_path / "file.csv", exchange.table(*rows))
        return import_file(kind="police-missing", path=tmp_path / path, by=None, dry_run=False)

    return take_in


def robin():
    return people.child(
        given_name="Robin", family_name="Ashworth", date_of_birth=datetime(2009, 5, 4).date(), postcode="M140AA"
    )


def desks_own(**fields):
    return missing.missing_child(robin(), reported_at=EVENING, reported_by="Mum", **fields)


def test_a_line_joins_what_the_desk_has_and_fills_what_is_empty(take):
    episode = desks_own()
    outcome = take(returned_row())
    assert (outcome.added, outcome.corrected, outcome.new_people) == (0, 1, 0)
    episode.refresh_from_db()
    assert (episode.police_ref, episode.status, episode.found_where) == ("GMP-1", "returned", "A friend's")
    assert (episode.reported_at, episode.reported_by) == (EVENING, "Mum")
    assert "police_ref" in episode.corrections.get().old_values
    assert ReturnInterview.objects.get().due_at == datetime(2023, 1, 14, 8, tzinfo=UTC)


def test_the_next_file_with_the_same_line_adds_nothing_and_the_desks_words_stand(take):
    episode = desks_own(risk_grade="high")
    take(police_row())
    outcome = take(police_row(officer="PC 101"), police_row(police_ref="OTHER", forename="Rowan"))
    assert (outcome.added, outcome.corrected, outcome.unchanged) == (1, 0, 1)
    episode.refresh_from_db()
    assert (episode.risk_grade, episode.reported_at) == ("high", EVENING)
    assert set(episode.gradings.values_list("grade", "by_police")) == {("high", False), ("medium", True)}


def test_a_line_that_overlaps_a_known_reference_is_a_fault_as_before(take):
    desks_own(police_ref="KNOWN")
    with pytest.raises(BadRows):
        take(police_row())


def test_a_grade_of_the_desk_is_not_undone_by_the_same_grade_of_the_police(take):
    take(police_row())
    episode, worker = MissingEpisode.objects.get(), accounts.missing_worker()
    with recorded(worker):
        grade_risk(episode=episode, grade="high", graded_at=EVENING, information="A friend rang", by=worker)
    take(police_row(), police_row(police_ref="OTHER", forename="Rowan"))
    episode.refresh_from_db()
    assert episode.risk_grade == "high"


def test_a_return_told_of_a_merged_report_is_the_return_of_its_episode(take):
    take(police_row(returned_at="2023-01-10T22:00Z"))
    told = MissingEpisode.objects.get()
    later = missing.missing_child(told.person, reported_at=datetime(2023, 1, 10, 23, tzinfo=UTC))
    worker = accounts.missing_worker()
    with recorded(worker):
        merge_reports(report=told, into=later, why="The same night", by=worker)
    take(returned_row())
    later.refresh_from_db()
    assert (later.status, later.returned_at) == ("returned", datetime(2023, 1, 11, 8, tzinfo=UTC))
    assert ReturnInterview.objects.get(episode=later).due_at == datetime(2023, 1, 14, 8, tzinfo=UTC)
