"""Documents of a young person: added once, held, released, opened only through the doors of the record."""

from urllib.parse import quote

import pytest

from tests.factories import accounts, cases, documents, people, sharing
from tests.support.pages import new_key, queries_of, signed_in
from trellis.audit_log.models import AuditEvent
from trellis.cases.models import ChronologyEntry
from trellis.core.uploads import MOST_BYTES
from trellis.documents.models import Document, DocumentContent, DocumentRecoding

pytestmark = pytest.mark.django_db


def page_of(person):
    return f"/children/{person.id}/documents/"


def test_a_file_is_added_and_held_where_no_scanner_is_set():
    worker, person = accounts.hub_worker(), cases.open_case().person
    client = signed_in(worker)
    answer = client.post(page_of(person), documents.upload("School report.pdf"), follow=True)
    text = answer.content.decode()
    assert "It is held until it was scanned" in text
    assert "No virus scanner is set up" in text
    made = Document.objects.get()
    assert (made.name, made.state, made.agency, made.handling) == ("School report.pdf", "held", worker.agency, "P")
    assert client.get(f"{page_of(person)}{made.id}/").status_code == 403


def test_fifty_copies_of_one_form_make_one_document():
    worker, person = accounts.hub_worker(), cases.open_case().person
    client, key = signed_in(worker), new_key()
    for _ in range(50):
        assert client.post(page_of(person), documents.upload(form_key=key)).status_code == 302
    assert (Document.objects.count(), DocumentContent.objects.count()) == (1, 1)
    assert AuditEvent.objects.filter(action="write", what="document").count() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("run.exe", b"MZ", "Files ending in .exe are not taken"),
        ("letter.pdf.exe", b"MZ", "Files ending in .exe are not taken"),
        ("photo.png", b"<html></html>", "not the PNG its name says"),
        ("drawing.svg", b"<svg/>", "Files ending in .svg are not taken"),
        ("letter\u202efdp.exe", b"MZ", "Files ending in .exe are not taken"),
        ("letter.pdf", b"", "The file is empty"),
        ("long.txt", b"x" * (MOST_BYTES + 1), "larger than 25 MB"),
    ],
)
def test_a_hostile_file_is_refused_in_words_and_nothing_is_stored(name, content, words):
    person = cases.open_case().person
    answer = signed_in(accounts.hub_worker()).post(page_of(person), documents.upload(name, content))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert words in text
    assert "There is a problem" in text
    assert "A letter" in text
    assert Document.objects.count() == DocumentContent.objects.count() == 0


def test_a_folder_in_the_name_is_not_kept():
    person = cases.open_case().person
    signed_in(accounts.hub_worker()).post(page_of(person), documents.upload("../../etc/letter.pdf"))
    assert Document.objects.get().name == "letter.pdf"


def test_no_file_chosen_is_said():
    person = cases.open_case().person
    answer = signed_in(accounts.hub_worker()).post(page_of(person), {"form_key": new_key(), "description": "x"})
    assert "Choose a file" in answer.content.decode()


def test_a_scanned_document_is_handed_over_as_a_file_and_marked_in_the_log():
    worker = accounts.hub_worker()
    made = documents.clean_document(by=worker, name="Zoë’s letter.pdf")
    answer = signed_in(worker).get(f"{page_of(made.person)}{made.id}/")
    assert answer.content == documents.pdf_file()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f"attachment; filename*=UTF-8''{quote('Zoë’s letter.pdf')}"
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    assert AuditEvent.objects.filter(action="read", what="document", object_id=made.id, actor=worker).exists()


def test_a_manager_releases_what_is_held_with_a_reason():
    manager = accounts.manager()
    held = documents.held_document()
    client, release = signed_in(manager), f"{page_of(held.person)}{held.id}/release/"
    assert "Enter the reason" in client.post(release, {"reason": " "}).content.decode()
    assert client.post(release, {"reason": "Scanned by the school"}).status_code == 302
    text = client.get(page_of(held.person)).content.decode()
    assert f"Released by {manager.name}" in text
    assert client.get(f"{page_of(held.person)}{held.id}/").status_code == 200
    assert client.post(release, {"reason": "Again"}).status_code == 403


