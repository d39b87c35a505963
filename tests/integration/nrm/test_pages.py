"""The pages of referrals to the National Referral Mechanism: what they show, to whom, and each form from typed to
saved."""

import io
from datetime import timedelta

import pypdf
import pytest

from tests.factories import accounts, assessments, cases, nrm
from tests.support.pages import day_boxes, moment_boxes, new_key, queries_of, signed_in
from trellis.core.clocks import now, today
from trellis.need_to_know.models import Grant
from trellis.nrm.models import Guardian, NrmDecision, NrmReferral, NrmStatement, Section45

pytestmark = pytest.mark.django_db
LAST_WEEK = timedelta(days=9)


@pytest.fixture
def worker():
    return accounts.hub_worker(name="Wanda Worker")


def text(response):
    return response.content.decode()


def referral_typed(worker, **more):
    return {
        "agency": str(worker.agency_id),
        "first_responder": "Ada Frost",
        **moment_boxes("submitted_at", now() - timedelta(hours=1)),
        "body": "central",
        "types": ["criminal", "sexual"],
        "county_lines": "not_known",
        "happened_where": "uk",
        "account": "Found far from home",
        "form_key": new_key(),
        **more,
    }


def test_from_the_considered_assessment_to_the_last_decision_by_forms_alone(worker):
    case = cases.allocated_case(worker)
    person, client = case.person, signed_in(worker)
    here = f"/children/{person.id}/nrm/"
    shown = text(client.get(here))
    assert "No assessment says whether a referral was considered" in shown
    assert "Nobody has recorded whether the defence was considered" in shown
    assert "Not confirmed:" in shown
    assessed = assessments.submitted(person=person)
    assert assessed.nrm_why in text(client.get(here))
    # What is missing is said, and everything typed is kept; sent twice it makes one.
    typed = referral_typed(worker)
    wrong = text(client.post(f"{here}new/", {**typed, "county_lines": ""}))
    assert "Choose yes, no or not known" in wrong
    assert "Found far from home" in wrong
    for _ in range(2):
        assert client.post(f"{here}new/", typed).status_code == 302
    found = NrmReferral.objects.get()
    assert found.types == ["criminal", "sexual"]
    assert "Reasonable grounds are due by" in text(client.get(here))
    # Decisions: too early, negative, asked again, changed.
    one = f"{here}{found.id}/"
    decided = {"stage": "reasonable", **day_boxes("decided_on", today()), "reasons": "Not enough yet"}
    early = {**decided, **day_boxes("decided_on", today() - LAST_WEEK), "outcome": "negative", "after": 1}
    answer = client.post(f"{one}decision/", {**early, "form_key": new_key()})
    assert answer.status_code == 409
    assert "nothing was decided before" in text(answer)
    sent = {**decided, "outcome": "negative", "after": 1, "form_key": new_key()}
    for _ in range(2):
        assert client.post(f"{one}decision/", sent).status_code == 302
    assert NrmDecision.objects.count() == 1
    assert "The decision is negative." in text(client.get(here))
    stale = client.post(f"{one}decision/", {**sent, "form_key": new_key()})
    assert stale.status_code == 409
    assert "Not enough yet" in text(stale)
    asked = {"asked_by": "Their solicitor", "why": "More is known", **day_boxes("asked_on", today())}
    assert client.post(f"{one}reconsideration/", {**asked, "after": 2, "form_key": new_key()}).status_code == 302
    assert "not taken up" in text(client.get(f"{one}reconsideration/"))
    again = {**decided, "outcome": "positive", "after": 3, "form_key": new_key(), "reasons": ""}
    assert client.post(f"{one}decision/", again).status_code == 302
    shown = text(client.get(here))
    assert "Decided otherwise" in shown
    assert "Conclusive grounds may be decided from" in shown
    # What goes with it.
    evidence = {**day_boxes("said_on", today()), "text": "A statement", "form_key": new_key()}
    assert client.post(f"{one}evidence/", evidence).status_code == 302
    assert client.post(f"{one}step/", {"new": "suspended", "why": "They are away", "after": 4}).status_code == 302
    guardian = {**day_boxes("asked_on", today()), "service": "A service", "form_key": new_key()}
    assert client.post(f"{here}guardian/", guardian).status_code == 302
    met = {"service": "A service", "name": "Gail Guard", **day_boxes("first_contact_on", today()), "after": 1}
    assert client.post(f"{here}guardian/{Guardian.objects.get().id}/", met).status_code == 302
    answers = dict.fromkeys(("raised", "solicitor_told", "cps_told", "schedule_4", "used_in_court"), "not_known")
    defence = {"matter": "Court 1/26", **day_boxes("considered_on", today()), "outcome": "waiting", **answers}
    assert client.post(f"{here}section-45/", {**defence, "form_key": new_key()}).status_code == 302
    one_45 = f"{here}section-45/{Section45.objects.get().id}/"
    assert client.post(one_45, {**answers, "outcome": "not_charged", "raised": "yes", "after": 1}).status_code == 302
    shown = text(client.get(here))
    for words in ("A statement", "They are away", "Gail Guard", "Not charged, or charges dropped", "Suspended"):
        assert words in shown


