"""The front door: a referral made, matched and decided, and the queue that adds up."""

from datetime import date, timedelta

import pytest

from tests.factories import accounts, cases, people, referrals
from tests.support.pages import day_boxes, moment_boxes, new_key, queries_of, signed_in
from trellis.audit_log.models import AuditEvent
from trellis.core.clocks import now
from trellis.people.models import Person, PossibleMatch
from trellis.referrals.models import Referral

pytestmark = pytest.mark.django_db

BORN = date(2011, 5, 4)


def filled_in(**changes):
    typed = {
        "form_key": new_key(),
        "given_name": "Robin",
        "family_name": "Ashworth",
        **day_boxes("date_of_birth", BORN),
        "sex": "M",
        "ethnicity": "NOBT",
        "postcode": "m14 0aa",
        "safe_contact": "",
        "immediate_danger": "no",
        "primary_type": "CCE",
        "other_types": ["CSE", "CCE"],
        "harm_seen": "A bruise",
        "concerns": "Older people wait outside",
        "strengths": "Boxes",
        "child_knows": "yes",
        "source_code": "6",
        "agency": "police",
        "referrer": "PC Somebody",
        **moment_boxes("received_at", now()),
    }
    return {**typed, **changes}


def send(user, **changes):
    return signed_in(user).post("/referrals/new/", filled_in(**changes))


def test_a_referral_of_somebody_new_makes_the_person_and_the_referral():
    worker = accounts.hub_worker()
    response = send(worker)
    referral = Referral.objects.get()
    assert response["Location"] == f"/referrals/{referral.id}/receipt/"
    assert referral.exploitation_types == ["CCE", "CSE"]
    assert (referral.harm_seen, referral.child_knows, referral.agency.code) == ("A bruise", True, "police")
    assert (referral.person.name, referral.person.postcode) == ("Robin Ashworth", "M140AA")
    receipt = signed_in(worker).get(response["Location"])
    assert referral.reference in receipt.content.decode()


def test_fifty_copies_of_one_form_make_one_referral_and_one_person():
    worker, typed = accounts.hub_worker(), filled_in()
    client = signed_in(worker)
    for _ in range(50):
        assert client.post("/referrals/new/", typed).status_code == 302
    assert Referral.objects.count() == Person.objects.count() == 1
    written = AuditEvent.objects.filter(action="write", what__in=("person", "referral"))
    assert written.count() == 2


def test_somebody_alike_whom_i_may_see_is_offered_before_a_new_record_is_made():
    worker = accounts.hub_worker()
    known = cases.open_case(people.child(postcode="M11AA")).person
    typed = filled_in()
    client = signed_in(worker)
    asked = client.post("/referrals/new/", typed)
    assert asked.status_code == 200
    assert "We may know this young person already" in asked.content.decode()
    assert "Older people wait outside" in asked.content.decode()
    assert Referral.objects.count() == 0
    assert client.post("/referrals/new/", {**typed, "match": str(known.id)}).status_code == 302
    assert Referral.objects.get().person == known


def test_none_of_those_alike_makes_a_new_record_left_for_review():
    worker = accounts.hub_worker()
    known = cases.open_case().person
    assert send(worker, match="new").status_code == 302
    made = Referral.objects.get().person
    assert made != known
    assert PossibleMatch.objects.get(person=made).other == known


def test_a_choice_that_was_not_offered_is_asked_again():
    known = cases.open_case().person
    stranger = people.child(given_name="Stranger")
    assert send(accounts.hub_worker(), match=str(stranger.id)).status_code == 200
    assert not known.referrals.exists()


def test_somebody_alike_whom_i_may_not_see_is_not_told():
    partner = accounts.remote_partner("police")
    alone = send(partner)
    hidden = cases.open_case(people.child(given_name="Hidden", family_name="Child")).person
    beside = send(partner, given_name="Hidden", family_name="Child", postcode="M14 0AA")
    assert alone.status_code == beside.status_code == 302
    assert hidden.referrals.exists()
    for response in (alone, beside):
        receipt = signed_in(partner).get(response["Location"]).content.decode()
        assert "Open the referral" not in receipt
        assert "Hidden" not in receipt
        referral_page = response["Location"].removesuffix("receipt/")
        assert signed_in(partner).get(referral_page).status_code == 404


