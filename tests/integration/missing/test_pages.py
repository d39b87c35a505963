"""The desk, an episode from report to interview, and a child's episodes."""

from datetime import timedelta

import pytest

from tests.factories import accounts, cases, missing, people
from tests.support.pages import day_boxes, moment_boxes, new_key, queries_of, signed_in
from trellis.core.clocks import now
from trellis.missing.models import MissingEpisode, ReturnInterview

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk_worker():
    return accounts.missing_worker()


def address(episode, step=""):
    return f"/missing/{episode.id}/{step}"


def reported(**changes):
    typed = {"form_key": new_key(), "kind": "home", "reported_by": "Mum", "risk_grade": "high"}
    moments = {
        **moment_boxes("last_seen_at", now() - timedelta(hours=5)),
        **moment_boxes("reported_at", now() - timedelta(hours=2)),
    }
    return {**typed, **moments, **changes}


def described(**changes):
    who = {"given_name": "Robin", "family_name": "Ashworth", "sex": "M", "ethnicity": "NOBT", "postcode": "M14 0AA"}
    return reported(**{**who, **day_boxes("date_of_birth", people.child().date_of_birth), **changes})


def offered():
    return {"how": "call", **moment_boxes("offered_at", now())}


def held(**changes):
    typed = {
        "account": "“I was with mates.”",
        "reason": "staying_out_with_friends",
        "place": "School",
        "independence": "missing_team",
    }
    return {**typed, **moment_boxes("completed_at", now()), "delay_reason": "", **changes}


def test_the_desk_shows_who_is_out_and_who_is_back_each_with_an_owner(desk_worker):
    lead = accounts.hub_worker(name="Lena Lead")
    led, nobodys = people.child(given_name="Led"), people.child(given_name="Nobodys")
    cases.allocated_case(lead, led)
    missing.missing_child(led, hours_ago=30, risk_grade="high")
    missing.missing_child(nobodys, hours_ago=40)
    missing.returned_child(people.child(given_name="Back"), hours_since_return=10)
    missing.returned_child(people.child(given_name="Overdue"), hours_since_return=80)
    response = signed_in(desk_worker).get("/missing/")
    out, back = response.context["out_rows"], response.context["back_rows"]
    assert [(row.person.given_name, row.away, row.grade, row.owner) for row in out] == [
        ("Nobodys", "1 day 16 hours", "Not graded yet", "Missing team"),
        ("Led", "1 day 6 hours", "High risk", "Lena Lead"),
    ]
    assert [(row.person.given_name, row.clock, row.late) for row in back] == [
        ("Overdue", "8 hours overdue", True),
        ("Back", "61 of 72 hours left", False),
    ]
    page = response.content.decode()
    assert "Out there now: 2" in page
    assert "Back and waiting: 2" in page


def test_an_empty_desk_says_what_will_come(desk_worker):
    page = signed_in(desk_worker).get("/missing/").content.decode()
    assert "Nobody you may see is missing now." in page
    assert "No return interview is waiting." in page


def test_who_has_no_desk_is_told_why():
    response = signed_in(accounts.remote_partner()).get("/missing/")
    assert response.status_code == 403
    assert "Your role does not include the missing desk." in response.content.decode()


def test_the_desk_takes_the_same_queries_for_10_and_for_200(desk_worker):
    client = signed_in(desk_worker)

    def add(count):
        for number in range(count):
            missing.missing_child(people.child(given_name=f"Out {number}"))
            missing.returned_child(people.child(given_name=f"Back {number}"))

    add(5)
    queries_of(client, "/missing/")
    few = queries_of(client, "/missing/")
    add(95)
    assert queries_of(client, "/missing/") == few
    response = client.get("/missing/?out=2&back=1")
    assert len(response.context["out_rows"]) == len(response.context["back_rows"]) == 50
    assert "51 to 100 of 100" in response.content.decode()


def test_allocated_same_agency_other_agency():
    lead = accounts.hub_worker()
    case = cases.allocated_case(lead)
    episode = missing.missing_child(case.person)
    assert signed_in(lead).get(address(episode)).status_code == 200
    for outsider in (accounts.remote_partner("social_care"), accounts.remote_partner("education")):
        response = signed_in(outsider).get(address(episode))
        assert response.status_code == 404
        assert "Ashworth" not in response.content.decode()


def test_a_report_at_the_desk_records_the_young_person_and_the_episode_once(desk_worker):
    client, typed = signed_in(desk_worker), described(given_name="New", family_name="Person")
    for _ in range(50):
        response = client.post("/missing/new/", typed)
        assert response.status_code == 302
    episode = MissingEpisode.objects.get()
    assert response["Location"] == address(episode)
    assert (episode.person.name, episode.risk_grade, episode.recorded_by) == ("New Person", "high", desk_worker)


def test_a_known_young_person_is_offered_first(desk_worker):
    known = missing.returned_child().episode.person
    client, typed = signed_in(desk_worker), described()
    assert "We may know this young person already" in client.post("/missing/new/", typed).content.decode()
    client.post("/missing/new/", {**typed, "match": str(known.id)})
    assert known.missing_episodes.count() == 2


def test_a_report_from_the_childs_own_page(desk_worker):
    person = missing.returned_child().episode.person
    client = signed_in(desk_worker)
    page = f"/children/{person.id}/missing/report/"
    assert client.get(page).status_code == 200
    assert client.post(page, reported()).status_code == 302
    assert person.missing_episodes.missing_now().count() == 1


