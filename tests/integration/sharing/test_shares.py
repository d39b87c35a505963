"""A share gives an agency, or one person of it, sight of parts of a record until a day, and is recalled at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.models import F

from tests.factories import accounts, cases, people, sharing
from tests.factories.prepared import prepared
from tests.support.pages import signed_in
from trellis.accounts.access import Refused
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.cases.models import ChronologyEntry
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now
from trellis.core.ids import new_id
from trellis.need_to_know.access import parts_seen
from trellis.need_to_know.models import Grant
from trellis.sharing import services
from trellis.sharing.models import SharingDecision

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return cases.open_case().person


def opens(user, person):
    with recorded(user, "test"):
        return {str(part) for part in parts_seen(user, person.id)}


def status(user, person, page=""):
    return signed_in(user).get(f"/children/{person.id}/{page}").status_code


def test_a_share_opens_its_parts_to_that_agency_and_to_nobody_else(person):
    teacher, other = accounts.remote_partner("education"), accounts.remote_partner("youth_justice")
    assert opens(teacher, person) == set()
    sharing.share(person, ["chronology"])
    assert opens(teacher, person) == {"identity", "chronology"}
    assert opens(other, person) == set()
    assert status(teacher, person) == 200
    assert status(teacher, person, "chronology/") == 200
    assert status(teacher, person, "missing/") == 404
    assert status(other, person) == 404


def test_a_share_with_one_person_is_not_one_with_their_colleagues(person):
    named, colleague = accounts.remote_partner("education"), accounts.remote_partner("education")
    decision = sharing.share(person, ["family"], agency=None, user=named)
    assert decision.agency == named.agency
    assert opens(named, person) == {"identity", "family"}
    assert opens(colleague, person) == set()


def test_decision_grant_chronology_and_log_are_one(person):
    worker = accounts.hub_worker()
    decision = sharing.share(person, ["family"], by=worker)
    grant = Grant.objects.get(source=decision.id)
    assert (grant.agency.code, grant.parts, grant.ends_at) == ("education", ["family", "identity"], decision.expires_at)
    entry = ChronologyEntry.objects.get(subject=decision.id, kind="sharing.decided")
    assert entry.title.startswith("Shared with Education until ")
    assert entry.title.endswith(": identity, family")
    assert entry.agency == worker.agency
    assert AuditEvent.objects.filter(what="sharing decision", object_id=decision.id, actor=worker).exists()


def test_one_partner_does_not_read_what_another_got(person):
    teacher = accounts.remote_partner("education")
    sharing.share(person, ["chronology"])
    sharing.share(person, ["chronology"], to="youth_justice")
    page = signed_in(teacher).get(f"/children/{person.id}/chronology/").content.decode()
    assert "Shared with Education" in page
    assert "Youth justice until" not in page


def test_recalled_is_gone_on_the_next_request(person):
    teacher, worker = accounts.remote_partner("education"), accounts.hub_worker()
    decision = sharing.share(person, ["chronology"], by=worker)
    browser = signed_in(teacher)
    assert browser.get(f"/children/{person.id}/").status_code == 200
    with recorded(worker, "test"):
        services.recall_share(decision=decision, why="The plan is over", by=worker)
    for page in ("", "chronology/"):
        assert browser.get(f"/children/{person.id}/{page}").status_code == 404
    assert "Ashworth" not in browser.get("/").content.decode()
    assert "Nobody found" in browser.post("/children/", {"q": "Robin Ashworth"}).content.decode()


def test_a_share_expires_by_itself(person):
    teacher = accounts.remote_partner("education")
    sharing.share(person, ["chronology"], expires_at=now() + timedelta(seconds=1))
    with prepared():
        Grant.objects.filter(agency__code="education").update(starts_at=F("starts_at") - timedelta(days=1))
        Grant.objects.filter(agency__code="education").update(ends_at=now() - timedelta(seconds=1))
    assert status(teacher, person) == 404


def test_nothing_is_recalled_twice(person):
    worker = accounts.hub_worker()
    decision = sharing.share(person, by=worker)
    with recorded(worker, "test"):
        services.recall_share(decision=decision, why="Over", by=worker)
        stale = SharingDecision.objects.get(id=decision.id)
        stale.recalled_at = None
        with pytest.raises(services.NothingToRecall):
            services.recall_share(decision=stale, why="Over", by=worker)


def test_recalling_one_share_leaves_the_other(person):
    teacher, worker = accounts.remote_partner("education"), accounts.hub_worker()
    first = sharing.share(person, ["family"], by=worker)
    sharing.share(person, ["chronology"], by=worker)
    with recorded(worker, "test"):
        services.recall_share(decision=first, why="Over", by=worker)
    assert opens(teacher, person) == {"identity", "chronology"}


@pytest.mark.parametrize("outcome", ["withheld", "not_relevant"])
def test_what_is_not_shared_gives_nothing_and_is_not_told_to_them(person, outcome):
    teacher, worker = accounts.remote_partner("education"), accounts.hub_worker()
    sharing.share(person, ["chronology"])
    with recorded(worker, "test"):
        decision = services.decide_sharing(
            person=person, by=worker, outcome=outcome, agency=teacher.agency, parts=["missing"], reason="A risk to him"
        )
    assert not Grant.objects.filter(source=decision.id).exists()
    assert opens(teacher, person) == {"identity", "chronology"}
    page = signed_in(teacher).get(f"/children/{person.id}/chronology/").content.decode()
    assert "Decided not to share" not in page
    assert "A risk to him" not in page


def test_words_to_an_outside_body_give_no_sight(person):
    decision = sharing.share(
        person, [], agency=None, outside_body="Northfield School", words="Ring us", expires_at=None
    )
    assert not Grant.objects.filter(source=decision.id).exists()


def test_a_partner_with_a_part_cannot_share_on(person):
    partner = accounts.member("hub", "practitioner", agency="education")
    partner.memberships.update(team=accounts.remote_partner().memberships.get().team)
    sharing.share(person, ["identity", "family", "chronology", "missing", "referrals"])
    with recorded(partner, "test"), pytest.raises(Refused):
        services.decide_sharing(person=person, by=partner, **SHARED_ON)


def test_who_may_not_decide_is_refused(person):
    worker = accounts.missing_worker()
    with recorded(worker, "test"), pytest.raises(Refused):
        services.decide_sharing(person=person, by=worker, **SHARED_ON)


SHARED_ON = {"outcome": "withheld", "outside_body": "A school", "reason": "Because"}


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_twenty_copies_of_one_form_at_once_make_one_share_and_one_recall():
    person, worker, key = cases.open_case().person, accounts.hub_worker(), new_id()
    decided = {**sharing.SHARED, "agency": sharing.agency("education"), "parts": ["family"]}
    decided["expires_at"] = now() + timedelta(days=9)

    def decide(_):
        with recorded(worker, "test"):
            return services.decide_sharing(person=person, by=worker, key=key, **decided).id

    def recall(_):
        with recorded(worker, "test"):
            try:
                services.recall_share(decision=SharingDecision.objects.get(id=key), why="Over", by=worker)
            except services.NothingToRecall:
                return 0
        return 1

    assert set(at_once(decide, 20)) == {key}
    assert Grant.objects.filter(source=key).count() == ChronologyEntry.objects.filter(subject=key).count() == 1
    assert sum(at_once(recall, 20)) == 1
    assert ChronologyEntry.objects.filter(subject=key, kind="sharing.recalled").count() == 1


def at_once(work, count):
    """What ``work`` gives when so many do it in threads, each on a connection of its own."""

    def alone(number):
        try:
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=8) as threads:
        return list(threads.map(alone, range(count)))


IMPOSSIBLE = {
    "no receiver": {"agency": None},
    "two receivers": {"outside_body": "A school"},
    "nothing shared": {"parts": [], "words": ""},
    "no ground": {"basis": ""},
    "no purpose": {"purpose": ""},
    "no need": {"necessity": ""},
    "child not told and no why": {"child_told": False},
    "not said whether the child knows": {"child_told": None},
    "parent not told and no why": {"parent_told": False},
    "shared with a reason not to": {"reason": "Because"},
    "a share without end": {"expires_at": None},
    "ended before it began": {"expires_at": now() - timedelta(days=1)},
    "withheld without a reason": {"outcome": "withheld", "expires_at": None},
    "withheld until a day": {"outcome": "withheld", "reason": "Because"},
    "recalled by nobody": {"recalled_at": now() + timedelta(days=1)},
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_the_database_refuses_what_cannot_be(case):
    person, worker = people.child(), accounts.hub_worker()
    fields = {**sharing.SHARED, "agency": worker.agency, "parts": ["identity"], "decided_at": now()}
    fields |= {"expires_at": now() + timedelta(days=1), **IMPOSSIBLE[case]}
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows([SharingDecision(person=person, decided_by=worker, **fields)])
