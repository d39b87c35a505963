"""The chronology page: what it shows, as it was known when, and notes added and put right."""

from datetime import timedelta

import pytest

from tests.factories import accounts, cases, people
from tests.support.pages import day_boxes, moment_boxes, new_key, queries_of, signed_in
from trellis.audit_log.trail import recorded
from trellis.cases import services
from trellis.cases.models import ChronologyEntry
from trellis.core.clocks import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return accounts.hub_worker()


@pytest.fixture
def person(lead):
    return cases.allocated_case(lead).person


def address(person, more=""):
    return f"/children/{person.id}/chronology/{more}"


def entries(count, person, by, **fields):
    fields = {"kind": "note", "agency": by.agency, "handling": "P", "recorded_by": by, **fields}
    ChronologyEntry.objects.bulk_create(
        ChronologyEntry(person=person, happened_at=now() - timedelta(days=n), title=f"Entry {n}", **fields)
        for n in range(count)
    )


def filled_in(**changes):
    typed = {"form_key": new_key(), "title": "Met at boxing", "body": "“I like it here.”", "significance": "2"}
    return {**typed, **moment_boxes("happened_at", now() - timedelta(hours=2)), **changes}


def titles(response):
    return [entry["title"] for entry in response.context["entries"]]


def test_an_entry_is_added_once_however_often_it_is_sent(lead, person):
    client, typed = signed_in(lead), filled_in()
    for _ in range(50):
        response = client.post(address(person, "add/"), typed)
        assert response.status_code == 302
    entry = ChronologyEntry.objects.get(kind="note")
    assert (entry.title, entry.recorded_by, entry.agency, entry.significance) == ("Met at boxing", lead, lead.agency, 2)
    assert response["Location"] == f"{address(person)}#entry-{entry.id}"
    assert "Met at boxing" in titles(client.get(address(person)))


def test_a_key_of_somebody_elses_entry_opens_nothing(lead, person):
    other = cases.open_case(people.child(given_name="Other")).person.chronology.first()
    client = signed_in(lead)
    client.raise_request_exception = False
    assert client.post(address(person, "add/"), filled_in(form_key=str(other.id))).status_code == 503
    assert not ChronologyEntry.objects.filter(kind="note").exists()


def test_what_was_typed_stays_when_something_is_wrong(lead, person):
    typed = filled_in(title="", body="Long text that took time")
    response = signed_in(lead).post(address(person, "add/"), typed)
    page = response.content.decode()
    assert response.status_code == 200
    assert "Enter what happened, in one line" in page
    assert "Long text that took time" in page
    assert typed["form_key"] in page


def test_who_may_not_write_is_told_why(person):
    partner = accounts.remote_partner()
    with recorded(None):
        services.grant_sight(person=person, user=partner, reason="Shared", by=None)
    client = signed_in(partner)
    assert client.get(address(person)).status_code == 200
    assert "Add to the chronology" not in client.get(address(person)).content.decode()
    refused = client.post(address(person, "add/"), filled_in())
    assert refused.status_code == 403
    assert "Your role does not include writing in chronologies." in refused.content.decode()


def test_another_agency_cannot_add_to_a_child_it_does_not_see(person):
    assert signed_in(accounts.missing_worker()).post(address(person, "add/"), filled_in()).status_code == 404


@pytest.fixture
def told(lead, person):
    with recorded(lead):
        return services.add_note(
            person=person, by=lead, happened_at=now(), title="Seen on Monday", body="At home", significance=1
        )


def correct(client, person, entry, **changes):
    return client.post(address(person, f"{entry.id}/correct/"), filled_in(title="Seen on Tuesday", **changes))


def test_a_correction_takes_the_place_of_the_entry_and_keeps_what_it_said(lead, person, told):
    client = signed_in(lead)
    assert "Seen on Monday" in client.get(address(person, f"{told.id}/correct/")).content.decode()
    assert correct(client, person, told).status_code == 302
    response = client.get(address(person))
    assert "Seen on Tuesday" in titles(response)
    assert "Seen on Monday" not in titles(response)
    assert "what it said before" in response.content.decode()
    assert ChronologyEntry.objects.filter(id=told.id).exists()


def test_of_two_corrections_the_first_stands_and_the_second_sees_both(lead, person, told):
    correct(signed_in(accounts.hub_worker(name="First Hand")), person, told)
    response = correct(signed_in(lead), person, told, body="My version")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Somebody corrected this entry first" in page
    assert "First Hand" in page
    assert "My version" in page
    assert ChronologyEntry.objects.filter(supersedes=told).count() == 1


def test_only_the_agency_that_wrote_an_entry_corrects_it(person, told):
    nurse = accounts.member("hub", "practitioner", agency="health")
    client = signed_in(nurse)
    assert "Correct<span" not in client.get(address(person)).content.decode()
    assert correct(client, person, told).status_code == 403


def test_what_is_not_a_note_cannot_be_corrected(lead, person):
    opened = person.chronology.get(kind="case.opened")
    assert correct(signed_in(lead), person, opened).status_code == 404


def test_the_record_as_it_was_known_on_a_day(lead, person):
    yesterday = now() - timedelta(days=1)
    client = signed_in(lead)
    entries(1, person, lead, recorded_at=yesterday)
    correct(client, person, ChronologyEntry.objects.get(title="Entry 0"))
    assert "Seen on Tuesday" in titles(client.get(address(person)))
    asked = day_boxes("as_at", yesterday.date())
    response = client.get(address(person), asked)
    assert titles(response) == ["Entry 0"]
    assert "As it was known at the end of" in response.content.decode()


def test_entries_are_chosen_by_agency_kind_and_significance(lead, person):
    nurse = accounts.member("hub", "practitioner", agency="health")
    entries(2, person, nurse, kind="health", significance=3)
    client = signed_in(lead)
    assert len(titles(client.get(address(person), {"agency": "health"}))) == 2
    assert len(titles(client.get(address(person), {"kind": "health"}))) == 2
    assert len(titles(client.get(address(person), {"significance": "3"}))) == 2
    assert titles(client.get(address(person), {"agency": "police"})) == []
    everything = len(titles(client.get(address(person))))
    junk = {"agency": "nobody", "kind": "x", "significance": "9", "as_at_day": "40", "page": "x"}
    response = client.get(address(person), junk)
    assert response.status_code == 200
    assert len(titles(response)) == everything


def test_fifty_on_a_page_and_the_count_is_of_all(lead, person):
    client = signed_in(lead)
    entries(10, person, lead)
    queries_of(client, address(person))
    few = queries_of(client, address(person))
    entries(200, person, lead)
    assert queries_of(client, address(person)) == few
    first, last = client.get(address(person)), client.get(address(person), {"page": "5"})
    whole = person.chronology.count()
    assert len(titles(first)) == 50
    assert len(titles(last)) == whole - 200
    assert f"<strong>{whole} entries</strong>" in first.content.decode()
    assert f"51 to 100 of {whole}" in client.get(address(person), {"page": "2"}).content.decode()
