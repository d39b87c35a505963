"""A worker who is kept from a child sees nothing of them anywhere, whatever is granted, from the next request on."""

from uuid import uuid4

import pytest

from tests.factories import accounts, cases, kept_away, missing, people, referrals
from tests.support.context import SEES_ALL
from tests.support.pages import day_boxes, moment_boxes, new_key, signed_in
from trellis.accounts.access import Hidden, Refused
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.cases.models import Allocation, Notice
from trellis.cases.services import allocate_case
from trellis.core.clocks import now
from trellis.core.row_context import asked_by
from trellis.missing.models import MissingEpisode
from trellis.need_to_know import exclusions
from trellis.need_to_know.models import Exclusion
from trellis.people.models import Person
from trellis.referrals.models import Referral
from trellis.sharing.sealing import services

pytestmark = pytest.mark.django_db
PAGES = ("", "chronology/", "chronology/add/", "missing/", "access/", "access/exclusions/own/")


def pages_of(person):
    return [f"/children/{person.id}/{page}" for page in PAGES]


def statuses(user, person):
    client = signed_in(user)
    return {client.get(page).status_code for page in pages_of(person)}


def test_an_excluded_worker_sees_nothing_from_the_next_request_on_whatever_is_granted():
    worker, by = accounts.hub_worker(), accounts.manager()
    person = cases.allocated_case(worker).person
    kept_away.granted(worker, person)
    client = signed_in(worker)
    assert client.get(f"/children/{person.id}/").status_code == 200
    with recorded(by):
        services.keep_worker_from(person=person, user=worker, reason="An uncle", by=by)
    assert {client.get(page).status_code for page in pages_of(person)} == {404}
    kept_away.granted(worker, person, ends_at=None)
    assert {client.get(page).status_code for page in pages_of(person)} == {404}
    assert person.name not in client.get("/").content.decode()
    assert str(person.id) not in client.post("/children/", {"q": person.name}).content.decode()


@pytest.mark.parametrize("kind", [accounts.manager, accounts.missing_worker])
def test_a_manager_or_desk_worker_is_kept_away_like_anybody(kind):
    kept, by = kind(), accounts.manager()
    episode = missing.missing_child(cases.open_case().person)
    with recorded(by):
        services.keep_worker_from(person=episode.person, user=kept, reason="A sister", by=by)
    client = signed_in(kept)
    assert statuses(kept, episode.person) == {404}
    assert client.get(f"/missing/{episode.id}/").status_code == 404
    for page in ("/", "/missing/", "/referrals/"):
        assert episode.person.name not in client.get(page).content.decode()
    assert client.get("/missing/").context["out"].paginator.count == 0


def test_the_lead_worker_who_is_kept_away_leads_no_longer_and_the_managers_are_asked_for_another():
    lead, by, other = accounts.hub_worker(), accounts.manager(), accounts.manager()
    case = cases.allocated_case(lead)
    with recorded(by):
        assert services.keep_worker_from(person=case.person, user=lead, reason="A cousin", by=by)
    assert not Allocation.objects.current().filter(case=case).exists()
    assert {notice.to for notice in Notice.objects.filter(kind="case.no_lead")} >= {by, other}
    assert lead not in {notice.to for notice in Notice.objects.all()}
    assert signed_in(lead).get("/").context["children"] == []


def test_an_exclusion_is_refused_without_the_permission_and_hidden_without_the_whole_record():
    worker, kept, by = accounts.hub_worker(), accounts.hub_worker(), accounts.manager()
    person = cases.open_case().person
    with recorded(worker), pytest.raises(Refused):
        exclusions.exclude_worker(person=person, user=kept, reason="x", by=worker)
    with recorded(by), pytest.raises(Hidden):
        exclusions.exclude_worker(person=people.child(), user=kept, reason="x", by=by)
    assert not Exclusion.objects.exists()


def test_who_knows_the_young_person_says_so_and_does_not_let_themselves_back():
    worker, colleague = accounts.manager(), accounts.manager()
    lead = accounts.hub_worker()
    person = cases.allocated_case(lead).person
    client = signed_in(worker)
    page = client.post(f"/children/{person.id}/access/exclusions/own/", {"reason": "My neighbour's child"}, follow=True)
    assert page.status_code == 200
    assert statuses(worker, person) == {404}
    assert [notice.to for notice in Notice.objects.filter(kind="exclusion.declared")] == [lead]
    held = Exclusion.objects.get()
    with recorded(worker), pytest.raises(Hidden):
        exclusions.end_exclusion(exclusion=held, reason="Let me", by=worker)
    assert client.post(f"/children/{person.id}/access/exclusions/{held.id}/end/", {"reason": "x"}).status_code == 404
    back = signed_in(colleague).post(f"/children/{person.id}/access/exclusions/{held.id}/end/", {"reason": "A mistake"})
    assert back.status_code == 302
    assert client.get(f"/children/{person.id}/").status_code == 200
    held.refresh_from_db()
    assert (held.ended_by, held.end_reason) == (colleague, "A mistake")


