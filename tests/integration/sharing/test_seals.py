"""A sealed record: its holders work on, to everybody else it does not exist, and two people of two agencies unseal."""

import re
from datetime import timedelta

import pytest
import time_machine

from tests.factories import accounts, cases, kept_away, missing, people, referrals
from tests.integration.sharing.test_exclusions import report
from tests.support.pages import day_boxes, moment_boxes, new_key, queries_of, signed_in
from trellis.accounts.access import Hidden, Refused
from trellis.accounts.permissions import Permission
from trellis.audit_log.trail import recorded
from trellis.cases.models import Case, Notice
from trellis.cases.services import allocate_case
from trellis.core.clocks import now
from trellis.missing.models import MissingEpisode
from trellis.need_to_know import seals
from trellis.need_to_know.models import Seal, SealHolder, UnsealProposal
from trellis.people.models import Person, PossibleMatch, Relationship
from trellis.sharing.sealing import services

pytestmark = pytest.mark.django_db
LISTS = (
    "/",
    "/missing/",
    "/referrals/",
    "/referrals/?show=decided",
    "/children/",
    "/pointers/",
    "/reports/",
    "/account/",
)
# What differs between two askings of the very same page: the form's own keys, and the time it was asked.
OWN = re.compile(rb'name="(csrfmiddlewaretoken|form_key)" value="[^"]*"|\d{1,2} \w+ \d{4}, \d\d:\d\d|value="\d\d:\d\d"')


def bytes_of(response):
    return response.status_code, OWN.sub(b"", response.content)


def everything_a_stranger_sees(user, person, other):
    """Every page of lists, searches in every way, pages of another child, and this one's own addresses."""
    client = signed_in(user)
    seen = {page: bytes_of(client.get(page)) for page in LISTS}
    for asked in (person.name, f"{person.family_name} 4 May 2011", "999 123 4567", "CSH-SEALED01", "Ashwoth"):
        seen[asked] = bytes_of(client.post("/children/", {"q": asked}))
    for page in ("", "chronology/", "missing/", "access/"):
        seen[page] = bytes_of(client.get(f"/children/{person.id}/{page}"))
        seen[f"other {page}"] = bytes_of(client.get(f"/children/{other.id}/{page}"))
    if user.may(Permission.ACCESS_REVIEW):
        del seen["other access/"]  # it counts how often they have just looked
    return seen


@pytest.fixture
def _one_moment():
    """Pages say how long ago something was."""
    with time_machine.travel(now(), tick=False):
        yield


@pytest.mark.usefixtures("_one_moment")
@pytest.mark.parametrize("kind", [accounts.hub_worker, accounts.manager, accounts.missing_worker])
def test_no_byte_of_a_strangers_pages_tells_that_a_sealed_record_exists(kind):
    """The world in which it exists and is sealed, beside the world in which nothing of it was ever made."""
    stranger, manager, police = kind(), accounts.manager(), accounts.hub_worker_of("police")
    other = people.child(given_name="Sam", family_name="Ashworth-Bell")
    cases.allocated_case(police, other)
    person = people.child()
    Person.objects.filter(id=person.id).delete()
    before = everything_a_stranger_sees(stranger, person, other)
    person.save(force_insert=True)
    person.nhs_number = "9991234567"
    person.save()
    case = cases.open_case(person)
    with recorded(manager):
        allocate_case(case=case, worker=stranger, by=manager)
    Case.objects.filter(id=case.id).update(reference="CSH-SEALED01")
    missing.missing_child(person)
    referrals.waiting_referral(person)
    Relationship.objects.create(person=other, other=person, kind="friend", starts_on=now().date())
    assert everything_a_stranger_sees(stranger, person, other) != before
    kept_away.sealed_record(person, (manager, police))
    assert everything_a_stranger_sees(stranger, person, other) == before


def test_its_holders_work_on_and_see_that_it_is_sealed():
    _, manager, police = kept_away.sealed_record(person := people.child())
    for holder in (manager, police):
        client = signed_in(holder)
        assert "Sealed" in client.get(f"/children/{person.id}/").content.decode()
        assert str(person.id) in client.post("/children/", {"q": person.name}).content.decode()
        access = client.get(f"/children/{person.id}/access/").content.decode()
        assert "A threat inside an agency" in access
    assert [notice.to for notice in Notice.objects.filter(kind="seal.made")] == [police]


def test_a_holder_still_needs_a_grant():
    seal, manager, police = kept_away.sealed_record()
    seal.person.grants.filter(team__code="hub").update(ends_at=now())
    assert signed_in(police).get(f"/children/{seal.person_id}/").status_code == 404
    assert signed_in(manager).get(f"/children/{seal.person_id}/").status_code == 200


