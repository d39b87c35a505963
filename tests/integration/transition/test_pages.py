"""The pages on the way to adulthood: what they show, to whom, and each form from typed to saved."""

from datetime import timedelta

import pytest

from tests.factories import accounts, cases, people, transition
from tests.support.pages import day_boxes, new_key, queries_of, signed_in
from trellis.core.clocks import today
from trellis.transition.models import (
    AdultOutcome,
    AdultThreshold,
    AdultWorker,
    CapacityAssessment,
    HandOver,
    JointMeeting,
    Readiness,
    SchoolMove,
    TransitionPlan,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return accounts.hub_worker(name="Wanda Worker")


@pytest.fixture
def person(worker):
    made = transition.young_person(17)
    cases.allocated_case(worker, made)
    return made


def address(person, step=""):
    return f"/children/{person.id}/transition/{step}"


def text(response):
    return response.content.decode()


def test_an_empty_page_says_what_will_come_and_shows_what_is_not_known(worker, person):
    shown = text(signed_in(worker).get(address(person)))
    for words in ("Nothing is written down yet", "Nothing is recorded", "Not looked at yet", "Not asked yet"):
        assert words in shown
    assert "Not known yet" in shown
    assert "taken to be able to decide" in shown
    assert "no basis yet" in shown


def test_each_form_saves_what_is_typed_once(worker, person):
    client, day = signed_in(worker), today()
    forms = {
        "words/": (TransitionPlan, {"what_i_want": "A flat", "own_words": "on", "after": "0"}),
        "readiness/": (Readiness, {"home_status": "not_yet", "home_words": "No idea", **day_boxes("looked_on", day)}),
        "outcomes/18/": (AdultOutcome, {"home_status": "not_known", **day_boxes("looked_on", day)}),
        "capacity/new/": (
            CapacityAssessment,
            {"decision": "Where", "assessed_by": "A. F.", "outcome": "can", **day_boxes("assessed_on", day)},
        ),
        "thresholds/new/": (AdultThreshold, {"kind": "care_needs", "asked_of": "ASC", **day_boxes("asked_on", day)}),
        "adult-worker/new/": (AdultWorker, {"name": "Morgan Hale", "service": "Leaving care"}),
        "hand-over/new/": (HandOver, {"what": "The plan", "to_whom": "Leaving care", **day_boxes("handed_on", day)}),
        "school/": (SchoolMove, {"to_school": "Hill High", "after": "0"}),
    }
    for step, (model, typed) in forms.items():
        sent = {**typed, "form_key": new_key()}
        for _ in range(2):
            response = client.post(address(person, step), sent)
            assert response.status_code == 302, (step, text(response))
        assert model.objects.filter(person=person).count() == 1, step
    named = AdultWorker.objects.get(person=person)
    met = {"young_person_came": "yes", "form_key": new_key(), **day_boxes("met_on", day)}
    assert client.post(address(person, f"adult-worker/{named.id}/meetings/new/"), met).status_code == 302
    assert JointMeeting.objects.get().adult_worker == named
    asked, handed = AdultThreshold.objects.get(), HandOver.objects.get()
    answered = {"answer": "yes", "after": "1", **day_boxes("answered_on", day)}
    assert client.post(address(person, f"thresholds/{asked.id}/"), answered).status_code == 302
    received = {"received_by": "Leaving care", "after": "1", **day_boxes("received_on", day)}
    assert client.post(address(person, f"hand-over/{handed.id}/"), received).status_code == 302
    shown = text(client.get(address(person)))
    for words in ("A flat", "Not yet", "Morgan Hale", "First met", "Yes: they help", "Received by", "Hill High"):
        assert words in shown, words


def test_what_cannot_be_saved_is_shown_again_with_everything_typed(worker, person):
    client = signed_in(worker)
    shown = text(client.post(address(person, "readiness/"), {"home_words": "No idea", "form_key": new_key()}))
    assert "No idea" in shown
    assert "There is a problem" in shown
    shown = text(client.post(address(person, "thresholds/new/"), {"asked_of": "Adult care", "form_key": new_key()}))
    assert "Adult care" in shown
    assert "Choose what they are asked" in shown
    assert "Enter at least one thing" in text(client.post(address(person, "words/"), {"after": "0"}))
    assert "Enter what they said" in text(client.post(address(person, "basis/new/"), {"kind": "consent"}))


def test_a_stale_save_shows_both_versions(worker, person):
    transition.own_words(person, worker)
    typed = {"what_i_want": "To travel", "after": "0", "form_key": new_key()}
    response = signed_in(worker).post(address(person, "words/"), typed)
    assert response.status_code == 409
    assert "To travel" in text(response)
    assert transition.WANTS in text(response)


def test_consent_is_recorded_in_their_words_and_ended(worker, person):
    client, typed = signed_in(worker), {"kind": "consent", "words": "Only Wanda", "reach": "hub"}
    assert client.post(address(person, "basis/new/"), {**typed, "form_key": new_key()}).status_code == 302
    shown = text(client.get(address(person)))
    assert "Only Wanda" in shown
    assert "From 18 with consent" in shown
    again = client.post(address(person, "basis/new/"), {**typed, "form_key": new_key()})
    assert again.status_code == 409
    assert "Only Wanda" in text(again)
    [basis] = person.adult_bases.all()
    response = client.post(address(person, f"basis/{basis.id}/end/"), {"why": "They changed their mind"})
    assert response["Location"] == address(person)
    assert "They changed their mind" in text(client.get(address(person)))


@pytest.mark.parametrize("step", ["", "words/", "readiness/", "basis/new/", "school/"])
def test_allocated_same_agency_other_agency(worker, person, step):
    assert signed_in(worker).get(address(person, step)).status_code == 200
    assert signed_in(accounts.hub_worker()).get(address(person, step)).status_code == 200
    for outsider in (accounts.remote_partner("social_care"), accounts.remote_partner("education")):
        response = signed_in(outsider).get(address(person, step))
        assert response.status_code in (403, 404)
        assert "Ashworth" not in text(response)


def test_the_overview_says_by_when_what_should_be_there(worker, person):
    shown = text(signed_in(worker).get(f"/children/{person.id}/"))
    for words in ("Write down what they want from 18", "Name an adult worker", "Ask on what the work goes on from 18"):
        assert words in shown
    transition.own_words(person, worker)
    assert "Write down what they want from 18" not in text(signed_in(worker).get(f"/children/{person.id}/"))


def test_who_sees_the_record_is_told_what_ends_on_the_birthday(worker, person):
    shown = text(signed_in(worker).get(f"/children/{person.id}/access/"))
    assert "Everybody in " in shown
    assert "No basis is recorded" in shown
    transition.consent(person, worker, with_partners=True)
    shown = text(signed_in(worker).get(f"/children/{person.id}/access/"))
    assert "Nothing ends with the birthday" in shown


def test_the_list_holds_who_is_old_enough_and_what_is_missing(worker, person):
    young = transition.young_person(15, given_name="Sam")
    cases.open_case(young)
    transition.adult_worker(person, worker)
    shown = text(signed_in(worker).get("/transition/"))
    assert "Robin" in shown
    assert "Morgan Hale" in shown
    assert "their own words, basis from 18, readiness, panel" in shown
    assert "Sam" not in shown


def test_managers_find_who_turned_18_without_a_basis_and_workers_no_longer_see_them(worker):
    grown = people.child(given_name="Ellis", date_of_birth=people.born_so_that_of_age_in(-10))
    case = cases.open_case(grown)
    grown.grants.update(starts_at=case.recorded_at - timedelta(days=400))
    shown = text(signed_in(accounts.manager()).get("/transition/"))
    assert "18 without a basis: 1" in shown
    assert "Ellis" in shown
    assert "Ellis" not in text(signed_in(worker).get("/transition/"))


def test_children_in_the_last_year_of_primary_are_due_for_their_move(worker):
    child = people.child(given_name="Nia", date_of_birth=transition.in_last_year_of_primary())
    cases.open_case(child)
    shown = text(signed_in(worker).get("/transition/schools/"))
    assert "Nia" in shown
    assert "nothing written yet" in shown
    assert "The move to secondary school" in text(signed_in(worker).get(f"/children/{child.id}/"))
    whole = {"who_knows_them": "Ms Okoro", "what_helps": "Music", "visits": "Two"}
    transition.school_move(child, worker, received_by="Ms Okoro", received_on=today(), **whole)
    assert "Everything is there" in text(signed_in(worker).get("/transition/schools/"))


def test_lists_take_as_many_queries_for_forty_as_for_ten(worker):
    client = signed_in(worker)
    asked = []
    for number in (10, 30):
        for n in range(number):
            person = transition.young_person(17, given_name=f"Robin {number} {n}")
            cases.open_case(person)
            transition.own_words(person, worker)
        asked.append(queries_of(client, "/transition/"))
    assert asked[0] == asked[1]
