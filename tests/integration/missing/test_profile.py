"""The profile for when somebody is missing: kept revision by revision, looked over in time, printed with a mark."""

from datetime import timedelta

import pytest

from tests.factories import accounts, cases, missing, people, sharing
from tests.factories.prepared import prepared
from tests.support.pages import day_boxes, new_key, queries_of, signed_in
from trellis.accounts.access import Refused
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.core.clocks import today
from trellis.core.ids import new_id
from trellis.core.revisions import ChangedMeanwhile
from trellis.missing import services
from trellis.missing.models import MissingProfile

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    return accounts.hub_worker()


@pytest.fixture
def person():
    return cases.open_case(people.child(given_name="Ada")).person


def of(person, page=""):
    return f"/children/{person.id}/missing/profile/{page}"


def said(after=0, **texts):
    return {
        "after": str(after),
        "looks_like": "Tall, short hair",
        **day_boxes("checked_on", today()),
        "form_key": new_key(),
        **texts,
    }


def test_each_writing_is_a_revision_and_one_form_makes_one(worker, person):
    key = new_id()
    for after, texts in ((0, "First"), (0, "First")):
        missing.profile(person, worker, after=after, key=key, looks_like=texts)
    missing.profile(person, worker, after=1, looks_like="Second")
    assert list(MissingProfile.objects.values_list("revision", "looks_like")) == [(2, "Second"), (1, "First")]
    with pytest.raises(ChangedMeanwhile):
        missing.profile(person, worker, after=1, looks_like="Third")


def test_a_role_without_it_writes_no_profile(person):
    analyst = accounts.analyst()
    with pytest.raises(Refused), recorded(analyst, "test"):
        services.write_profile(person=person, after=0, checked_on=today(), by=analyst, looks_like="x")


def test_it_is_written_read_and_looked_over_again_in_time(worker, person):
    client = signed_in(worker)
    assert "There is no profile yet" in client.get(of(person)).content.decode()
    assert client.post(of(person, "write/"), said()).status_code == 302
    shown = client.get(of(person)).content.decode()
    assert "Tall, short hair" in shown
    assert "Not filled in yet:" in shown
    assert "To be looked over again" not in shown
    missing.profile(person, worker, after=1, checked_on=today() - timedelta(days=91), looks_like="Older")
    assert "To be looked over again" in client.get(of(person)).content.decode()
    assert "What it said before" in client.get(of(person)).content.decode()


def test_nothing_written_is_asked_for_and_a_stale_writing_is_shown_both(worker, person):
    client = signed_in(worker)
    empty = client.post(of(person, "write/"), said(looks_like="")).content.decode()
    assert "Write in one part at least" in empty
    assert client.post(of(person, "write/"), said(looks_like="Mine")).status_code == 302
    stale = client.post(of(person, "write/"), said(looks_like="Yours"))
    assert stale.status_code == 409
    assert "Mine" in stale.content.decode()
    assert "Yours" in stale.content.decode()


def test_on_paper_it_says_what_they_wear_this_time_and_the_log_says_who_took_it(worker, person):
    client = signed_in(worker)
    assert client.get(of(person, "print/")).status_code == 404
    missing.profile(person, worker, friends="Sam from boxing")
    episode = missing.missing_child(person, wearing="A red coat", last_seen_where="Bus station")
    assert "Print the profile" in client.get(f"/missing/{episode.id}/").content.decode()
    shown = client.get(of(person, "print/")).content.decode()
    for words in ("A red coat", "Bus station", "Sam from boxing", "Missing now:", worker.name):
        assert words in shown
    with prepared():
        taken = AuditEvent.objects.filter(what="missing profile on paper", actor=worker)
        assert taken.count() == 1


def test_a_partner_with_the_missing_part_reads_it_and_one_without_finds_none(worker, person):
    missing.profile(person, worker)
    sharing.share(person, ("missing",), "education")
    sharing.share(person, ("identity",), "housing")
    assert signed_in(accounts.remote_partner("education")).get(of(person)).status_code == 200
    assert signed_in(accounts.remote_partner("education")).get(of(person, "write/")).status_code == 403
    assert signed_in(accounts.remote_partner("housing")).get(of(person)).status_code == 404


def test_the_page_takes_as_many_queries_for_one_revision_as_for_ten(worker, person):
    client = signed_in(worker)
    missing.profile(person, worker)
    few = queries_of(client, of(person))
    for after in range(1, 10):
        missing.profile(person, worker, after=after)
    assert queries_of(client, of(person)) == few
