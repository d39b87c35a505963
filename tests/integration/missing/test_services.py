"""A missing episode and its return interview."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from tests.factories import accounts, missing, people
from trellis.accounts.access import Refused
from trellis.audit_log.trail import recorded
from trellis.core.lifecycle import MoveNotAllowed
from trellis.missing import services
from trellis.missing.models import MissingEpisode
from trellis.need_to_know import access

pytestmark = pytest.mark.django_db


def report(person, start, **fields):
    with recorded(None):
        return services.report_missing(person=person, kind="home", reported_at=start, by=None, **fields)


def come_back(episode, at):
    with recorded(None):
        return services.record_return(episode=episode, returned_at=at, by=None)


def test_a_return_at_half_past_one_on_the_night_the_clocks_go_back_is_due_72_elapsed_hours_later():
    episode = report(people.child(), datetime(2022, 10, 29, 20, tzinfo=UTC))
    interview = come_back(episode, datetime(2022, 10, 30, 1, 30, tzinfo=UTC))
    assert interview.due_at == datetime(2022, 11, 2, 1, 30, tzinfo=UTC)


def test_the_database_refuses_a_second_episode_while_the_child_is_missing():
    person = people.child()
    report(person, datetime(2023, 1, 1, 20, tzinfo=UTC))
    with pytest.raises(IntegrityError):
        report(person, datetime(2023, 1, 5, 20, tzinfo=UTC))


def test_the_database_refuses_an_overlap_and_allows_the_next_evening():
    person = people.child()
    come_back(report(person, datetime(2023, 1, 1, 20, tzinfo=UTC)), datetime(2023, 1, 2, 8, tzinfo=UTC))
    report(person, datetime(2023, 1, 2, 20, tzinfo=UTC))
    assert MissingEpisode.objects.count() == 2
    with pytest.raises(IntegrityError):
        report(person, datetime(2023, 1, 2, 9, tzinfo=UTC), last_seen_at=datetime(2023, 1, 2, 7, tzinfo=UTC))


def test_a_child_comes_back_once():
    episode = report(people.child(), datetime(2023, 1, 1, 20, tzinfo=UTC))
    come_back(episode, datetime(2023, 1, 2, 8, tzinfo=UTC))
    with pytest.raises(MoveNotAllowed):
        come_back(episode, datetime(2023, 1, 2, 9, tzinfo=UTC))


def test_the_desk_sees_the_child_until_the_interview_is_held():
    worker = accounts.missing_worker()
    interview = missing.returned_child()
    person = interview.episode.person_id
    assert access.can_see_person(worker, person)
    with recorded(worker):
        services.offer_interview(interview=interview, by=worker)
        services.record_answer(interview=interview, accepted=True, by=worker)
        services.hold_return_interview(
            interview=interview,
            completed_at=interview.due_at - timedelta(hours=1),
            by=worker,
            account="I was with my mates",
            reason="staying_out_with_friends",
            independence="missing_team",
        )
    assert not access.can_see_person(worker, person)
    interview.refresh_from_db()
    assert interview.status == "completed"
    assert [move.new for move in interview.status_moves.all()] == [
        "awaiting_offer",
        "offered",
        "accepted",
        "completed",
    ]


def test_a_late_interview_needs_its_reason():
    worker = accounts.missing_worker()
    interview = missing.returned_child(hours_since_return=100)
    late = {
        "interview": interview,
        "completed_at": interview.due_at + timedelta(seconds=1),
        "by": worker,
        "account": "Fine",
        "reason": "other",
        "independence": "missing_team",
    }
    with recorded(worker):
        services.offer_interview(interview=interview, by=worker)
    with pytest.raises(services.ReasonNeeded), recorded(worker):
        services.hold_return_interview(**late)
    interview.refresh_from_db()
    with recorded(worker):
        services.hold_return_interview(**late, delay_reason="childs_choice")
    interview.refresh_from_db()
    assert interview.delay_reason == "childs_choice"


def test_an_analyst_holds_no_interview():
    analyst = accounts.analyst()
    with pytest.raises(Refused), recorded(analyst):
        services.offer_interview(interview=missing.returned_child(), by=analyst)


def test_a_correction_keeps_the_old_values_and_moves_the_clock():
    interview = missing.returned_child(risk_grade="low")
    episode = interview.episode
    old, new = episode.returned_at, episode.returned_at - timedelta(hours=2)
    with recorded(None):
        services.correct_episode(
            episode=episode, changes={"returned_at": new, "risk_grade": "high"}, why="File", by=None
        )
    interview.refresh_from_db()
    assert interview.due_at == new + timedelta(hours=72)
    assert episode.corrections.get().old_values["returned_at"] == old.isoformat()
    assert set(episode.gradings.values_list("grade", flat=True)) == {"low", "high"}
