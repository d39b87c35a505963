"""The access review: every grant in force for whoever answers for it, as a page and as a file, and ending one."""

import csv
import io
from datetime import timedelta

import pytest

from tests.factories import accounts, cases, people
from tests.integration.governance.people import CANARY, NOT_REVIEWERS, auditor, given, sealed, text_of
from tests.support.pages import queries_of, signed_in
from trellis.accounts import sessions
from trellis.accounts.models import Agency
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.cases import services
from trellis.core.clocks import now
from trellis.need_to_know.access import can_see_person
from trellis.need_to_know.models import Grant

pytestmark = pytest.mark.django_db

PAGE, FILE = "/governance/access/", "/governance/access/file/"


def rows(client, **asked):
    return client.get(PAGE, asked).context["rows"]


def shown(client, **asked):
    return [(str(row.record), row.who, row.grant.reason) for row in rows(client, **asked)]


def file_rows(client, **asked):
    text = client.get(FILE, asked).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_manager_reviews_the_grants_of_the_children_they_see_and_of_no_others():
    manager, lead = accounts.manager(), accounts.hub_worker(name="Lena Lead")
    case = cases.allocated_case(lead)
    given(people.child(given_name="Unseen"), user=lead)
    found = rows(signed_in(manager))
    assert {row.record.name for row in found} == {"Robin Ashworth"}
    by_who = {row.who: row for row in found}
    assert by_who["Complex Safeguarding Hub"].reach == "1 person"
    assert by_who["Lena Lead, Children's social care"].grant.reason == f"Lead worker of {case}"
    assert {row.until for row in found} == {"No end date"}
    assert {row.opens for row in found} == {"The whole record"}


def test_an_auditor_reviews_every_grant_by_the_reference_and_learns_no_name():
    child = people.child(given_name=CANARY, family_name=CANARY)
    case = cases.open_case(child)
    other = people.child(given_name=CANARY)
    given(other, agency=Agency.objects.get(code="education"), parts=["chronology"])
    response = signed_in(auditor()).get(PAGE)
    page = response.content.decode()
    assert CANARY not in page
    assert case.reference in page
    assert f"Record {str(other.id)[:8]}" in page
    assert "Chronology" in page
    assert len(response.context["rows"]) == 3


def test_a_grant_says_how_long_it_is_given_for_and_how_many_it_reaches():
    child, ends_at = people.child(), now() + timedelta(days=3)
    for _ in range(2):
        accounts.hub_worker()
    accounts.analyst()
    accounts.leaver()
    given(child, agency=Agency.objects.get(code="social_care"), ends_at=ends_at)
    given(child, days_ago=3, user=accounts.hub_worker(), ends_at=now() - timedelta(days=1))
    [row] = rows(signed_in(auditor()))
    assert row.reach == "3 people"
    assert row.until != "No end date"


def test_each_filter_by_itself():
    worker, nurse = accounts.hub_worker(name="Wanda"), accounts.hub_worker(agency="health", name="Nell")
    child = people.child()
    cases.open_case(child)
    given(child, days_ago=100, user=worker, reason="Old", ends_at=now() + timedelta(days=1))
    given(child, days_ago=5, user=nurse, reason="New")
    given(child, agency=Agency.objects.get(code="education"), parts=["missing"], reason="Shared")
    given(child, user=nurse, parts=["emergency"], reason="At the door")
    client = signed_in(auditor())

    def reasons(**asked):
        return sorted(reason for _, _, reason in shown(client, **asked))

    assert len(reasons()) == 6
    assert reasons(team="hub") == ["Open case"]
    assert reasons(agency="health") == ["At the door", "New"]
    assert reasons(agency="education") == reasons(reason="share") == ["Shared"]
    assert reasons(worker=str(worker.id)) == reasons(older="90") == ["Old"]
    assert reasons(reason="case") == ["Open case", "Open case"]
    assert reasons(reason="emergency") == ["At the door"]
    assert reasons(reason="other") == ["New", "Old"]
    assert "Old" not in reasons(endless="on")


def test_a_filter_that_cannot_be_read_is_said_beside_its_field():
    page = signed_in(auditor()).get(PAGE, {"older": "long", "team": "nobodys"}).content.decode()
    assert "Enter the days as a whole number, like 90" in page
    assert "Error: Access review" in page


def test_an_empty_review_says_so():
    assert "No grant is like this." in signed_in(auditor()).get(PAGE).content.decode()


@pytest.mark.parametrize("reviewer", [accounts.manager, auditor], ids=["manager", "auditor"])
def test_the_same_queries_for_2_grants_and_for_40(reviewer):
    client = signed_in(reviewer())
    cases.open_case()
    few = queries_of(client, PAGE)
    for _ in range(19):
        cases.allocated_case(accounts.hub_worker())
    assert queries_of(client, PAGE) == few


