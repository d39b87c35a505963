"""Reports merged and taken apart, grades, owners, returns undone, escalation: at the desk."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import accounts, missing, people
from tests.factories.kept_away import keep_from
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.cases.models import ChronologyEntry, Notice
from trellis.core.clocks import now
from trellis.core.models import Limit
from trellis.missing import services
from trellis.missing.models import DeskOwner, Escalation, MissingEpisode, ReturnInterview
from trellis.missing.queries.desk import desk_version, may_look_after, times_lately
from trellis.missing.services.clocks import ReturnStands
from trellis.missing.services.escalation import escalate_waiting
from trellis.missing.services.grading import grade_risk
from trellis.missing.services.merging import CannotMerge, Times, merge_reports, times_before, unmerge_report
from trellis.missing.services.owners import CannotOwn, TakenAlready, hand_over, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return accounts.missing_worker()


def two_reports():
    """The same night told twice: back at ten in the one, gone again and back at midnight in the other."""
    person, start = people.child(), now() - timedelta(hours=20)
    first = missing.missing_child(person, reported_at=start, police_ref="P1")
    with recorded(None):
        services.record_return(episode=first, returned_at=start + timedelta(hours=2), by=None)
    second = missing.missing_child(person, reported_at=start + timedelta(hours=3), police_ref="P2")
    with recorded(None):
        services.record_return(episode=second, returned_at=start + timedelta(hours=4), by=None)
    return MissingEpisode.objects.get(id=first.id), MissingEpisode.objects.get(id=second.id)


def merge(second, first, by):
    with recorded(by):
        merge_reports(report=second, into=first, why="The same night", by=by)
    for report in (first, second):
        report.refresh_from_db()


def test_merged_reports_are_one_time_and_each_keeps_its_own_words(worker):
    first, second = two_reports()
    ended = second.returned_at
    merge(second, first, worker)
    assert (second.status, second.merged_into, second.police_ref) == ("merged", first, "P2")
    assert (first.status, first.returned_at, second.returned_at) == ("returned", ended, ended)
    assert first.interview.due_at == ended + timedelta(hours=72)
    assert second.interview.status == "withdrawn"
    standing = ChronologyEntry.objects.filter(superseded_by=None)
    assert standing.filter(kind="missing.reported").count() == standing.filter(kind="missing.returned").count() == 1
    assert first.corrections.get().report == second


def test_a_report_taken_out_stands_again_and_the_other_says_what_it_said_before(worker):
    first, second = two_reports()
    before = [Times.of(one) for one in (first, second)]
    merge(second, first, worker)
    with recorded(worker):
        own, others = Times.of(second), times_before(second)
        unmerge_report(report=second, own=own, others=others, why="Two nights after all", by=worker)
    for one, times in zip((first, second), before, strict=True):
        one.refresh_from_db()
        assert (one.status, one.merged_into, Times.of(one)) == ("returned", None, times)
        interview = ReturnInterview.objects.get(episode=one)
        assert (interview.status, interview.due_at) == ("awaiting_offer", times.returned_at + timedelta(hours=72))


def test_reports_of_two_young_people_are_never_one(worker):
    first, second = missing.missing_child(), missing.missing_child(people.child(given_name="Other"))
    with pytest.raises(CannotMerge), recorded(worker):
        merge_reports(report=second, into=first, why="Wrong", by=worker)


def held(interview, worker):
    with recorded(worker):
        services.offer_interview(interview=interview, by=worker)
        services.hold_return_interview(
            interview=interview,
            completed_at=now(),
            by=worker,
            account="I was with mates",
            reason="other",
            independence="missing_team",
        )


def test_a_return_on_which_an_interview_was_held_stands(worker):
    interview = missing.returned_child()
    held(interview, worker)
    with pytest.raises(ReturnStands), recorded(None):
        services.correct_at_desk(episode=interview.episode, changes={"returned_at": None}, why="Wrong", by=worker)


def test_an_undone_return_withdraws_the_interview_and_the_next_return_starts_its_clock_again(worker):
    interview = missing.returned_child()
    episode = interview.episode
    with recorded(worker):
        services.offer_interview(interview=interview, by=worker)
    with recorded(worker):
        services.correct_at_desk(episode=episode, changes={"returned_at": None}, why="Somebody else", by=worker)
    episode.refresh_from_db()
    interview.refresh_from_db()
    assert (episode.status, episode.returned_at, interview.status) == ("missing", None, "withdrawn")
    told = ChronologyEntry.objects.filter(superseded_by=None, person=episode.person)
    assert not told.filter(kind="missing.returned").exists()
    back = now() - timedelta(hours=1)
    with recorded(worker):
        services.record_return(episode=episode, returned_at=back, by=worker)
    interview.refresh_from_db()
    assert (interview.status, interview.offered_at) == ("awaiting_offer", None)
    assert interview.due_at == back + timedelta(hours=72)
    assert [move.new for move in interview.status_moves.all()][-2:] == ["withdrawn", "awaiting_offer"]


@pytest.mark.parametrize("utc_hour", [0, 1])
def test_both_times_it_was_half_past_one_are_due_72_elapsed_hours_later(utc_hour):
    back = datetime(2022, 10, 30, utc_hour, 30, tzinfo=UTC)
    episode = missing.missing_child(reported_at=datetime(2022, 10, 29, 20, tzinfo=UTC))
    with recorded(None):
        interview = services.record_return(episode=episode, returned_at=back, by=None)
    assert interview.due_at == back + timedelta(hours=72)


def test_a_grade_of_the_desk_joins_the_polices_and_the_latest_stands(worker):
    episode = missing.missing_child(police_ref="P1", risk_grade="medium", officer="PC 101")
    with recorded(worker):
        told = {"graded_at": now(), "information": "A friend rang: frightened."}
        grade_risk(episode=episode, grade="high", by=worker, **told)
    episode.refresh_from_db()
    assert episode.risk_grade == "high"
    assert set(episode.gradings.values_list("grade", "graded_by", "by_police")) == {
        ("medium", "PC 101", True),
        ("high", worker.name, False),
    }


def test_taking_acknowledges_and_handing_over_keeps_who_had_it(worker):
    episode, other = missing.missing_child(), accounts.missing_worker()
    with recorded(worker):
        taken = take(episode=episode, by=worker)
        take(episode=episode, by=worker)
    with pytest.raises(TakenAlready), recorded(other):
        take(episode=episode, by=other)
    with recorded(worker):
        given = hand_over(episode=episode, to=other, by=worker, why="End of shift")
    assert (taken.owner, given.owner, given.acknowledged_at) == (worker, other, taken.acknowledged_at)
    assert list(DeskOwner.objects.order_by("given_at").values_list("owner", "why")) == [
        (worker.id, ""),
        (other.id, "End of shift"),
    ]


def test_a_report_is_not_handed_to_who_is_kept_from_the_child(worker):
    episode, kept_out = missing.missing_child(), accounts.missing_worker()
    keep_from(episode.person, kept_out)
    assert kept_out not in may_look_after(episode)
    with pytest.raises(CannotOwn, match="may not see"), recorded(worker):
        hand_over(episode=episode, to=kept_out, by=worker)
    assert not DeskOwner.objects.filter(owner=kept_out).exists()


def waiting_for(minutes):
    episode = missing.missing_child(hours_ago=1)
    MissingEpisode.objects.filter(id=episode.id).update(recorded_at=now() - timedelta(minutes=minutes))
    return episode


def test_a_report_nobody_takes_is_escalated_once_and_once_more(worker):
    manager, episode = accounts.manager(), waiting_for(14)
    assert escalate_waiting() == 0
    assert escalate_waiting(now() + timedelta(minutes=2)) == 1
    assert escalate_waiting(now() + timedelta(minutes=3)) == 0
    assert escalate_waiting(now() + timedelta(hours=5)) == 1
    assert escalate_waiting(now() + timedelta(hours=9)) == 0
    assert list(Escalation.objects.order_by("level").values_list("episode", "level", "told")) == [
        (episode.id, 1, 1),
        (episode.id, 2, 1),
    ]
    notices = Notice.objects.filter(to=manager, kind="missing.escalated")
    assert notices.count() == 2
    assert not any(episode.person.given_name in notice.words for notice in notices)
    assert AuditEvent.objects.filter(what="escalation", object_id=episode.id).count() == 2


def test_the_limit_is_a_dated_row_and_a_report_that_is_taken_is_not_escalated(worker):
    taken, waits = waiting_for(60), waiting_for(60)
    with recorded(worker):
        take(episode=taken, by=worker)
    Limit.objects.filter(name="missing.acknowledge").update(value=90)
    assert escalate_waiting() == 0
    Limit.objects.filter(name="missing.acknowledge").update(value=30)
    assert escalate_waiting() == 1
    assert Escalation.objects.get().episode == waits


def test_the_version_of_the_desk_moves_with_every_line(worker):
    episode, moment = missing.missing_child(), now()
    versions = [desk_version(worker, moment)]

    def then(change):
        change()
        versions.append(desk_version(worker, moment))

    with recorded(worker):
        then(lambda: take(episode=episode, by=worker))
        then(lambda: grade_risk(episode=episode, grade="high", graded_at=moment, information="Told", by=worker))
        then(lambda: services.record_return(episode=episode, returned_at=moment, by=worker))
        then(lambda: services.offer_interview(interview=ReturnInterview.objects.get(), by=worker))
    assert len(set(versions)) == len(versions)
    assert desk_version(worker, moment) == versions[-1]


def test_who_is_missing_three_times_in_ninety_days_is_missing_repeatedly_and_merged_reports_count_once(worker):
    first, second = two_reports()
    assert times_lately([first.person_id], now()) == {}
    missing.missing_child(first.person, hours_ago=2)
    assert times_lately([first.person_id], now()) == {first.person_id: 3}
    merge(second, first, worker)
    assert times_lately([first.person_id], now()) == {}
