"""Return interviews from the offer to what follows, and the police's own, which is another."""

from datetime import timedelta

import pytest

from tests.factories import accounts, cases, missing
from tests.factories.prepared import prepared
from tests.support.pages import new_key
from trellis.accounts.access import Refused
from trellis.audit_log.trail import recorded
from trellis.core.clocks import now, today
from trellis.core.lifecycle import MoveNotAllowed
from trellis.missing import services
from trellis.missing.models import Mention, PreventionInterview, ReturnInterview, SafetyAction
from trellis.missing.services import Agreed, Mentioned

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def worker():
    return accounts.missing_worker()


def held(interview, **told):
    fresh = ReturnInterview.objects.select_related("episode").get(id=interview.id)
    return {
        "interview": fresh,
        "completed_at": fresh.episode.returned_at + HOUR,
        "account": "I went to see my sister.",
        "reason": "contact_with_family",
        "independence": "missing_team",
        **told,
    }


def offered(interview, worker):
    with recorded(worker):
        return services.offer_interview(interview=interview, by=worker, how="call")


def test_an_offer_says_by_whom_and_how(worker):
    interview = offered(missing.returned_child(), worker)
    assert (interview.status, interview.offered_by) == ("offered", worker)
    assert [(a.how, a.came_of_it) for a in interview.attempts.all()] == [("call", "Offered")]


def test_several_attempts_are_kept_and_one_form_makes_one(worker):
    interview = missing.returned_child()
    tries = [(now() - 3 * HOUR, new_key()), (now() - HOUR, new_key())]
    for at, key in [*tries, tries[0]]:
        with recorded(worker):
            services.record_attempt(
                interview=interview, attempted_at=at, how="visit", came_of_it="Nobody in", by=worker, form_key=key
            )
    interview.refresh_from_db()
    assert (interview.attempts.count(), interview.status) == (2, "awaiting_offer")


def test_declining_says_who_declined_why_and_what_the_carer_thinks(worker):
    interview = offered(missing.returned_child(), worker)
    with recorded(worker):
        services.record_answer(
            interview=interview,
            accepted=False,
            by=worker,
            reason="did_not_want_to_talk",
            declined_by="child",
            carer_view="Dad says she has been quiet.",
        )
    interview.refresh_from_db()
    assert (interview.declined_by, interview.decline_reason) == ("child", "did_not_want_to_talk")
    assert interview.carer_view == "Dad says she has been quiet."


def test_not_offering_is_a_decision_with_a_reason_and_can_be_undone_by_offering(worker):
    lead = accounts.hub_worker()
    interview = missing.returned_child(cases.allocated_case(lead).person)
    with recorded(worker):
        services.not_offer_interview(
            interview=interview, why="They live elsewhere; their authority offers it", by=worker
        )
    move = interview.status_moves.latest("recorded_at")
    assert (move.new, move.why) == ("not_offered", "They live elsewhere; their authority offers it")
    with recorded(lead):
        assert services.offer_interview(interview=interview, by=lead).status == "offered"


def test_one_conversation_covers_several_waiting_times_and_each_keeps_its_own_clock(worker):
    first = missing.returned_child(hours_since_return=90)
    second = missing.returned_child(first.episode.person, hours_since_return=50)
    offered(second, worker)
    with recorded(worker), pytest.raises(services.ReasonNeeded):
        services.hold_return_interview(**held(second, completed_at=now() - HOUR), by=worker, covers=[first.id])
    with recorded(worker):
        services.hold_return_interview(
            **held(second, completed_at=now() - HOUR, delay_reason="purposeful", delay_told="Her own worker was away"),
            by=worker,
            covers=[first.id],
        )
    before = first.due_at
    for row in (first, second):
        row.refresh_from_db()
    assert (second.status, second.delay_reason, second.delay_told) == ("completed", "", "")
    assert (first.status, first.covered_by, first.completed_at) == ("covered", second, None)
    assert (first.delay_reason, first.delay_told) == ("purposeful", "Her own worker was away")
    assert first.due_at == before


