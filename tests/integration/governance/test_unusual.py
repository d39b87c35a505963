"""Unusual access: what each rule finds and does not, what reviewers make of it, and who learns of it."""

from datetime import date, timedelta

import pytest

from tests.factories import accounts, cases, people
from tests.integration.governance.people import CANARY, auditor, happened, hour, sealed, text_of
from tests.support.context import SEES_ALL
from tests.support.pages import new_key, queries_of, signed_in
from trellis.audit_log.models import Action, AuditEvent
from trellis.audit_log.trail import recorded
from trellis.core.row_context import asked_by
from trellis.governance.models import Rule, UnusualAccessReview
from trellis.governance.queries.unusual import unusual
from trellis.people.models import Alias, Relationship

pytestmark = pytest.mark.django_db

PAGE = "/governance/unusual/"


@pytest.fixture
def by_day():
    return hour(11)


@pytest.fixture
def by_night():
    return hour(3)


def found(days=30):
    """Rule, worker and record or day of everything found."""
    reader = auditor()
    with recorded(reader):
        return {(f.rule, f.worker, f.child or f.on) for f in unusual(reader, days)}


def rules():
    return {rule for rule, _, _ in found()}


def read(worker, person, at=None):
    happened(worker, person, at=at or hour(11))


def adult(given_name, family_name, **fields):
    return people.child(
        given_name=given_name, family_name=family_name, date_of_birth=date(1980, 1, 1), postcode="M1 1ZZ", **fields
    )


def related(person, other, **fields):
    with asked_by(SEES_ALL):
        Relationship.objects.create(person=person, other=other, kind="parent", starts_on=date(2020, 1, 1), **fields)


def test_reading_in_working_hours_what_is_nobodys_family_is_no_finding():
    read(accounts.hub_worker(name="Ashley Robin"), people.child())
    assert found() == set()


@pytest.mark.parametrize(
    ("worker", "child"),
    [
        ("Lena Ashworth", "Ashworth"),
        ("Dr Siân O'Neil-Smith", "O’Neil-Smith"),
        ("José Peña", "PENA"),
    ],
)
def test_a_record_with_the_workers_own_name(worker, child):
    reader, person = accounts.hub_worker(name=worker), people.child(family_name=child)
    read(reader, person)
    assert found() == {(Rule.OWN_NAME, reader, person.id)}


def test_another_name_the_young_person_goes_by_counts_and_their_given_name_does_not():
    reader = accounts.hub_worker(name="Lena Robin")
    read(reader, people.child(given_name="Robin"))
    assert found() == set()
    other = people.child()
    with asked_by(SEES_ALL):
        Alias.objects.create(person=other, name="Bobby Robin")
    read(reader, other)
    assert found() == {(Rule.OWN_NAME, reader, other.id)}


def test_a_record_at_the_workers_own_address():
    reader, person = accounts.hub_worker(home_postcode="M14 9zz"), people.child(postcode="M149ZZ")
    read(reader, person)
    read(accounts.hub_worker(home_postcode=""), people.child(postcode=""))
    assert found() == {(Rule.OWN_ADDRESS, reader, person.id)}


def test_a_record_of_a_colleagues_family():
    colleague = accounts.hub_worker(name="Nell Unusual", home_postcode="M20 1AA")
    reader = accounts.hub_worker()
    by_household = people.child(family_name="Unusual", postcode="M201AA")
    by_relation = people.child()
    related(by_relation, adult("Nell", "Unusual"))
    of_a_sibling = people.child()
    related(of_a_sibling, people.child(given_name="Nell", family_name="Unusual"))
    for person in (by_household, by_relation, of_a_sibling, people.child(family_name="Unusual")):
        read(reader, person)
    assert found() == {(Rule.COLLEAGUE, reader, by_household.id), (Rule.COLLEAGUE, reader, by_relation.id)}
    read(colleague, by_relation)
    assert (Rule.OWN_NAME, colleague, by_relation.id) in found()


def test_first_opened_outside_working_hours_without_an_allocation(by_night):
    reader, person = accounts.hub_worker(), people.child()
    read(reader, person, by_night)
    assert found() == {(Rule.OUT_OF_HOURS, reader, person.id)}


