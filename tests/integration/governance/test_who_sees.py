"""Who sees this record: who may, for whoever has the whole record; who did, for the lead worker and managers."""

import pytest

from tests.factories import accounts, cases
from tests.integration.governance.people import auditor, given, happened, opens, sealed
from tests.support.context import SEES_ALL
from tests.support.pages import queries_of, signed_in
from trellis.accounts.models import Agency
from trellis.audit_log.models import AuditEvent
from trellis.cases import child_pages
from trellis.core.clocks import now
from trellis.core.row_context import asked_by
from trellis.need_to_know.models import Exclusion

pytestmark = pytest.mark.django_db


def address(person):
    return f"/children/{person.id}/access/"


def test_whoever_sees_the_record_reads_who_may_see_it_and_why():
    lead = accounts.hub_worker(name="Lena Lead")
    case = cases.allocated_case(lead)
    given(case.person, agency=Agency.objects.get(code="education"), parts=["chronology"], reason="Joint plan")
    response = signed_in(accounts.hub_worker()).get(address(case.person))
    grants = [(row.who, row.grant.reason, row.opens) for row in response.context["grants"]]
    assert ("Lena Lead, Children's social care", f"Lead worker of {case}", "The whole record") in grants
    assert ("Education", "Joint plan", "Chronology") in grants
    assert {who for who, *_ in grants} >= {"Complex Safeguarding Hub", "Hub management"}
    page = response.content.decode()
    assert "No end date" in page
    assert 'aria-current="page"' in page


def test_the_lead_worker_and_managers_read_who_opened_it_and_others_do_not():
    lead, other, manager = accounts.hub_worker(name="Lena"), accounts.hub_worker(name="Otto"), accounts.manager()
    person = cases.allocated_case(lead).person
    for _ in range(2):
        opens(other, person)
    for user in (lead, manager):
        response = signed_in(user).get(address(person))
        opened = {each.actor.name: each.times for each in response.context["opened"].by}
        assert opened["Otto"] == 2
        assert response.context["latest"][-1].through == ["Open case"]
        assert "Who opened it" in response.content.decode()
    response = signed_in(other).get(address(person))
    assert response.context["opened"] is None
    assert "Who opened it" not in response.content.decode()


def test_only_the_last_fifty_openings_are_listed_one_by_one():
    lead = accounts.hub_worker()
    person = cases.allocated_case(lead).person
    happened(accounts.hub_worker(), person, times=60)
    response = signed_in(lead).get(address(person))
    assert len(response.context["latest"]) == 50
    assert max(each.times for each in response.context["opened"].by) == 60


def test_opening_this_page_is_in_the_log():
    lead = accounts.hub_worker()
    person = cases.allocated_case(lead).person
    signed_in(lead).get(address(person))
    event = AuditEvent.objects.filter(actor=lead, what="who sees this record").get()
    assert (event.action, event.object_id) == ("read", person.id)


@pytest.mark.parametrize("role", [accounts.leaver, accounts.analyst, auditor], ids=lambda role: role.__name__)
def test_who_reads_no_records_is_refused(role):
    assert signed_in(role()).get(address(cases.open_case().person)).status_code == 403


def test_who_does_not_see_the_whole_record_learns_nothing_here():
    person = cases.open_case().person
    partner = accounts.remote_partner()
    assert signed_in(partner).get(address(person)).status_code == 404
    given(person, user=partner, parts=["chronology"])
    client = signed_in(partner)
    assert client.get(address(person)).status_code == 404
    assert address(person) not in client.get(f"/children/{person.id}/").content.decode()


def test_nothing_here_tells_of_an_exclusion_and_a_sealed_record_is_not_found():
    reader, kept = accounts.hub_worker(), accounts.hub_worker(name="Kept Apart")
    person = cases.open_case().person
    before = signed_in(reader).get(address(person))
    with asked_by(SEES_ALL):
        Exclusion.objects.create(person=person, user=kept, reason="Her aunt", starts_at=now())
    after = signed_in(reader).get(address(person))
    assert [(row.who, row.people) for row in after.context["grants"]] == [
        (row.who, row.people) for row in before.context["grants"]
    ]
    assert "Kept Apart" not in after.content.decode()
    sealed(person)
    assert signed_in(reader).get(address(person)).status_code == 404


def test_a_section_of_another_part_of_the_system_stands_here_or_leaves_no_trace(monkeypatch):
    lead = accounts.hub_worker()
    person = cases.allocated_case(lead).person

    def section(user, of):
        assert of == person
        return child_pages.Section("governance/_record.html", {}) if user == lead else None

    monkeypatch.setattr(child_pages, "ACCESS_SECTIONS", [section])
    assert len(signed_in(lead).get(address(person)).context["sections"]) == 1
    assert signed_in(accounts.hub_worker()).get(address(person)).context["sections"] == []


def test_the_same_queries_however_many_may_see_it_and_opened_it():
    lead = accounts.hub_worker()
    person = cases.allocated_case(lead).person
    opens(lead, person)
    client = signed_in(lead)
    few = queries_of(client, address(person))
    for _ in range(20):
        worker = accounts.hub_worker()
        given(person, user=worker)
        opens(worker, person)
    assert queries_of(client, address(person)) == few
