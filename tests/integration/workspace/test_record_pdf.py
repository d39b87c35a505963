"""A copy of a record as PDF: what it holds, what it leaves out, who may take it, and the mark it leaves."""

import io
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from tests.factories import accounts, assessments, cases, missing, people, plans, referrals
from tests.factories.prepared import prepared
from tests.support.pages import signed_in
from trellis.accounts.models import Membership, Role, Team
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.cases import services
from trellis.cases.models import ChronologyEntry
from trellis.core.clocks import now
from trellis.core.protection import Part
from trellis.need_to_know.codes import Coding
from trellis.need_to_know.services import grant_sight
from trellis.people.models import Address, Education, LegalStatus, Relationship
from trellis.workspace.documents import record

pytestmark = pytest.mark.django_db
WHY = {"purpose": "Strategy meeting", "receiver": "Ada Frost, family court"}
CANARY = "raw-canary"
ASK = "Ask the owner"


@pytest.fixture
def lead():
    return accounts.hub_worker(name="Lena Lead")


@pytest.fixture
def officer():
    return accounts.hub_worker(agency="police", name="Omar Officer")


@pytest.fixture
def person(lead):
    person = people.child(known_as="Rob", pronouns="he/him", own_words="I want my own school back.")
    referrals.waiting_referral(person, concerns="Older people wait", harm_seen="A bruise", strengths="Boxes")
    cases.allocated_case(lead, person)
    missing.returned_child(person, kind="care")
    uncle = people.child(given_name="Uncle", family_name="Trusted")
    with prepared():
        LegalStatus.objects.create(
            person=person, kind="child_in_need", authority="E08000003", starts_on=date(2025, 1, 1)
        )
        Education.objects.create(
            person=person, provision="mainstream", place_name="Northfield", starts_on=date(2023, 9, 1)
        )
        Relationship.objects.create(person=person, other=uncle, kind="trusted_adult", starts_on=date(2020, 1, 1))
    return person


def note_of(by, person, **fields):
    with recorded(by):
        written = {"happened_at": now(), "title": "Seen by the arcade", "body": "", "significance": 1, **fields}
        return services.add_note(person=person, by=by, **written)


def take(user, person, **changes):
    return signed_in(user).post(f"/children/{person.id}/record.pdf", {**WHY, **changes})