def test_a_seal_has_holders_of_two_agencies_who_all_see_the_record_and_the_sealer_is_one():
    manager, colleague, police = accounts.manager(), accounts.manager(), accounts.hub_worker_of("police")
    person = cases.open_case().person
    for holders in ([], [colleague], [accounts.hub_worker_of("police", is_active=False)], [accounts.remote_partner()]):
        with recorded(manager), pytest.raises(seals.NotEnoughHolders):
            seals.seal_record(person=person, holders=holders, reason="x", by=manager)
    with recorded(manager):
        seals.seal_record(person=person, holders=[police], reason="x", by=manager)
    assert {held.user for held in SealHolder.objects.all()} == {manager, police}
    with recorded(police), pytest.raises(Refused):
        seals.seal_record(person=person, holders=[manager], reason="x", by=police)
    with recorded(manager), pytest.raises(seals.SealedAlready):
        seals.seal_record(person=person, holders=[police], reason="x", by=manager)
    with recorded(colleague), pytest.raises(Hidden):
        seals.seal_record(person=person, holders=[police], reason="x", by=colleague)


def test_who_sees_a_part_of_a_record_seals_nothing():
    manager = accounts.manager()
    person = people.child()
    kept_away.granted(manager, person, parts=["identity"])
    with recorded(manager), pytest.raises(Hidden):
        seals.seal_record(person=person, holders=[], reason="x", by=manager)


def test_one_person_alone_does_not_unseal_nor_two_of_one_agency():
    seal, manager, police = kept_away.sealed_record()
    colleague = accounts.manager()
    with recorded(manager):
        seals.add_holder(seal=seal, user=colleague, by=manager)
        proposal = services.propose_unseal(seal=seal, reason="The danger is over", by=manager)
    for one in (manager, colleague):
        with recorded(one), pytest.raises(Refused):
            services.agree_unseal(proposal=proposal, by=one)
    with recorded(accounts.hub_worker_of("health")) as _, pytest.raises(Hidden):
        services.agree_unseal(proposal=proposal, by=accounts.hub_worker_of("health"))
    stranger = accounts.hub_worker()
    assert signed_in(stranger).get(f"/children/{seal.person_id}/").status_code == 404
    with recorded(police):
        services.agree_unseal(proposal=proposal, by=police)
    assert signed_in(stranger).get(f"/children/{seal.person_id}/").status_code == 200


def test_a_proposal_lapses_and_another_may_be_made():
    seal, manager, police = kept_away.sealed_record()
    with recorded(manager):
        proposal = services.propose_unseal(seal=seal, reason="The danger is over", by=manager)
        with pytest.raises(seals.AskedAlready):
            services.propose_unseal(seal=seal, reason="Again", by=manager)
    with time_machine.travel(now() + timedelta(days=8)):
        with recorded(police), pytest.raises(seals.NothingToAgree):
            services.agree_unseal(proposal=proposal, by=police)
        with recorded(police):
            services.propose_unseal(seal=seal, reason="Still over", by=police)
    assert UnsealProposal.objects.filter(withdrawn_at=None).count() == 1


def test_a_holder_may_say_no_and_the_seal_stays():
    seal, manager, police = kept_away.sealed_record()
    with recorded(manager):
        proposal = services.propose_unseal(seal=seal, reason="The danger is over", by=manager)
    with recorded(police):
        seals.withdraw_proposal(proposal=proposal, by=police)
    with recorded(police), pytest.raises(seals.NothingToAgree):
        services.agree_unseal(proposal=proposal, by=police)
    assert Seal.objects.get().unsealed_at is None


def test_two_people_of_two_agencies_are_always_left():
    seal, manager, police = kept_away.sealed_record()
    colleague = accounts.manager()
    with recorded(manager), pytest.raises(seals.NotEnoughHolders):
        seals.remove_holder(seal=seal, user=police, by=manager)
    with recorded(manager), pytest.raises(seals.NotEnoughHolders):
        seals.add_holder(seal=seal, user=accounts.remote_partner(), by=manager)
    with recorded(manager):
        seals.add_holder(seal=seal, user=colleague, by=manager)
        seals.remove_holder(seal=seal, user=manager, by=manager)
    assert signed_in(manager).get(f"/children/{seal.person_id}/").status_code == 404
    assert signed_in(colleague).get(f"/children/{seal.person_id}/").status_code == 200