def test_a_worker_does_not_release_and_nobody_does_where_a_scanner_is_set(settings):
    held = documents.held_document()
    release = f"{page_of(held.person)}{held.id}/release/"
    assert signed_in(accounts.hub_worker()).post(release, {"reason": "Mine"}).status_code == 403
    settings.CLAMD_SOCKET = "/nowhere/socket"
    assert signed_in(accounts.manager()).post(release, {"reason": "Mine"}).status_code == 403
    held.refresh_from_db()
    assert held.released_at is None


def test_releasing_asks_for_the_second_step_again():
    held = documents.held_document()
    client = signed_in(accounts.manager())
    session = client.session
    session["confirmed_at"] = 0
    session.save()
    answer = client.get(f"{page_of(held.person)}{held.id}/release/")
    assert answer["Location"].startswith("/sign-in/confirm/")


def test_allocated_same_agency_other_agency():
    made = documents.clean_document()
    assert signed_in(accounts.hub_worker()).get(page_of(made.person)).status_code == 200
    for outsider in (accounts.remote_partner("social_care"), accounts.remote_partner("education")):
        client = signed_in(outsider)
        for path in ("", f"{made.id}/"):
            assert client.get(f"{page_of(made.person)}{path}").status_code == 404
    sharing.share(made.person, parts=("identity", "chronology"), to="education")
    assert signed_in(accounts.remote_partner("education")).get(page_of(made.person)).status_code == 404


def test_a_document_of_another_child_is_not_found_under_this_one():
    made = documents.clean_document()
    other = cases.open_case(people.child(given_name="Other")).person
    assert signed_in(accounts.hub_worker()).get(f"{page_of(other)}{made.id}/").status_code == 404


def test_a_document_limited_to_the_police_does_not_exist_for_a_nurse():
    police = accounts.hub_worker_of("police")
    made = documents.clean_document(by=police)
    Document.objects.filter(id=made.id).update(limited_to=[police.agency_id])
    nurse = signed_in(accounts.hub_worker_of("health"))
    assert made.name not in nurse.get(page_of(made.person)).content.decode()
    assert nurse.get(f"{page_of(made.person)}{made.id}/").status_code == 404
    assert signed_in(police).get(f"{page_of(made.person)}{made.id}/").status_code == 200


def test_the_page_takes_the_same_queries_for_10_and_for_40():
    worker, person = accounts.hub_worker(), cases.open_case().person
    client = signed_in(worker)

    def add(count):
        for _ in range(count):
            documents.clean_document(person, worker)

    add(10)
    queries_of(client, page_of(person))
    few = queries_of(client, page_of(person))
    add(30)
    assert queries_of(client, page_of(person)) == few


def test_what_is_added_has_a_kind_and_stands_in_the_chronology_handled_alike():
    worker, person = accounts.hub_worker(), cases.open_case().person
    client = signed_in(worker)
    assert client.post(page_of(person), documents.upload(kind="order")).status_code == 302
    made = Document.objects.get()
    entry = ChronologyEntry.objects.get(subject=made.id)
    assert (made.kind, entry.title) == ("order", "Document added: court order or legal document")
    assert (entry.agency, entry.handling, entry.about) == (made.agency, made.handling, "record")
    assert made.name not in f"{entry.title} {entry.body}"


def test_its_owner_says_anew_how_a_document_is_handled_and_its_entry_follows():
    worker, officer = accounts.hub_worker(), accounts.hub_worker(agency="police")
    person = cases.open_case().person
    client = signed_in(worker)
    client.post(page_of(person), documents.upload())
    made = Document.objects.get()
    place = f"{page_of(person)}{made.id}/handling/"
    assert signed_in(officer).get(place).status_code == 403
    limited = {"handling": "P", "limited_to": ["health"], "why": "Told in confidence"}
    assert client.post(place, {**limited, "why": ""}).status_code == 200
    assert client.post(place, limited).status_code == 302
    assert signed_in(officer).get(place).status_code == 404
    made.refresh_from_db()
    entry = ChronologyEntry.objects.get(subject=made.id)
    assert made.limited_to == entry.limited_to != []
    assert DocumentRecoding.objects.get(document=made).why == "Told in confidence"
    late = client.post(place, {"handling": "P", "limited_to": ["police"], "why": "Late", "after": ""})
    assert late.status_code == 409
    assert "Somebody changed the handling first" in late.content.decode()
    assert "Told in confidence" in client.get(place).content.decode()
