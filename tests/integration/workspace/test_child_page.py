"""The overview of one child: what it says, what it says is missing, and who may see it."""

import re
from datetime import date, timedelta

import pytest

from tests.factories import accounts, cases, missing, people, referrals
from tests.support.pages import queries_of, signed_in
from trellis.audit_log.models import AuditEvent
from trellis.cases.models import ChronologyEntry
from trellis.core.clocks import now, today
from trellis.need_to_know.models import Grant
from trellis.people.models import Education, LegalStatus, Relationship

pytestmark = pytest.mark.django_db
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


def text_of(client, person):
    response = client.get(f"/children/{person.id}/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_full_record_reads_on_one_page():
    lead = accounts.hub_worker(name="Lena Lead")
    person = people.child(
        known_as="Rob", pronouns="he/him", own_words="I want my own school back.", safe_contact="Text his mum"
    )
    referrals.waiting_referral(
        person, concerns="Older people wait", harm_seen="A bruise", strengths="Boxes twice a week"
    )
    cases.allocated_case(lead, person)
    missing.returned_child(person, kind="care")
    LegalStatus.objects.create(person=person, kind="child_in_need", authority="E08000003", starts_on=date(2025, 1, 1))
    Education.objects.create(person=person, provision="mainstream", place_name="Northfield", starts_on=date(2023, 9, 1))
    uncle = people.child(given_name="Uncle", family_name="Trusted")
    Relationship.objects.create(person=person, other=uncle, kind="trusted_adult", starts_on=date(2020, 1, 1))
    page = text_of(signed_in(lead), person)
    for words in (
        "Robin Ashworth (known as Rob)", "he/him", "I want my own school back.", "Text his mum", "Lena Lead",
        "A bruise", "Older people wait", "Boxes twice a week", "Open case", "Child in need", "Northfield",
        "Uncle Trusted", "Missing from care", "SYNTHETIC", "Return interview to be held",
    ):  # fmt: skip
        assert words in page, words
    assert f"/children/{uncle.id}/" not in page


def test_what_is_not_recorded_is_said():
    lead = accounts.hub_worker()
    person = people.child(ethnicity="NOBT")
    cases.allocated_case(lead, person)
    page = text_of(signed_in(lead), person)
    assert "What we do not know yet: 17 of 17" in page
    assert "Not yet asked" in page
    assert "Their own words are not recorded yet" in page
    assert "No referral is recorded." in page


def test_a_child_missing_now_says_so_on_every_page_of_the_record():
    lead = accounts.hub_worker()
    person = people.child()
    cases.allocated_case(lead, person)
    missing.missing_child(person)
    client = signed_in(lead)
    for page in ("", "chronology/", "missing/"):
        assert "Missing now</strong>" in client.get(f"/children/{person.id}/{page}").content.decode()


@pytest.mark.parametrize("page", ["", "chronology/", "missing/"])
def test_allocated_same_agency_other_agency(page):
    lead = accounts.hub_worker()
    same_agency, other_agency = accounts.remote_partner("social_care"), accounts.remote_partner("education")
    person = cases.allocated_case(lead).person
    address = f"/children/{person.id}/{page}"
    assert signed_in(lead).get(address).status_code == 200
    for outsider in (same_agency, other_agency):
        response = signed_in(outsider).get(address)
        assert response.status_code == 404
        assert "Ashworth" not in response.content.decode()


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_refusal_outlives_the_request_it_ended():
    outsider, person = accounts.remote_partner(), cases.open_case().person
    signed_in(outsider).get(f"/children/{person.id}/")
    event = AuditEvent.objects.get(action="refuse")
    assert (event.actor, event.what, event.object_id, event.children) == (outsider, "overview", person.id, [])


def test_a_hidden_child_and_no_child_read_the_same():
    person = cases.allocated_case(accounts.hub_worker()).person
    client = signed_in(accounts.remote_partner())
    hidden = client.get(f"/children/{person.id}/")
    nobody = client.get("/children/00000000-0000-4000-8000-000000000000/")
    assert (hidden.status_code, nobody.status_code) == (404, 404)
    assert TOKEN.sub(b"", hidden.content) == TOKEN.sub(b"", nobody.content)


def test_a_role_without_children_is_told_why():
    person = cases.open_case().person
    response = signed_in(accounts.analyst()).get(f"/children/{person.id}/")
    assert response.status_code == 403
    assert "Your role does not include reading young people&#x27;s records." in response.content.decode()


def test_reading_is_logged_with_the_grants_that_allowed_it():
    lead = accounts.hub_worker()
    person = cases.allocated_case(lead).person
    signed_in(lead).get(f"/children/{person.id}/")
    event = AuditEvent.objects.get(action="read", what="overview")
    assert (event.actor, event.children) == (lead, [person.id])
    assert set(event.grants) == set(
        Grant.objects.filter(person=person).exclude(team__code="management").values_list("id", flat=True)
    )


def test_a_grant_that_ended_ends_the_page():
    lead = accounts.hub_worker()
    person = cases.allocated_case(lead).person
    client = signed_in(lead)
    Grant.objects.filter(person=person).update(ends_at=now())
    assert client.get(f"/children/{person.id}/").status_code == 404


def test_the_page_takes_as_many_queries_for_a_long_life_as_for_a_short_one():
    lead = accounts.hub_worker()
    short, long = (cases.allocated_case(lead, people.child(given_name=name)).person for name in ("Short", "Long"))
    client = signed_in(lead)
    ChronologyEntry.objects.bulk_create(
        ChronologyEntry(
            person=long, happened_at=now() - timedelta(days=n), kind="note", title=f"Entry {n}", agency=lead.agency
        )
        for n in range(200)
    )
    Relationship.objects.bulk_create(
        Relationship(person=long, other=people.child(given_name=f"P{n}"), kind="friend", starts_on=today())
        for n in range(20)
    )
    missing.returned_child(long)
    Relationship.objects.create(person=short, other=people.child(), kind="friend", starts_on=today())
    queries_of(client, f"/children/{short.id}/")
    few = queries_of(client, f"/children/{short.id}/")
    many = queries_of(client, f"/children/{long.id}/")
    assert many == few <= 68


def test_a_name_of_300_letters_and_another_script_come_through_whole():
    lead = accounts.hub_worker()
    name = "ن" * 100
    person = people.child(given_name=name, family_name="Ö" * 150)
    cases.allocated_case(lead, person)
    assert name in text_of(signed_in(lead), person)


def test_markup_in_a_record_is_shown_as_text():
    lead = accounts.hub_worker()
    person = people.child(given_name="<script>x</script>", own_words="<b>bold</b>")
    cases.allocated_case(lead, person)
    page = text_of(signed_in(lead), person)
    assert "<script>x" not in page
    assert "<b>bold" not in page