def test_who_knows_the_record_may_open_it_by_night(by_night):
    earlier, lately, lead = accounts.hub_worker(), accounts.hub_worker(), accounts.hub_worker()
    case = cases.allocated_case(lead)
    with asked_by(SEES_ALL):
        case.allocations.update(starts_on=by_night.date() - timedelta(days=1))
    read(earlier, case.person, hour(11, 60))
    read(lately, case.person, hour(11, 2))
    for worker in (earlier, lately, lead):
        read(worker, case.person, by_night)
    assert not {worker for rule, worker, _ in found() if rule == Rule.OUT_OF_HOURS} & {earlier, lately, lead}


def test_a_weekend_is_outside_working_hours(by_day):
    saturday = by_day - timedelta(days=(by_day.weekday() + 2) % 7)
    read(accounts.hub_worker(), people.child(), saturday)
    assert rules() == {Rule.OUT_OF_HOURS}


def test_standing_in_a_list_is_no_opening(by_night):
    worker, person = accounts.hub_worker(name="Lena Ashworth"), people.child()
    happened(worker, person, at=by_night, what="missing desk", object_id=None)
    happened(worker, person, people.child(), at=by_night, what="missing desk")
    assert found() == set()


@pytest.mark.parametrize(
    ("action", "most", "rule"), [(Action.SEARCH, 40, Rule.SEARCHES), (Action.REFUSE, 10, Rule.REFUSALS)]
)
def test_so_many_in_one_day(action, most, rule, by_day):
    enough, fewer = accounts.hub_worker(), accounts.hub_worker()
    happened(enough, at=by_day, action=action, times=most)
    happened(fewer, at=by_day, action=action, times=most - 1)
    happened(fewer, at=by_day - timedelta(days=1), action=action, times=most - 1)
    assert found() == {(rule, enough, by_day.date())}


def test_only_the_period_asked_for_counts(by_day):
    read(accounts.hub_worker(name="Lena Ashworth"), people.child(), by_day - timedelta(days=40))
    assert found(days=30) == set()
    assert Rule.OWN_NAME in {rule for rule, *_ in found(days=90)}


def test_the_auditor_reads_the_reference_and_the_rule_and_no_name():
    worker = accounts.hub_worker(name="Lena Ashworth")
    person = people.child(given_name=CANARY)
    case = cases.open_case(person)
    read(worker, person)
    client = signed_in(auditor())
    page = client.get(PAGE).content.decode()
    assert "Lena Ashworth" in page
    assert "A record with the worker&#x27;s own name" in page
    assert case.reference in page
    one = client.get(f"{PAGE}own_name/{worker.id}/{person.id}/").content.decode()
    assert "The family name is the worker&#x27;s own" in one
    assert CANARY not in page + one


def test_a_sealed_record_is_in_no_finding():
    worker, hidden = accounts.hub_worker(name="Lena Ashworth"), people.child()
    client = signed_in(auditor())
    before = text_of(client.get(PAGE))
    read(worker, hidden)
    address = f"{PAGE}own_name/{worker.id}/{hidden.id}/"
    assert client.get(address).status_code == 200
    sealed(hidden, worker)
    assert text_of(client.get(PAGE)) == before
    assert client.get(address).status_code == 404


def test_a_sealed_parent_makes_no_finding_of_their_child():
    parent, person = adult("Nell", "Unusual"), people.child()
    accounts.hub_worker(name="Nell Unusual")
    related(person, parent)
    read(accounts.hub_worker(), person)
    assert rules() == {Rule.COLLEAGUE}
    sealed(parent)
    assert found() == set()


def reviewed(client, address, **changes):
    return client.post(address, {"form_key": new_key(), "outcome": "explained", "reason": "His twin", **changes})