def test_a_child_is_not_missing_twice_at_once(desk_worker):
    person = missing.missing_child(hours_ago=6).person
    response = signed_in(desk_worker).post(f"/children/{person.id}/missing/report/", reported())
    assert "They are reported missing already for this time." in response.content.decode()
    assert person.missing_episodes.count() == 1


def test_a_child_last_seen_after_the_report_is_refused(desk_worker):
    later = moment_boxes("last_seen_at", now() - timedelta(hours=1))
    page = signed_in(desk_worker).post("/missing/new/", described(**later)).content.decode()
    assert "They were last seen before it was reported" in page


def test_who_may_not_record_is_told_why():
    response = signed_in(accounts.hub_worker()).post("/missing/new/", described())
    assert response.status_code == 403
    assert "recording missing reports and returns" in response.content.decode()


def test_from_missing_to_held_in_the_steps_of_the_page(desk_worker):
    episode = missing.missing_child(hours_ago=9)
    client = signed_in(desk_worker)
    returned_at = now() - timedelta(hours=3)
    form = {**moment_boxes("returned_at", returned_at), "found_where": "At a station", "found_with": ""}
    assert client.post(address(episode, "return/"), form)["Location"] == address(episode)
    interview = ReturnInterview.objects.get()
    assert interview.due_at - interview.episode.returned_at == timedelta(hours=72)
    assert client.post(address(episode, "offer/"), offered()).status_code == 302
    assert client.post(address(episode, "answer/"), {"accepted": "yes"}).status_code == 302
    assert client.post(address(episode, "interview/"), held()).status_code == 302
    interview.refresh_from_db()
    assert (interview.status, interview.completed_by, interview.delay_reason) == ("completed", desk_worker, "")


def test_after_the_interview_the_lead_worker_reads_it_and_the_desk_no_longer_sees_the_child(desk_worker):
    lead = accounts.hub_worker()
    interview = missing.returned_child(cases.allocated_case(lead).person)
    episode = interview.episode
    client = signed_in(desk_worker)
    client.post(address(episode, "offer/"), offered())
    assert client.post(address(episode, "interview/"), held())["Location"] == "/missing/"
    assert client.get(address(episode)).status_code == 404
    page = signed_in(lead).get(address(episode)).content.decode()
    assert "I was with mates." in page
    assert "Staying out with friends or peers" in page


def test_a_late_interview_needs_the_reason_for_the_delay(desk_worker):
    episode = missing.returned_child(hours_since_return=80).episode
    client = signed_in(desk_worker)
    client.post(address(episode, "offer/"), offered())
    page = client.post(address(episode, "interview/"), held()).content.decode()
    assert "Choose why it was held after the time limit" in page
    assert "I was with mates." in page
    assert client.post(address(episode, "interview/"), held(delay_reason="childs_choice")).status_code == 302
    assert ReturnInterview.objects.get().delay_reason == "childs_choice"


def test_declining_carries_a_reason(desk_worker):
    episode = missing.returned_child().episode
    client = signed_in(desk_worker)
    client.post(address(episode, "offer/"), offered())
    assert "Choose why" in client.post(address(episode, "answer/"), {"accepted": "no"}).content.decode()
    assert (
        client.post(
            address(episode, "answer/"), {"accepted": "no", "declined_by": "carer", "reason": "could_not_be_reached"}
        ).status_code
        == 302
    )
    assert ReturnInterview.objects.get().status == "declined"


@pytest.mark.parametrize(
    ("step", "form"),
    [("return/", {"returned_at": 99}), ("interview/", {"completed_at": 99})],
)
def test_a_time_before_the_child_went_or_came_back_is_refused(desk_worker, step, form):
    episode = missing.missing_child(hours_ago=9) if step == "return/" else missing.returned_child().episode
    [(name, hours)] = form.items()
    typed = {**held(), **moment_boxes(name, now() - timedelta(hours=hours))}
    page = signed_in(desk_worker).post(address(episode, step), typed).content.decode()
    assert "must be after they" in page


def test_the_second_of_two_who_record_the_same_step_is_told(desk_worker):
    episode = missing.missing_child(hours_ago=9)
    typed = moment_boxes("returned_at", now() - timedelta(hours=1))
    assert signed_in(desk_worker).post(address(episode, "return/"), typed).status_code == 302
    second = signed_in(accounts.missing_worker()).post(address(episode, "return/"), typed)
    assert second.status_code == 409
    assert "Somebody may have recorded it before you." in second.content.decode()
    assert ReturnInterview.objects.count() == 1


def test_before_the_return_there_is_no_interview_to_offer(desk_worker):
    episode = missing.missing_child()
    assert signed_in(desk_worker).post(address(episode, "offer/"), offered()).status_code == 404


def test_who_may_not_record_interviews_cannot_offer_one():
    manager_like = accounts.member("hub", "partner")
    episode = missing.returned_child().episode
    assert signed_in(manager_like).get(address(episode)).status_code == 200
    for step in ("offer/", "answer/", "interview/", "return/"):
        assert signed_in(manager_like).post(address(episode, step), held()).status_code == 403


def test_a_childs_page_lists_every_episode(desk_worker):
    person = people.child()
    for days in (30, 20, 10):
        missing.returned_child(person, hours_since_return=24 * days)
    response = signed_in(desk_worker).get(f"/children/{person.id}/missing/")
    assert len(response.context["rows"]) == 3
    assert "Missing episodes: 3" in response.content.decode()


def test_a_child_never_missing_says_so():
    lead = accounts.hub_worker()
    person = cases.allocated_case(lead).person
    page = signed_in(lead).get(f"/children/{person.id}/missing/").content.decode()
    assert "has never been reported missing to us" in page
