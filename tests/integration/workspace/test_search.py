"""Search: found by what people remember, among those one may see, and never by the address."""

from datetime import date

import pytest
from django.db import connection

from tests.factories import accounts, cases, missing, people, referrals
from tests.support.pages import queries_of, signed_in
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.need_to_know.access import people_visible_to
from trellis.people.models import Alias

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return accounts.hub_worker()


def names(worker, typed):
    response = signed_in(worker).post("/children/", {"q": typed})
    assert response.status_code == 200
    return [row["person"].name for row in response.context["rows"]]


def known(given, family, **fields):
    person = people.child(given_name=given, family_name=family, **fields)
    cases.open_case(person)
    return person


@pytest.mark.parametrize(
    ("given", "family", "typed"),
    [
        ("Siân", "O'Neil-Smith", "sian oneil smith"),
        ("Siân", "O'Neil-Smith", "O’Neil-Smith Siân"),
        ("Siân", "O'Neil-Smith", "neil"),
        ("Łukasz", "Żuraw", "lukasz zuraw"),
        ("أميرة", "خان", "أميرة"),
        ("小明", "李", "李 小明"),
        ("Amira", "Khan", "khan amira 04/05/2011"),
        ("Amira", "Khan", "4 May 2011"),
        ("Amira", "Khan", "2011-05-04 amira"),
    ],
)
def test_a_name_is_found_in_any_order_script_and_spelling_of_its_marks(worker, given, family, typed):
    known(given, family)
    known("Somebody", "Else", date_of_birth=date(2010, 1, 1))
    assert names(worker, typed) == [f"{given} {family}"]


@pytest.mark.parametrize("typed", ["Amria Khan", "Amirah Kahn", "amera"])
def test_a_near_spelling_is_found_and_said_to_be_near(worker, typed):
    known("Amira", "Khan")
    response = signed_in(worker).post("/children/", {"q": typed})
    assert [row["person"].name for row in response.context["rows"]] == ["Amira Khan"]
    assert "Nobody is spelt so" in response.content.decode()


def test_another_name_and_what_they_are_called_find_them_too(worker):
    person = known("Amira", "Khan", known_as="Mimi")
    Alias.objects.create(person=person, name="Amy Kay")
    assert names(worker, "mimi") == names(worker, "amy kay") == names(worker, "kay khan") == ["Amira Khan"]


def test_numbers_find_one_person(worker):
    person = known("Amira", "Khan", nhs_number="9991234567")
    known("Somebody", "Else")
    case = person.cases.get()
    referral = referrals.waiting_referral(person, reference="REF-2627-00001")
    episode = missing.missing_child(person, police_ref="MP/26/0042")
    for typed in ("999 123 4567", case.reference.lower(), referral.reference, episode.police_ref):
        assert names(worker, typed) == ["Amira Khan"], typed


def test_a_birth_date_that_cannot_be_is_read_as_words_and_finds_nobody(worker):
    known("Amira", "Khan")
    assert names(worker, "31 02 2011") == []


def test_nobody_finds_a_child_they_may_not_see():
    known("Amira", "Khan", nhs_number="9991234567")
    for outsider in (accounts.remote_partner("social_care"), accounts.remote_partner("education")):
        for typed in ("Amira", "Amria", "9991234567", "4 May 2011"):
            assert names(outsider, typed) == []


def test_what_is_asked_never_stands_in_the_address(worker):
    client = signed_in(worker)
    assert client.get("/children/?q=Amira").context.get("found") is None
    assert client.get("/children/").status_code == 200


def test_an_empty_search_says_what_to_type(worker):
    for typed in ("", "   ", "'-'"):
        page = signed_in(worker).post("/children/", {"q": typed}).content.decode()
        assert "Enter a name, a date of birth, a reference or an NHS number" in page


def test_nobody_found_says_what_to_do(worker):
    page = signed_in(worker).post("/children/", {"q": "Zzyzx"}).content.decode()
    assert "Nobody you may see is recorded like this." in page


def test_the_log_holds_who_was_shown_and_not_what_was_typed(worker):
    person = known("Amira", "Khan")
    names(worker, "amira")
    event = AuditEvent.objects.get(action="search")
    assert event.children == [person.id]
    assert event.grants
    assert "amira" not in str(vars(event)).lower()


def test_a_role_without_search_is_refused():
    assert signed_in(accounts.analyst()).post("/children/", {"q": "x"}).status_code == 403


def test_fifty_are_shown_of_many_and_the_queries_stay_the_same(worker):
    client = signed_in(worker)
    few_people = [known("Sam", f"Field{number}") for number in range(3)]
    queries_of(client, "/children/", {"q": "sam"})
    few = queries_of(client, "/children/", {"q": "sam"})
    for number in range(60):
        known("Sam", f"Wood{number}")
    assert queries_of(client, "/children/", {"q": "sam"}) == few
    response = client.post("/children/", {"q": "sam"})
    assert len(response.context["rows"]) == 50
    assert response.context["found"].count == 60 + len(few_people)
    assert "The 50 nearest of 63 are shown" in response.content.decode()


def test_a_search_reads_the_names_of_those_the_user_sees_and_no_others(worker):
    """With many people the planner has to be able to start from them; it is asked not to read tables whole."""
    from trellis.people.search import read, spelt_nearly, spelt_so

    with recorded(worker), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for search in (spelt_so, spelt_nearly):
            assert "sight_of_a_user" in search(people_visible_to(worker), read("amira khan")).explain()