def test_words_stay_with_the_agency_that_may_hold_them_and_the_decision_is_seen_by_all(worker):
    """The police's reasons, limited to them, are on no other page and in no copy."""
    officer = accounts.member("hub", "practitioner", agency="police")
    found = nrm.decided(nrm.referral(by=worker, days_ago=1), reasons="Said by a source", by=officer)
    NrmStatement.objects.filter(kind="reasons").update(limited_to=[officer.agency_id])
    here = f"/children/{found.person_id}/nrm/"
    assert "Said by a source" in text(signed_in(officer).get(here))
    shown = text(signed_in(worker).get(here))
    assert "Said by a source" not in shown
    assert "Reasonable grounds: positive" in shown
    assert "Said by a source" not in text(signed_in(worker).get(f"/children/{found.person_id}/chronology/"))


def test_who_sees_the_page_and_who_writes(worker):
    found = nrm.referral(by=worker)
    here = f"/children/{found.person_id}/nrm/"
    partner = accounts.remote_partner("education")
    assert signed_in(partner).get(here).status_code == 404
    Grant.objects.create(
        person=found.person, agency=partner.agency, parts=["nrm"], reason="Their school asked", starts_at=now()
    )
    shown = text(signed_in(partner).get(here))
    assert "Assessments are not open to you here" in shown
    assert "Record a decision" not in shown
    assert signed_in(partner).get(f"{here}new/").status_code == 403


def test_the_list_shows_overdue_first_and_asks_as_often_for_many_as_for_few(worker):
    late = nrm.referral(by=worker, days_ago=30, person=nrm.known_child(given_name="Lara"))
    for _ in range(9):
        nrm.referral(by=worker)
    client = signed_in(worker)
    shown = text(client.get("/nrm/"))
    assert "1 decision is overdue" in shown
    assert shown.index("days overdue") < shown.index("Reasonable grounds are due by")
    few = queries_of(client, "/nrm/")
    for _ in range(30):
        nrm.decided(nrm.referral(by=worker, days_ago=9))
    assert queries_of(client, "/nrm/") == few
    assert "Lara" not in text(client.get("/nrm/?status=reasonable"))
    assert "Lara" in text(client.get("/nrm/?only=overdue"))
    nrm.decided(late)
    assert "0 decisions are overdue" in text(client.get("/nrm/"))
    assert signed_in(accounts.analyst()).get("/nrm/").status_code == 403


def test_a_copy_is_marked_and_says_for_whom(worker):
    found = nrm.referral(by=worker, told="Found far from home")
    page = f"/children/{found.person_id}/nrm/{found.id}/copy/"
    answer = signed_in(worker).post(page, {"purpose": "Court bundle", "receiver": "The clerk"})
    assert answer["Content-Type"] == "application/pdf"
    said = "\n".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(answer.getvalue())).pages)
    for words in (
        "OFFICIAL-SENSITIVE",
        "Court bundle",
        "The clerk",
        "Found far from home",
        "not the Home Office's form",
    ):
        assert words in said.replace("’", "'")
    assert "Page 1 of" in said
