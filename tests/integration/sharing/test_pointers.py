"""Pointers tell the agencies they name that a young person is known, and nothing else; questions have a clock."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import accounts, cases, people, sharing
from tests.factories.prepared import prepared
from tests.support.pages import new_key, queries_of, signed_in
from trellis.accounts.access import Refused
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.cases.models import ChronologyEntry
from trellis.core.clocks import now
from trellis.core.lifecycle import MoveNotAllowed
from trellis.need_to_know.models import Exclusion, Grant, Seal
from trellis.people.models import Person
from trellis.sharing import services
from trellis.sharing.models import Pointer, PointerRequest, PointerRequestMove, SharingDecision
from trellis.sharing.services.requests import answer_due_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return accounts.remote_partner("education", name="Tessa Teacher")


@pytest.fixture
def nurse():
    return accounts.member("hub", "practitioner", agency="health", name="Nia Nurse")


@pytest.fixture
def person():
    return cases.open_case(people.child(given_name="Amira", family_name="Khan", postcode="M140AA")).person


def page_of(user, path="/pointers/"):
    response = signed_in(user).get(path)
    assert response.status_code == 200
    return response.content.decode()


def sees_pointers(user):
    return "Amira Khan" in page_of(user)


def test_a_pointer_tells_the_name_and_about_how_old_and_whom_to_ask(teacher, person):
    sharing.pointer(person)
    page = page_of(teacher)
    for words in ("Amira Khan", "13 to 15", "Health", "School nursing, 01632 960001"):
        assert words in page, words
    assert f"/children/{person.id}/" not in page


def test_a_pointer_opens_nothing_of_the_record(teacher, person):
    sharing.pointer(person)
    browser = signed_in(teacher)
    for page in ("", "chronology/", "missing/", "sharing/", "pointers/new/"):
        assert browser.get(f"/children/{person.id}/{page}").status_code == 404, page
    assert "Nobody found" in browser.post("/children/", {"q": "Amira Khan"}).content.decode()
    assert "Amira" not in browser.get("/").content.decode()
    with recorded(teacher, "test"):
        assert not Person.objects.exists()
        assert not Grant.objects.exists()
        assert Pointer.objects.count() == 1


def test_who_is_not_named_sees_no_pointer(person):
    sharing.pointer(person, told=["education"])
    stranger = accounts.remote_partner("youth_justice")
    assert not sees_pointers(stranger)
    with recorded(stranger, "test"):
        assert not Pointer.objects.exists()


def test_two_pointers_to_one_child_are_told_apart(teacher, person):
    sharing.pointer(person, knows="health", told=["education"])
    sharing.pointer(person, knows="police", told=["youth_justice"])
    page = page_of(teacher)
    assert "Health" in page
    assert "Police" not in page
    with recorded(teacher, "test"):
        assert [pointer.agency.code for pointer in Pointer.objects.all()] == ["health"]


@pytest.mark.parametrize("how", ["ended", "excluded", "sealed", "expired", "left"])
def test_what_takes_sight_away_takes_the_pointer_away(teacher, person, how):
    made = sharing.pointer(person)
    sharing.question(made, teacher)
    assert sees_pointers(teacher)
    nothing = signed_in(accounts.remote_partner("education")).get("/pointers/") if how == "left" else None
    with prepared():
        if how == "excluded":
            Exclusion.objects.create(person=person, user=teacher, reason="Related", starts_at=now())
        elif how == "sealed":
            Seal.objects.create(person=person, reason="Secret", sealed_at=now())
        elif how == "expired":
            Grant.objects.filter(source=made.id).update(ends_at=now())
        elif how == "ended":
            Grant.objects.filter(source=made.id, agency=teacher.agency).update(ends_at=now())
        else:
            teacher.memberships.update(ends_on=now().date() - timedelta(days=1))
    if how == "left":
        assert nothing is not None
        with recorded(teacher, "test"):
            assert not Pointer.objects.exists()
        return
    assert not sees_pointers(teacher)
    with recorded(teacher, "test"):
        assert not PointerRequest.objects.exists()


def test_a_sealed_child_leaves_the_page_as_if_no_pointer_had_been(teacher, person):
    before = page_of(teacher)
    sharing.pointer(person)
    assert page_of(teacher) != before
    with prepared():
        Seal.objects.create(person=person, reason="Secret", sealed_at=now())
    assert plain(page_of(teacher)) == plain(before)


def plain(page):
    return [line for line in page.splitlines() if "csrf" not in line and "data-user" not in line]


def test_a_partner_points_to_their_own_agency_and_tells_the_hub_alone(teacher, person):
    sharing.share(person, ["identity"])
    browser = signed_in(teacher)
    typed = {"form_key": new_key(), "agency": "education", "email": teacher.email, "told": ["voluntary"]}
    assert browser.post(f"/children/{person.id}/pointers/new/", typed).status_code == 302
    made = Pointer.objects.get()
    assert (made.contact, made.agencies) == (teacher, [teacher.agency_id])
    assert ChronologyEntry.objects.filter(subject=made.id, title="Pointer placed: known to Education").exists()
    assert "Known to Education" in page_of(accounts.hub_worker(), f"/children/{person.id}/sharing/")
    assert not sees_pointers(accounts.remote_partner("voluntary"))
    other = browser.post(f"/children/{person.id}/pointers/new/", {**typed, "form_key": new_key(), "agency": "police"})
    assert other.status_code == 200


def test_a_partner_may_not_point_to_another_agency(teacher, person):
    sharing.share(person, ["identity"])
    with recorded(teacher, "test"), pytest.raises(Refused):
        services.place_pointer(person=person, by=teacher, agency=sharing.agency("health"), contact_name="Somebody")


def test_placing_takes_a_contact_and_fifty_copies_make_one(person):
    worker = accounts.hub_worker()
    browser, path = signed_in(worker), f"/children/{person.id}/pointers/new/"
    typed = {"form_key": new_key(), "agency": "health", "told": ["education"]}
    wrong = {
        "one of the two": {},
        "Enter the telephone number of the team": {"contact_name": "School nursing"},
        "Nobody of that agency has an account": {"email": worker.email},
        "Choose the agency that knows them": {"agency": "", "contact_name": "x", "contact_phone": "1"},
    }
    for words, changes in wrong.items():
        assert words in browser.post(path, {**typed, **changes}).content.decode(), words
    typed |= {"contact_name": "School nursing", "contact_phone": "01632 960001"}
    for _ in range(50):
        assert browser.post(path, typed).status_code == 302
    assert Pointer.objects.count() == 1
    assert Grant.objects.filter(parts=["pointer"]).count() == 2


def test_a_question_is_answered_in_words(teacher, nurse, person):
    made = sharing.pointer(person, contact=nurse, contact_name="", contact_phone="")
    asking = signed_in(teacher)
    typed = {"form_key": new_key(), "reason": "Is she seen by anybody?"}
    for _ in range(50):
        response = asking.post(f"/pointers/{made.id}/ask/", typed)
    question = PointerRequest.objects.get()
    assert response.url == f"/pointers/requests/{question.id}/"
    assert "Health has the question." in asking.get(response.url).content.decode()
    answering = signed_in(nurse)
    assert "Is she seen by anybody?" in answering.get(response.url).content.decode()
    assert "Your agency is asked: 1" in answering.get("/").content.decode()
    sent = {"withheld": "no", "answer": "Yes, on Thursdays."}
    assert answering.post(response.url, sent).status_code == 302
    assert "Yes, on Thursdays." in asking.get(response.url).content.decode()
    assert "Your agency is asked" not in answering.get("/").content.decode()
    moves = PointerRequestMove.objects.order_by("recorded_at").values_list("old", "new", "moved_by__name")
    assert list(moves) == [("", "asked", "Tessa Teacher"), ("asked", "answered", "Nia Nurse")]
    read = AuditEvent.objects.filter(what="pointer request", actor=teacher, object_id=question.id)
    assert read.filter(children=[person.id]).exists()


def test_withheld_tells_the_reason(teacher, nurse, person):
    question = sharing.question(sharing.pointer(person), teacher)
    sent = {"withheld": "yes", "answer": "She asked us not to."}
    signed_in(nurse).post(f"/pointers/requests/{question.id}/", sent)
    page = page_of(teacher, f"/pointers/requests/{question.id}/")
    assert "Why it is not shared" in page
    assert "She asked us not to." in page


def test_sharing_answers_the_question_and_opens_the_part(teacher, nurse, person):
    question = sharing.question(sharing.pointer(person), teacher)
    with recorded(nurse, "test"):
        decision = services.decide_sharing(
            person=person,
            by=nurse,
            answers=question,
            agency=teacher.agency,
            parts=["family"],
            expires_at=now() + timedelta(days=9),
            **sharing.SHARED,
        )
    question.refresh_from_db()
    assert (question.status, question.decision) == ("shared", decision)
    page = page_of(teacher, f"/pointers/requests/{question.id}/")
    assert "A part of the record is shared with Education." in page
    assert f"/children/{person.id}/" in page


def test_the_page_of_the_decision_shows_who_asks_and_links_both(teacher, nurse, person):
    question = sharing.question(sharing.pointer(person), teacher)
    browser = signed_in(nurse)
    path = f"/children/{person.id}/sharing/new/?request={question.id}"
    page = browser.get(path)
    assert question.reason in page.content.decode()
    assert page.context["form"]["agency"].value() == "education"
    typed = {"form_key": new_key(), "outcome": "not_relevant", "agency": "education", "reason": "Not about school"}
    assert "Education asked" in browser.post(path, {**typed, "agency": "police"}).content.decode()
    assert browser.post(path, typed).status_code == 302
    question.refresh_from_db()
    assert (question.status, question.answer) == ("withheld", "Not about school")
    assert SharingDecision.objects.get().requests.get() == question
    late = browser.post(path, {**typed, "form_key": new_key()}, follow=True).content.decode()
    assert "Somebody answered this question before you" in late
    assert SharingDecision.objects.count() == 1


@pytest.mark.parametrize("named", ["nonsense", "00000000-0000-4000-8000-000000000000"])
def test_a_question_that_is_none_is_not_found(nurse, person, named):
    path = f"/children/{person.id}/sharing/new/?request={named}"
    assert signed_in(nurse).get(path).status_code == 404


def test_nobody_asks_themselves_and_only_who_is_asked_answers(teacher, nurse, person):
    made = sharing.pointer(person)
    assert signed_in(nurse).get(f"/pointers/{made.id}/ask/").status_code == 403
    question = sharing.question(made, teacher)
    with recorded(teacher, "test"), pytest.raises(Refused):
        services.answer_request(request=question, answer="Me", by=teacher)
    sent = {"withheld": "no", "answer": "Me"}
    assert signed_in(teacher).post(f"/pointers/requests/{question.id}/", sent).status_code == 200
    question.refresh_from_db()
    assert question.status == "asked"


def test_a_third_agency_sees_neither_question_nor_pointer(teacher, person):
    made = sharing.pointer(person, told=["education", "voluntary"])
    question = sharing.question(made, teacher)
    third, stranger = accounts.remote_partner("voluntary"), accounts.remote_partner("housing")
    assert signed_in(third).get(f"/pointers/requests/{question.id}/").status_code == 404
    assert signed_in(stranger).get(f"/pointers/{made.id}/ask/").status_code == 404


def test_of_two_answers_the_first_stands(nurse, teacher, person):
    question = sharing.question(sharing.pointer(person), teacher)
    with recorded(nurse, "test"):
        services.answer_request(request=question, answer="First", by=nurse)
        with pytest.raises(MoveNotAllowed):
            services.answer_request(request=question, answer="Second", by=nurse)
    assert PointerRequest.objects.get().answer == "First"


def test_a_pointer_with_a_question_waiting_does_not_end(teacher, nurse, person):
    worker, made = accounts.hub_worker(), sharing.pointer(person)
    question = sharing.question(made, teacher)
    browser = signed_in(worker)
    page = browser.post(f"/pointers/{made.id}/end/", follow=True).content.decode()
    assert "Somebody waits for an answer" in page
    with recorded(nurse, "test"):
        services.answer_request(request=question, answer="Yes", by=nurse)
    assert "The pointer has ended." in browser.post(f"/pointers/{made.id}/end/", follow=True).content.decode()
    assert not sees_pointers(teacher)
    assert "No pointer is placed." in page_of(worker, f"/children/{person.id}/sharing/")


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (datetime(2026, 11, 18, 10, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)),
        (datetime(2026, 11, 20, 10, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)),
        (datetime(2026, 12, 24, 10, tzinfo=UTC), datetime(2026, 12, 30, tzinfo=UTC)),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), datetime(2026, 7, 3, 23, tzinfo=UTC)),
    ],
)
def test_an_answer_is_due_at_the_end_of_the_next_working_day(asked, due):
    assert answer_due_at(asked) == due


def test_what_is_overdue_is_marked(teacher, nurse, person):
    question = sharing.question(sharing.pointer(person), teacher)
    with prepared():
        PointerRequest.objects.filter(id=question.id).update(due_at=now() - timedelta(hours=5))
    page = page_of(nurse)
    assert "5 hours overdue" in page
    assert "trellis-due--now" in page


def test_who_has_no_pointers_is_told_why():
    response = signed_in(accounts.analyst()).get("/pointers/")
    assert response.status_code == 403
    assert "asking and answering who knows a young person" in response.content.decode()


def test_empty_lists_say_what_will_come(teacher):
    page = page_of(teacher)
    for words in ("Nobody waits for an answer.", "You have asked nobody.", "No pointer names your agency."):
        assert words in page


def test_the_page_takes_the_same_queries_for_2_and_for_30(nurse):
    few, many = (accounts.remote_partner(code) for code in ("education", "voluntary"))
    for asker, count in ((few, 2), (many, 30)):
        for _ in range(count):
            sharing.question(sharing.pointer(told=[asker.agency.code]), asker)
    counts = {}
    for asker in (few, many):
        browser = signed_in(asker)
        queries_of(browser, "/pointers/")
        counts[asker] = queries_of(browser, "/pointers/")
    assert counts[few] == counts[many] <= 25