def test_a_conversation_covers_nobody_elses_time_and_none_that_came_after(worker):
    interview, elses = missing.returned_child(), missing.returned_child()
    later = missing.returned_child(interview.episode.person, hours_since_return=1)
    offered(interview, worker)
    for other in (elses, later):
        with recorded(worker), pytest.raises(services.NotTheirs):
            services.hold_return_interview(**held(interview), by=worker, covers=[other.id])


def test_what_was_mentioned_is_kept_once_however_it_was_typed(worker):
    told = [
        Mentioned("phone", "07700 900123"),
        Mentioned("phone", "+44 7700 900123", True, "He calls at night"),
        Mentioned("place", "Heron Park"),
        Mentioned("place", "  "),
    ]
    interview = missing.held_interview(worker, mentions=told)
    rows = Mention.objects.filter(interview=interview)
    assert [(m.kind, m.key, m.is_adult) for m in rows] == [
        ("phone", "07700900123", True),
        ("place", "heron park", False),
    ]
    with prepared():
        services.add_to_interview(interview=interview, mentions=told[:1], actions=[], by=worker)
    assert Mention.objects.count() == 2


def test_a_mention_is_set_aside_with_a_reason(worker):
    interview = missing.held_interview(worker, mentions=[Mentioned("person", "Dan")])
    with prepared():
        services.set_mention_aside(mention=Mention.objects.get(), why="Her brother", by=worker)
        services.set_mention_aside(mention=Mention.objects.get(), why="Again", by=worker)
    mention = Mention.objects.get(interview=interview)
    assert (mention.set_aside_by, mention.set_aside_why) == (worker, "Her brother")


def test_a_safety_action_is_done_once(worker):
    missing.held_interview(worker, actions=[Agreed("Ring the school", "Her worker", today())])
    action = SafetyAction.objects.get()
    with prepared():
        services.finish_safety_action(action=action, done_on=today(), came_of_it="They meet at the gate", by=worker)
    assert SafetyAction.objects.get().done_on == today()
    with prepared(), pytest.raises(MoveNotAllowed):
        services.finish_safety_action(action=action, done_on=today(), came_of_it="", by=worker)


def test_who_was_told_may_be_recorded_later_and_only_of_an_interview_that_was_held(worker):
    interview = missing.held_interview(worker, police_told_at=now())
    at = now()
    with prepared():
        services.tell_of_interview(interview=interview, by=worker, police_told_at=None, worker_told_at=at)
    interview.refresh_from_db()
    assert (interview.worker_told_at, interview.police_told_at is not None) == (at, True)
    with recorded(worker), pytest.raises(MoveNotAllowed):
        services.tell_of_interview(
            interview=missing.returned_child(), by=worker, police_told_at=None, worker_told_at=at
        )


def test_the_polices_own_interview_is_another_and_moves_nothing():
    officer, interview = accounts.hub_worker_of("police"), missing.returned_child()
    key = new_key()
    for _ in range(2):
        with recorded(officer):
            services.record_prevention_interview(
                episode=interview.episode,
                held_at=now(),
                officer="PC 1234",
                by=officer,
                form_key=key,
                safe_now="Yes, at home",
            )
    interview.refresh_from_db()
    assert PreventionInterview.objects.count() == 1
    assert (interview.status, interview.completed_at) == ("awaiting_offer", None)


@pytest.mark.parametrize("who", [accounts.hub_worker, accounts.missing_worker, accounts.analyst])
def test_only_the_police_and_the_manager_record_it(who):
    user = who()
    told = {"episode": missing.returned_child().episode, "held_at": now(), "officer": "PC", "form_key": new_key()}
    with recorded(user), pytest.raises(Refused):
        services.record_prevention_interview(**told, by=user)


def test_before_they_are_back_there_is_none():
    manager, episode = accounts.manager(), missing.missing_child()
    with recorded(manager), pytest.raises(MoveNotAllowed):
        services.record_prevention_interview(
            episode=episode, held_at=now(), officer="PC", by=manager, form_key=new_key()
        )
