"""The pages of return interviews: the form beside the young person, what follows from it, the police's own."""

import pytest

from tests.factories import accounts, cases, missing
from tests.factories.prepared import prepared
from tests.support.pages import day_boxes, moment_boxes, new_key, queries_of, signed_in
from trellis.core.clocks import now, today
from trellis.missing import services
from trellis.missing.models import Mention, PreventionInterview, ReturnInterview, SafetyAction
from trellis.missing.services import Agreed, Mentioned

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    """Sees the child before, and after, the interview is held."""
    return accounts.hub_worker()


def led(lead, **fields):
    interview = missing.returned_child(cases.allocated_case(lead).person, **fields)
    with prepared():
        return services.offer_interview(interview=interview, by=lead)


def typed(**changes):
    rows = {
        "mentions-TOTAL_FORMS": "2",
        "mentions-0-kind": "phone",
        "mentions-0-words": "07700 900123",
        "mentions-0-is_adult": "on",
        "actions-TOTAL_FORMS": "1",
        "actions-0-what": "Ring every evening",
        "actions-0-who": "Gran",
        **day_boxes("actions-0-due_on", today()),
    }
    said = {"account": "I went to the lock.", "reason": "other", "independence": "own_worker", "place": "School"}
    return {**rows, **said, **moment_boxes("completed_at", now()), **changes}


def address(interview, step=""):
    return f"/missing/{interview.episode_id}/{step}"


def test_one_form_keeps_the_account_what_was_spoken_of_and_what_was_agreed(lead):
    interview, client = led(lead), signed_in(lead)
    sent = typed(other_reasons=["relationship"], carer_view="He is quieter.", police_told="on")
    assert client.post(address(interview, "interview/"), sent).status_code == 302
    page = client.get(address(interview)).content.decode()
    for words in ("I went to the lock.", "07700 900123", "Information, not yet graded", "Ring every evening", "Gran"):
        assert words in page
    assert "Not independent" in page
    assert "Seeing a boyfriend or girlfriend" in page
    assert "He is quieter." in page
    interview.refresh_from_db()
    assert interview.police_told_at is not None
    assert interview.worker_told_at is None


def test_without_script_another_row_is_asked_for_and_nothing_is_said_to_be_wrong(lead):
    interview, client = led(lead), signed_in(lead)
    page = client.post(address(interview, "interview/"), typed(account="", more="mentions")).content.decode()
    assert 'name="mentions-2-words"' in page
    assert "07700 900123" in page
    assert "There is a problem" not in page
    assert ReturnInterview.objects.get().status == "offered"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"independence": ""}, "Choose who you are to them"),
        ({"mentions-0-kind": ""}, "Choose what it is"),
        ({"actions-0-who": ""}, "Enter who does it"),
    ],
)
def test_what_is_left_open_is_asked_for_and_nothing_typed_is_lost(lead, changes, problem):
    page = signed_in(lead).post(address(led(lead), "interview/"), typed(**changes)).content.decode()
    assert problem in page
    assert "I went to the lock." in page
    assert not Mention.objects.exists()


def test_one_conversation_is_chosen_to_answer_an_earlier_time_and_asks_why_that_was_late(lead):
    earlier = led(lead, hours_since_return=100)
    later = missing.returned_child(earlier.episode.person, hours_since_return=20)
    client, form = signed_in(lead), address(later, "interview/")
    client.post(address(later, "offer/"), {"how": "visit", **moment_boxes("offered_at", now())})
    assert "Did you also talk about another time they were missing?" in client.get(form).content.decode()
    chosen = typed(covers=[str(earlier.id)])
    assert "Choose why it was held after the time limit" in client.post(form, chosen).content.decode()
    purposeful = {**chosen, "delay_reason": "purposeful"}
    assert "Enter what the delay was for" in client.post(form, purposeful).content.decode()
    assert client.post(form, {**purposeful, "delay_told": "His own worker was away"}).status_code == 302
    page = client.get(address(earlier)).content.decode()
    assert "Covered by one conversation" in page
    assert "His own worker was away" in page
    assert f'href="{address(later)}"' in page


def test_attempts_and_why_it_is_not_offered_stand_on_the_page(lead):
    interview = missing.returned_child(cases.allocated_case(lead).person)
    client = signed_in(lead)
    tried = {"how": "call", "came_of_it": "No answer", "form_key": new_key(), **moment_boxes("attempted_at", now())}
    for _ in range(3):
        assert client.post(address(interview, "attempt/"), tried).status_code == 302
    assert client.post(address(interview, "not-offered/"), {"why": "Their authority offers it"}).status_code == 302
    page = client.get(address(interview)).content.decode()
    assert "Attempts: 1" in page
    assert "Not offered" in page
    assert "Their authority offers it" in page


def test_what_follows_is_added_set_aside_done_and_told(lead):
    interview, client = led(lead), signed_in(lead)
    missing_details = {"mentions": [Mentioned("person", "Dan")], "actions": [Agreed("Ring gran", "Me", today())]}
    with prepared():
        services.hold_return_interview(
            interview=interview, completed_at=now(), by=lead, account="Fine", reason="other",
            independence="missing_team", **missing_details,
        )  # fmt: skip
    assert "Ring gran (Me)" in client.get("/").content.decode()
    assert "Ring gran (Me)" in client.get(f"/children/{interview.episode.person_id}/").content.decode()
    action, mention = SafetyAction.objects.get(), Mention.objects.get()
    more = {"mentions-TOTAL_FORMS": "1", "mentions-0-kind": "place", "mentions-0-words": "The lock"}
    client.post(address(interview, "interview/more/"), more)
    client.post(f"/missing/mentions/{mention.id}/set-aside/", {"why": "Her brother"})
    client.post(f"/missing/safety-actions/{action.id}/done/", {**day_boxes("done_on", today()), "came_of_it": "Good"})
    client.post(address(interview, "interview/told/"), moment_boxes("worker_told_at", now()))
    page = client.get(address(interview)).content.decode()
    for words in ("The lock", "Her brother", "Good", "Their worker told"):
        assert words in page
    assert "Ring gran (Me)" not in client.get("/").content.decode()


def test_the_polices_own_interview_has_its_own_form_and_place(lead):
    interview, officer = led(lead), accounts.hub_worker_of("police")
    form = address(interview, "prevention/")
    told = {"officer": "PC 1234", "safe_now": "Yes", "form_key": new_key(), **moment_boxes("held_at", now())}
    assert signed_in(lead).post(form, told).status_code == 403
    for _ in range(3):
        assert signed_in(officer).post(form, told).status_code == 302
    page = signed_in(lead).get(address(interview)).content.decode()
    assert "It is not the return interview and is not counted as one." in page
    assert "PC 1234" in page
    assert "Record a prevention interview" not in page
    assert PreventionInterview.objects.count() == 1
    assert ReturnInterview.objects.get().status == "offered"


def test_the_page_asks_as_often_for_many_mentions_as_for_few(lead):
    interview, client, asked = led(lead), signed_in(lead), []
    said = {"account": "Fine", "reason": "other", "independence": "missing_team"}
    with prepared():
        services.hold_return_interview(interview=interview, completed_at=now(), by=lead, **said)
    for many in (10, 40):
        with prepared():
            told = [Mentioned("place", f"Lock {number}") for number in range(many)]
            services.add_to_interview(interview=interview, mentions=told, actions=[], by=lead)
        client.get(address(interview))
        asked.append(queries_of(client, address(interview)))
    assert asked[0] == asked[1]