def test_it_is_sealed_and_unsealed_on_pages_with_a_fresh_sign_in():
    manager, police = accounts.manager(), accounts.hub_worker_of("police")
    person = cases.open_case().person
    first, second = signed_in(manager), signed_in(police)
    page = f"/children/{person.id}/access/seal/"
    assert first.get(page).status_code == 200
    alone = first.post(page, {"holders": [str(accounts.manager().id)], "reason": "A threat"})
    assert "another agency" in alone.content.decode()
    assert first.post(page, {"holders": [str(police.id)], "reason": "A threat"}).status_code == 302
    assert Seal.objects.filter(unsealed_at=None).count() == 1
    unseal = f"{page}unseal/"
    assert first.post(unseal, {"reason": "The danger is over"}).status_code == 302
    assert "proposes to unseal" in second.get(unseal).content.decode()
    assert "Somebody proposes" in second.get("/").content.decode()
    answer = f"{unseal}{UnsealProposal.objects.get().id}/"
    assert first.post(answer, {"answer": "agree"}).status_code == 403
    assert second.post(answer, {"answer": "agree"}).status_code == 302
    assert Seal.objects.filter(unsealed_at=None).count() == 0


@pytest.mark.parametrize("page", ["", "unseal/", "holders/new/"])
def test_a_stale_sign_in_is_confirmed_first(page):
    seal, manager, _ = kept_away.sealed_record()
    client = signed_in(manager)
    with time_machine.travel(now() + timedelta(minutes=11)):
        back = client.get(f"/children/{seal.person_id}/access/seal/{page}")
        assert back.status_code == 302
        assert back.url.startswith("/sign-in/confirm/")


@pytest.mark.parametrize("page", ["", "unseal/", "holders/new/", "unseal/{0}/", "holders/{0}/"])
def test_to_everybody_else_the_seals_pages_are_not_there(page):
    seal, manager, _ = kept_away.sealed_record()
    address = f"/children/{seal.person_id}/access/seal/" + page.format(manager.id)
    for stranger in (accounts.manager(), accounts.hub_worker()):
        client = signed_in(stranger)
        assert client.get(address).status_code in (404, 405)
        assert client.post(address, {"reason": "x", "answer": "agree"}).status_code == 404


def test_a_missing_report_about_a_sealed_child_is_answered_as_about_any_new_child():
    seal, manager, _ = kept_away.sealed_record()
    desk, person = accounts.missing_worker(), seal.person
    missing.missing_child(person)
    page = signed_in(desk).post("/missing/new/", report(person), follow=True)
    assert page.status_code == 200
    made = page.context["person"]
    assert made != person
    assert MissingEpisode.objects.filter(person=made).count() == 1
    assert {notice.to for notice in Notice.objects.filter(kind="record.alike", person=person)} == {manager}
    assert PossibleMatch.objects.filter(person=made, other=person).exists()


def test_a_referral_about_a_sealed_child_is_answered_as_about_any_new_child():
    seal, manager, _ = kept_away.sealed_record()
    person = seal.person
    said = {
        "form_key": new_key(),
        "given_name": person.given_name,
        "family_name": person.family_name,
        **day_boxes("date_of_birth", person.date_of_birth),
        "sex": person.sex,
        "ethnicity": "NOBT",
        "postcode": person.postcode,
        **moment_boxes("received_at", now()),
        "source_code": "6",
        "agency": "social_care",
        "exploitation_types": ["CCE"],
        "primary_type": "CCE",
        "immediate_danger": "no",
        "concerns": "Seen with older men",
    }
    page = signed_in(accounts.hub_worker()).post("/referrals/new/", said, follow=True)
    assert "Open the referral" in page.content.decode(), page.context["form"].errors
    assert Notice.objects.filter(kind="record.alike", person=person, to=manager).exists()


def test_a_holder_who_reports_the_child_finds_them():
    seal, manager, _ = kept_away.sealed_record()
    page = signed_in(manager).post("/missing/new/", {**report(seal.person), "match": str(seal.person_id)}, follow=True)
    assert page.context["person"] == seal.person


def test_nobody_is_given_a_sealed_case_who_does_not_hold_the_seal():
    seal, manager, police = kept_away.sealed_record()
    case = Case.objects.get(person=seal.person)
    with recorded(manager), pytest.raises(Refused):
        allocate_case(case=case, worker=accounts.hub_worker(), by=manager)
    with recorded(manager):
        allocate_case(case=case, worker=police, by=manager)


def test_the_sealed_tag_costs_the_same_queries_however_many_seals_there_are():
    seal, manager, police = kept_away.sealed_record()
    client = signed_in(manager)
    page = f"/children/{seal.person_id}/"
    queries_of(client, page)
    few = queries_of(client, page)
    for _ in range(3):
        kept_away.sealed_record(people.child(), (manager, police))
    assert queries_of(client, page) == few