def test_a_reviewer_says_what_they_made_of_it_and_it_waits_no_longer():
    worker, person, reader = accounts.hub_worker(name="Lena Ashworth"), people.child(), auditor(name="Olu")
    read(worker, person)
    client, address = signed_in(reader), f"{PAGE}own_name/{worker.id}/{person.id}/"
    assert "1 finding" in client.get(PAGE).content.decode()
    assert reviewed(client, address).status_code == 302
    assert "Nothing is waiting here." in client.get(PAGE).content.decode()
    shown = client.get(PAGE, {"state": "all"}).content.decode()
    assert "Explained" in shown
    one = client.get(address).content.decode()
    assert "His twin" in one
    assert "Olu" in one
    event = AuditEvent.objects.filter(what="unusual access review").get()
    assert (event.actor, event.action, event.children) == (reader, "write", [person.id])
    assert "His twin" not in event.why


def test_what_is_opened_after_the_review_is_a_new_question(by_day):
    worker, person = accounts.hub_worker(name="Lena Ashworth"), people.child()
    read(worker, person)
    client, address = signed_in(auditor()), f"{PAGE}own_name/{worker.id}/{person.id}/"
    reviewed(client, address, outcome="follow_up")
    assert "To be followed up" in client.get(PAGE, {"state": "follow_up"}).content.decode()
    read(worker, person, by_day + timedelta(hours=1))
    page = client.get(PAGE).content.decode()
    assert "Opened again since" in page


def test_a_day_of_many_searches_is_reviewed_too(by_day):
    worker = accounts.hub_worker()
    happened(worker, at=by_day, action=Action.SEARCH, times=40)
    client, address = signed_in(auditor()), f"{PAGE}searches/{worker.id}/{by_day.date()}/"
    assert "40 searches" in client.get(address).content.decode()
    reviewed(client, address)
    assert "Nothing is waiting here." in client.get(PAGE).content.decode()


def test_fifty_copies_of_one_review_make_one():
    worker, person = accounts.hub_worker(name="Lena Ashworth"), people.child()
    read(worker, person)
    client, key = signed_in(auditor()), new_key()
    for _ in range(50):
        assert reviewed(client, f"{PAGE}own_name/{worker.id}/{person.id}/", form_key=key).status_code == 302
    with asked_by(SEES_ALL):
        assert UnusualAccessReview.objects.count() == 1


def test_a_review_without_outcome_or_reason_says_what_is_needed():
    worker, person = accounts.hub_worker(name="Lena Ashworth"), people.child()
    read(worker, person)
    address = f"{PAGE}own_name/{worker.id}/{person.id}/"
    page = reviewed(signed_in(auditor()), address, outcome="", reason=" ").content.decode()
    assert "Choose what you make of it" in page
    assert "Enter why" in page


def test_nobody_judges_what_they_opened_themselves():
    reader, person = auditor(name="Lena Ashworth"), people.child()
    read(reader, person)
    client, address = signed_in(reader), f"{PAGE}own_name/{reader.id}/{person.id}/"
    assert "Somebody else looks at it." in client.get(address).content.decode()
    assert reviewed(client, address).status_code == 403


def test_a_finding_there_is_not_is_not_found():
    worker, client = accounts.hub_worker(), signed_in(auditor())
    for about in (people.child().id, "2026-13-45", "2026-01-02"):
        assert client.get(f"{PAGE}own_name/{worker.id}/{about}/").status_code == 404


@pytest.mark.parametrize("role", [accounts.manager, accounts.hub_worker, accounts.remote_partner])
def test_only_who_reads_the_log_reviews_unusual_access(role):
    worker, person = accounts.hub_worker(name="Lena Ashworth"), people.child()
    read(worker, person)
    client = signed_in(role())
    assert client.get(PAGE).status_code == 403
    address = f"{PAGE}own_name/{worker.id}/{person.id}/"
    assert client.get(address).status_code == 403
    assert reviewed(client, address).status_code == 403


def test_the_same_queries_for_one_finding_and_for_twenty():
    client = signed_in(auditor())
    read(accounts.hub_worker(name="Lena Ashworth"), people.child())
    few = queries_of(client, PAGE)
    for _ in range(19):
        read(accounts.hub_worker(name="Lena Ashworth"), cases.open_case().person)
    assert queries_of(client, PAGE) == few