def test_only_whoever_may_say_so_reads_who_is_kept_away():
    by = accounts.manager()
    person = cases.open_case().person
    kept = accounts.hub_worker(name="Kept Away")
    with recorded(by):
        services.keep_worker_from(person=person, user=kept, reason="An uncle", by=by)
    assert "Kept Away" in signed_in(by).get(f"/children/{person.id}/access/").content.decode()
    assert "Kept Away" not in signed_in(accounts.hub_worker()).get(f"/children/{person.id}/access/").content.decode()
    with recorded(accounts.hub_worker()):
        assert not Exclusion.objects.exists()  # the second lock


def test_keeping_somebody_away_is_done_on_a_page_and_logged_without_words():
    by, kept = accounts.manager(), accounts.hub_worker()
    person = cases.open_case().person
    client = signed_in(by)
    page = f"/children/{person.id}/access/exclusions/new/"
    assert client.get(page).status_code == 200
    assert client.post(page, {"user": "", "reason": ""}).status_code == 200
    assert client.post(page, {"user": str(kept.id), "reason": "An uncle"}).status_code == 302
    assert statuses(kept, person) == {404}
    event = AuditEvent.objects.get(what="exclusion", action="write")
    assert event.children == [person.id]
    assert "uncle" not in event.why
    assert signed_in(accounts.hub_worker()).get(page).status_code == 403


def test_nobody_is_given_the_case_of_a_young_person_they_are_kept_from():
    person = people.child()
    case = cases.open_case(person)
    kept, by = kept_away.excluded_worker(person), accounts.manager()
    with recorded(by), pytest.raises(Refused):
        allocate_case(case=case, worker=kept, by=by)


def test_the_receipt_of_their_own_referral_names_nobody():
    worker, by = accounts.hub_worker(), accounts.manager()
    made = referrals.waiting_referral()
    Referral.objects.filter(id=made.id).update(recorded_by=worker)
    with recorded(by):
        services.keep_worker_from(person=made.person, user=worker, reason="x", by=by)
    page = signed_in(worker).get(f"/referrals/{made.id}/receipt/")
    assert page.status_code == 200
    assert made.reference in page.content.decode()
    assert made.person.family_name not in page.content.decode()
    assert signed_in(worker).get(f"/referrals/{made.id}/").status_code == 404


def report(person):
    return {
        "form_key": new_key(),
        "given_name": person.given_name,
        "family_name": person.family_name,
        **day_boxes("date_of_birth", person.date_of_birth),
        "sex": person.sex,
        "ethnicity": "NOBT",
        "postcode": person.postcode,
        "kind": "home",
        **moment_boxes("reported_at", now()),
    }


def test_who_is_kept_away_and_reports_the_child_missing_gets_the_answer_of_a_new_child():
    """The report is about a new record, which opens to them as any would; who answers for the old one is told."""
    lead, by = accounts.hub_worker(), accounts.manager()
    person = cases.allocated_case(lead).person
    kept = accounts.missing_worker()
    with recorded(by):
        services.keep_worker_from(person=person, user=kept, reason="An uncle", by=by)
    missing.missing_child(person)
    page = signed_in(kept).post("/missing/new/", report(person), follow=True)
    assert page.status_code == 200
    made = page.context["person"]
    assert made != person
    assert Person.objects.filter(family_name=person.family_name).count() == 2
    assert MissingEpisode.objects.filter(person=made).count() == 1
    assert [notice.to for notice in Notice.objects.filter(kind="record.alike", person=person)] == [lead]


def test_a_worker_is_kept_away_once_however_often_it_is_said():
    by, kept = accounts.manager(), accounts.hub_worker()
    person = cases.open_case().person
    for _ in range(2):
        with recorded(by):
            services.keep_worker_from(person=person, user=kept, reason="An uncle", by=by)
    assert Exclusion.objects.count() == 1


def test_an_auditor_who_is_kept_away_finds_nothing_of_the_child_in_any_review():
    by, auditor = accounts.manager(), accounts.member("analysis", "auditor")
    person = cases.open_case().person
    kept_away.opened_in_emergency(cases.closed_case(people.child(given_name="Other")).person, accounts.hub_worker())
    client = signed_in(auditor)
    reference = person.cases.get().reference
    pages = ("/governance/access/", "/governance/access/file/", "/governance/log/", "/emergency/reviews/")
    assert reference in client.get(pages[0]).content.decode()
    with recorded(by):
        services.keep_worker_from(person=person, user=auditor, reason="His son", by=by)
    for page in pages:
        said = client.get(page)
        assert reference not in said.content.decode()
        assert str(person.id) not in said.content.decode()


def test_what_was_never_there_is_refused_alike():
    by = accounts.manager()
    person = cases.open_case().person
    assert signed_in(by).get(f"/children/{person.id}/access/exclusions/{uuid4()}/end/").status_code == 404
    with asked_by(SEES_ALL):
        assert not Exclusion.objects.exists()