def taken(user, person):
    response = take(user, person)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def words(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_a_copy_holds_what_the_taker_sees(lead, person):
    note_of(lead, person, title="Met at boxing", body="“I like it here.”")
    text = words(taken(lead, person))
    for said in (
        "Robin Ashworth (known as Rob)", "he/him", "I want my own school back.", "Lena Lead", "Older people wait",
        "A bruise", "Boxes", "Uncle Trusted, trusted adult", "Northfield", "Child in need", "Missing from care",
        "Met at boxing", "“I like it here.”", "Children's social care · P Lawful sharing permitted",
        "For: Ada Frost, family court", "Purpose: Strategy meeting", "the record as Lena Lead sees it",
    ):  # fmt: skip
        assert said in text, said


def test_each_page_says_whose_it_is_who_took_it_and_which_page_it_is(lead, person):
    entries = [
        ChronologyEntry(
            person=person, kind="note", agency=lead.agency, handling="P", recorded_by=lead,
            happened_at=now() - timedelta(days=n), title=f"Entry {n}",
        )
        for n in range(60)
    ]  # fmt: skip
    ChronologyEntry.objects.bulk_create(entries)
    reader = taken(lead, person)
    assert len(reader.pages) > 2
    for number, page in enumerate(reader.pages, 1):
        text = " ".join(page.extract_text().split())
        assert "OFFICIAL-SENSITIVE · SYNTHETIC" in text
        assert "Robin Ashworth (known as Rob)" in text
        assert "Taken by Lena Lead, Children's social care, on" in text
        assert f"Page {number} of {len(reader.pages)}" in text


def test_the_document_is_tagged(lead, person):
    reader = taken(lead, person)
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "en-GB"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data().replace(b" ", b"")
    assert reader.metadata.title == "Robin Ashworth (known as Rob): copy of the record"
    headings = [item["/Title"] for item in reader.outline if isinstance(item, dict)]
    assert headings == ["Robin Ashworth (known as Rob)"] or "Chronology" in headings


def test_what_others_share_under_conditions_is_left_out_and_counted(lead, officer, person):
    note_of(officer, person, title="With conditions")
    note_of(officer, person, title="Limited to us", coding=Coding("P", "", (lead.agency_id,)))
    note_of(officer, person, title="Under an old code", coding=Coding("5x5x5:1"))
    note_of(officer, person, title="Theirs alone", coding=Coding("C", ASK, (officer.agency_id,)))
    note_of(officer, person, title="Freely shared", coding=Coding("P"))
    note_of(lead, person, title="Ours with conditions", coding=Coding("C", ASK))
    of_others = person.chronology.filter(agency=officer.agency).exclude(title="Freely shared").count() - 1
    text = words(taken(lead, person))
    assert of_others > 2
    assert f"{of_others} entries of other agencies are left out" in text
    assert "Freely shared" in text
    assert "Ours with conditions" in text
    for said in ("With conditions Lawful", "Limited to us", "Under an old code", "Theirs alone"):
        assert said not in text
    own = words(taken(officer, person))
    assert "With conditions" in own
    assert "Theirs alone" in own
    assert "1 entry of other agencies is left out" in own


def test_raw_words_and_what_was_corrected_stay_out(officer, person):
    note = note_of(officer, person, title="As it stood", raw=CANARY)
    with recorded(officer):
        services.correct_note(entry=note, by=officer, happened_at=now(), title="As it stands", significance=1)
    response = take(officer, person)
    text = words(PdfReader(io.BytesIO(response.content)))
    assert "As it stands" in text
    assert "As it stood" not in text
    assert CANARY not in text
    assert CANARY.encode() not in response.content


def test_taking_is_an_export_in_the_log_that_says_why(lead, person):
    taken(lead, person)
    event = AuditEvent.objects.get(action="export")
    assert (event.actor, event.what, event.object_id, event.children) == (lead, "record as PDF", person.id, [person.id])
    assert event.why == "Strategy meeting. For: Ada Frost, family court"
    assert event.grants


def test_the_purpose_and_the_receiver_are_asked_for(lead, person):
    client = signed_in(lead)
    page = client.get(f"/children/{person.id}/export/").content.decode()
    assert "What is it for?" in page
    assert client.get(f"/children/{person.id}/record.pdf")["Location"] == f"/children/{person.id}/export/"
    response = take(lead, person, receiver="")
    page = response.content.decode()
    assert "Enter who gets the copy" in page
    assert "Strategy meeting" in page
    assert not AuditEvent.objects.filter(action="export").exists()


def test_a_sign_in_that_is_not_fresh_is_asked_again(lead, person):
    client = signed_in(lead)
    session = client.session
    session["confirmed_at"] = 0
    session.save()
    for method, path in (("get", "export/"), ("post", "record.pdf")):
        response = getattr(client, method)(f"/children/{person.id}/{path}", WHY)
        assert response.status_code == 302
        assert response["Location"].startswith("/sign-in/confirm/")


def test_a_form_opened_in_time_may_be_sent_a_while_later(lead, person):
    client = signed_in(lead)
    assert client.get(f"/children/{person.id}/export/").status_code == 200
    session = client.session
    session["confirmed_at"] = 0
    session.save()
    assert client.post(f"/children/{person.id}/record.pdf", WHY).status_code == 200


def test_who_may_take_a_copy(lead, person):
    partner = accounts.remote_partner()
    with prepared():
        grant_sight(person=person, agency=partner.agency, reason="Shared", by=None)
    for user, status in ((lead, 200), (accounts.manager(), 200), (partner, 403), (accounts.analyst(), 403)):
        assert take(user, person).status_code == status
        assert signed_in(user).get(f"/children/{person.id}/export/").status_code == status
    outsider = accounts.user("youth_justice")
    exporting(outsider)
    assert take(outsider, person).status_code == 404
    assert signed_in(outsider).get(f"/children/{person.id}/export/").status_code == 404


def exporting(user):
    """Somebody whose role takes records out, outside the hub's team."""
    team, _ = Team.objects.get_or_create(code="partners", defaults={"name": "Remote partners"})
    role = Role.objects.get(code="practitioner")
    Membership.objects.create(user=user, team=team, role=role, starts_on=date(2020, 1, 1))


def test_a_limited_share_gives_a_limited_copy(lead, person):
    teacher = accounts.user("education", name="Tess Teacher")
    exporting(teacher)
    with prepared():
        grant_sight(person=person, agency=teacher.agency, parts=[Part.MISSING], reason="Shared", by=None)
    note_of(lead, person, title="Met at boxing")
    text = words(taken(teacher, person))
    assert "who Rob is, missing episodes: the parts shared with Education" in text
    assert "Missing from care" in text
    for said in ("Older people wait", "Uncle Trusted", "Northfield", "Child in need", "Met at boxing", "Chronology"):
        assert said not in text, said
    assert "left out" not in text


def test_a_long_record_is_cut_and_says_so(lead, person, monkeypatch):
    monkeypatch.setattr(record, "MOST_ENTRIES", 3)
    for number in range(5):
        note_of(lead, person, title=f"Entry {number}", happened_at=now() + timedelta(minutes=number))
    whole = person.chronology.exclude(handling="C").count()
    text = words(taken(lead, person))
    assert f"The latest 3 of {whole} entries, the latest first" in text
    assert "Entry 4" in text
    assert "Entry 1" not in text


def test_markup_in_the_record_stays_text(lead, person):
    note_of(lead, person, title="<script>alert(1)</script>", body="<img src='file:///etc/passwd'> & <b>bold</b>")
    text = words(taken(lead, person))
    assert "<script>alert(1)</script>" in text
    assert "<b>bold</b>" in text


def test_a_copy_holds_details_assessments_and_plan_as_far_as_the_taker_sees_them(lead, person):
    plan = plans.open_plan(person, lead, what_matters="My dog and my own door")
    plans.goal(plan, words="I want to sleep at my gran's on Fridays")
    plans.safety_plan(plan)
    plans.task(plan, what="Ring the sleep clinic")
    one = assessments.submitted(lead, person)
    with prepared():
        Address.objects.create(
            person=person, lines="7 Hidden Row", postcode="M11AA", kept_apart=True, starts_on=date(2025, 1, 1)
        )
    text = words(taken(lead, person))
    for said in (
        "My own door",
        "gran's on Fridays",
        "Ring the sleep clinic",
        "Shaz picks up",
        str(one.version),
        "Strengths",
    ):
        assert said.casefold() in text.casefold(), said
    assert "7 Hidden Row" not in text
    assert "M11AA" not in text


def test_the_plan_alone_is_taken_with_its_own_mark_in_the_log(lead, person):
    assert "The plan alone" not in signed_in(lead).get(f"/children/{person.id}/export/").content.decode()
    plans.goal(plans.open_plan(person, lead), words="I want my own school back")
    assert "The plan alone" in signed_in(lead).get(f"/children/{person.id}/export/").content.decode()
    response = take(lead, person, what="plan")
    assert response["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    text = words(PdfReader(io.BytesIO(response.content)))
    assert "I want my own school back" in text
    assert "Older people wait" not in text
    event = AuditEvent.objects.get(action="export", what="plan as PDF")
    assert (event.children, event.why) == ([person.id], "Strategy meeting. For: Ada Frost, family court")