def test_only_who_made_a_referral_keeps_its_receipt():
    address = send(accounts.remote_partner("police"))["Location"]
    assert signed_in(accounts.remote_partner("police")).get(address).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"given_name": ""}, "Enter the given name"),
        ({"date_of_birth_year": "1960"}, "within the last 25 years"),
        ({"date_of_birth_day": "31", "date_of_birth_month": "2"}, "Date of birth must be a real date"),
        ({"immediate_danger": ""}, "Say whether the young person is in danger now"),
        ({"primary_type": "invented"}, "Select a valid choice"),
        ({"harm_seen": "", "concerns": ""}, "Say what was seen, or what you fear"),
        ({"source_code": ""}, "Choose who it comes from"),
        ({"given_name": "x" * 101}, "at most 100"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(wrong, words):
    response = send(accounts.hub_worker(), **wrong)
    page = response.content.decode()
    assert response.status_code == 200
    assert words in page
    assert "Boxes" in page
    assert Referral.objects.count() == 0


def test_who_may_not_refer_is_told_why():
    response = send(accounts.analyst())
    assert response.status_code == 403
    assert "Your role does not include making referrals." in response.content.decode()


def test_danger_now_is_said_on_the_receipt_and_in_the_queue():
    worker = accounts.hub_worker()
    response = send(worker, immediate_danger="yes")
    assert "call now" in signed_in(worker).get(response["Location"]).content.decode()
    assert "In danger now" in signed_in(worker).get("/referrals/").content.decode()


def test_the_queue_adds_up_and_shows_the_earliest_due_first():
    manager = accounts.manager()
    late = referrals.waiting_referral(people.child(given_name="Late"), received_at=now() - timedelta(days=9))
    fresh = referrals.waiting_referral(people.child(given_name="Fresh"))
    referrals.decided_referral("accepted_assessment", people.child(given_name="Done"))
    response = signed_in(manager).get("/referrals/")
    assert [row.referral for row in response.context["rows"]] == [late, fresh]
    assert [row.late for row in response.context["rows"]] == [True, False]
    assert "3 received = 1 decided + 2 waiting" in response.content.decode()
    decided = signed_in(manager).get("/referrals/?show=decided")
    assert [row.referral.person.given_name for row in decided.context["rows"]] == ["Done"]


def test_an_empty_queue_says_what_will_come():
    assert "No referral is waiting." in signed_in(accounts.manager()).get("/referrals/").content.decode()


def test_the_queue_takes_the_same_queries_for_10_and_for_200():
    client = signed_in(accounts.manager())

    def add(count):
        for number in range(count):
            referrals.waiting_referral(people.child(given_name=f"Child {number}"))

    add(10)
    queries_of(client, "/referrals/")
    few = queries_of(client, "/referrals/")
    add(190)
    assert queries_of(client, "/referrals/") == few
    response = client.get("/referrals/?page=4")
    assert len(response.context["rows"]) == 50
    assert "151 to 200 of 200" in response.content.decode()


def test_allocated_same_agency_other_agency():
    manager = accounts.manager()
    referral = referrals.waiting_referral()
    assert signed_in(manager).get(f"/referrals/{referral.id}/").status_code == 200
    for outsider in (accounts.remote_partner("social_care"), accounts.remote_partner("education")):
        client = signed_in(outsider)
        assert client.get(f"/referrals/{referral.id}/").status_code == 404
        assert client.post(f"/referrals/{referral.id}/", {"decision": "redirected", "reason": "x"}).status_code == 404
        assert client.get("/referrals/").context["counts"].received == 0


@pytest.mark.parametrize("decision", ["accepted_assessment", "accepted_advice", "redirected", "no_further_action"])
def test_a_manager_decides_with_a_reason(decision):
    manager, referral = accounts.manager(), referrals.waiting_referral()
    response = signed_in(manager).post(
        f"/referrals/{referral.id}/", {"decision": decision, "reason": "Because", "redirected_to": "Early help"}
    )
    assert response["Location"] == "/referrals/"
    referral.refresh_from_db()
    assert (referral.status, referral.decided_by, referral.decision_reason) == (decision, manager, "Because")
    assert referral.person.cases.exists() == (decision == "accepted_assessment")


def test_a_decision_without_a_reason_is_not_taken():
    referral = referrals.waiting_referral()
    response = signed_in(accounts.manager()).post(
        f"/referrals/{referral.id}/", {"decision": "redirected", "reason": " "}
    )
    assert "Enter the reason" in response.content.decode()
    referral.refresh_from_db()
    assert referral.status == "received"


def test_a_worker_reads_a_referral_and_may_not_decide_it():
    worker, referral = accounts.hub_worker(), referrals.waiting_referral()
    client = signed_in(worker)
    assert "Waiting for a manager to decide." in client.get(f"/referrals/{referral.id}/").content.decode()
    refused = client.post(f"/referrals/{referral.id}/", {"decision": "no_further_action", "reason": "x"})
    assert refused.status_code == 403
    assert "Your role does not include deciding referrals." in refused.content.decode()


def test_the_second_of_two_decisions_is_told_the_first():
    first, second = accounts.manager(name="First Manager"), accounts.manager()
    referral = referrals.waiting_referral()
    signed_in(first).post(
        f"/referrals/{referral.id}/",
        {"decision": "redirected", "reason": "Early help knows them", "redirected_to": "Early help"},
    )
    response = signed_in(second).post(
        f"/referrals/{referral.id}/", {"decision": "accepted_assessment", "reason": "My own reasons"}
    )
    page = response.content.decode()
    assert response.status_code == 409
    for words in ("First Manager", "Redirected", "Early help knows them", "My own reasons"):
        assert words in page
    referral.refresh_from_db()
    assert referral.status == "redirected"