@pytest.mark.parametrize("reviewer", [accounts.manager, auditor], ids=["manager", "auditor"])
def test_a_sealed_record_changes_no_byte_of_a_review_but_that_it_is_gone(reviewer):
    """The page and the file are what they were before the record came to be."""
    client, worker = signed_in(reviewer()), accounts.hub_worker()
    cases.open_case(people.child(given_name="Stays"))
    before = text_of(client.get(PAGE)), text_of(client.get(FILE))
    hidden = people.child(given_name="Hidden")
    cases.open_case(hidden)
    given(hidden, user=worker)
    assert len(file_rows(client)) == 5
    sealed(hidden, worker)
    assert (text_of(client.get(PAGE)), text_of(client.get(FILE))) == before


def test_the_file_is_the_list_and_no_cell_of_it_is_a_formula():
    child = people.child(family_name="=HYPERLINK(1)")
    cases.open_case(child)
    given(child, user=accounts.hub_worker(name="+cmd"), reason="@SUM(1)")
    manager = accounts.manager()
    client = signed_in(manager)
    assert len(file_rows(client)) == len(rows(client)) == 3
    cells = [cell for row in file_rows(client, reason="other") for cell in row.values()]
    assert {"'+cmd", "'@SUM(1)"} <= set(cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    event = AuditEvent.objects.filter(action="export", what="access review").first()
    assert (event.actor, event.children) == (manager, [child.id])


def test_the_file_waits_for_a_fresh_sign_in():
    client = signed_in(accounts.manager())
    session = client.session
    session[sessions.CONFIRMED_AT] = 0
    session.save()
    response = client.get(FILE)
    assert response.status_code == 302
    assert response.url.startswith("/sign-in/confirm/")


def test_the_list_is_in_the_log_with_the_children_it_showed():
    case = cases.open_case()
    manager = accounts.manager()
    signed_in(manager).get(PAGE)
    event = AuditEvent.objects.filter(actor=manager, what="access review").get()
    assert (event.action, event.children, event.object_id) == ("read", [case.person_id], None)


def test_a_manager_ends_a_workers_grant_with_a_reason_and_it_opens_nothing_at_once():
    manager, worker, person = accounts.manager(), accounts.remote_partner(), people.child()
    cases.open_case(person)
    grant = given(person, user=worker)
    client = signed_in(manager)
    address = f"/governance/access/{grant.id}/end/"
    assert "Robin Ashworth" in client.get(address).content.decode()
    assert "Choose why it ends" in client.post(address, {"why": ""}).content.decode()
    assert can_see_person(worker, person.id)
    client.post(address, {"why": "too_wide"})
    assert not can_see_person(worker, person.id)
    event = AuditEvent.objects.filter(what="grant", actor=manager).get()
    assert (event.action, event.object_id, event.why) == ("write", grant.id, "It opens more than they need")
    assert client.get(address).status_code == 404


def test_what_an_allocation_or_a_case_gives_is_ended_with_these_and_the_words_say_so():
    lead = accounts.hub_worker()
    case = cases.allocated_case(lead)
    client = signed_in(accounts.manager())

    def refusal(grant):
        response = client.post(f"/governance/access/{grant.id}/end/", {"why": "moved"})
        assert response.status_code == 403
        assert Grant.objects.in_force().filter(id=grant.id).exists()
        return response.content.decode()

    assert "Allocate it to somebody else first." in refusal(Grant.objects.get(user=lead))
    assert "It ends with these." in refusal(Grant.objects.get(team__code="hub"))
    with recorded(accounts.manager()) as trail:
        services.allocate_case(case=case, worker=accounts.hub_worker(), by=trail.actor)
    assert not Grant.objects.in_force().filter(user=lead).exists()


def test_nobody_ends_a_grant_they_do_not_see_or_may_not_end():
    seen, unseen = people.child(), people.child()
    cases.open_case(seen)
    grant, other = given(seen, user=accounts.hub_worker()), given(unseen, user=accounts.hub_worker())
    assert signed_in(accounts.manager()).post(f"/governance/access/{other.id}/end/").status_code == 404
    for role in [*NOT_REVIEWERS, auditor]:
        client = signed_in(role())
        assert client.get(f"/governance/access/{grant.id}/end/").status_code == 403
        assert client.post(f"/governance/access/{grant.id}/end/", {"why": "moved"}).status_code == 403
    assert Grant.objects.in_force().filter(id=grant.id).exists()
