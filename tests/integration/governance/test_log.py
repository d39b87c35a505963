"""The audit log as an auditor reads it: what it shows of whom, what it leaves out, and the file of it."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories import accounts, cases, people
from tests.integration.governance.people import CANARY, auditor, given, happened, opens, sealed, text_of
from tests.support.pages import day_boxes, queries_of, signed_in
from trellis.accounts import sessions
from trellis.accounts.models import Membership, Role, Team
from trellis.audit_log.models import Action, AuditEvent
from trellis.core.clocks import now, today
from trellis.governance.queries import log as log_queries

pytestmark = pytest.mark.django_db

PAGE, FILE = "/governance/log/", "/governance/log/file/"


def typed(**changes):
    return {"record": "", "who": "", "agency": "", "action": "", "what": "", **changes}


def whats(response):
    return [row.event.what for row in response.context["rows"]]


def asked(client, **fields):
    """What the form leads to."""
    response = client.post(PAGE, typed(**fields))
    assert response.status_code == 302, response.context["form"].errors
    return client.get(response.url)


def file_rows(client, **query):
    response = client.get(FILE, query)
    return list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_a_row_says_who_did_what_to_which_record_why_and_through_which_grant():
    worker, person = accounts.hub_worker(name="Wanda"), people.child(given_name=CANARY, family_name=CANARY)
    case = cases.open_case(person)
    opens(worker, person)
    response = signed_in(auditor()).get(PAGE)
    row = response.context["rows"][0]
    assert (row.who, row.agency, row.did, row.event.what) == ("Wanda", "Children's social care", "Read", "overview")
    assert [str(record) for record in row.records] == [case.reference]
    assert row.through == ["Open case"]
    page = response.content.decode()
    assert CANARY not in page
    assert row.request in page


def test_the_name_is_there_only_for_an_auditor_who_may_see_the_child():
    seen, unseen = people.child(given_name="Seen"), people.child(given_name=CANARY)
    reader = accounts.member("hub", "practitioner")
    Membership.objects.create(
        user=reader,
        team=Team.objects.get(code="analysis"),
        role=Role.objects.get(code="auditor"),
        starts_on=today(),
    )
    given(seen, user=reader)
    happened(reader, seen)
    happened(reader, unseen)
    client = signed_in(reader)
    page = client.get(PAGE).content.decode()
    assert "Seen Ashworth" in page
    assert CANARY not in page
    assert CANARY not in str(file_rows(client))


def test_each_filter_by_itself():
    worker, nurse = accounts.hub_worker(), accounts.hub_worker(agency="health")
    person, other = people.child(), people.child()
    reference = cases.open_case(person).reference
    happened(worker, person, what="overview")
    happened(nurse, other, what="referral", action=Action.EXPORT, at=now() - timedelta(days=3))
    client, before = signed_in(auditor()), today() - timedelta(days=3)
    assert "overview" in whats(asked(client, who=str(worker.id)))
    assert whats(asked(client, who=str(nurse.id))) == whats(asked(client, agency="health")) == ["referral"]
    assert whats(asked(client, action="export")) == whats(asked(client, what="referral")) == ["referral"]
    assert whats(asked(client, record=str(other.id))) == ["referral"]
    assert "overview" in whats(asked(client, record=reference.lower()))
    assert whats(asked(client, **day_boxes("from_day", before), **day_boxes("to_day", before))) == ["referral"]


def test_no_name_and_no_reference_stands_in_an_address():
    case = cases.open_case()
    response = signed_in(auditor()).post(PAGE, typed(record=case.reference))
    assert response.url == f"{PAGE}?record={case.person_id}"


def test_what_cannot_be_asked_is_said_beside_its_field():
    client = signed_in(auditor())
    page = client.post(PAGE, typed(record="CSH-NOBODY")).content.decode()
    assert "No record has this reference or id: check how it is written" in page
    days = {**day_boxes("from_day", today()), **day_boxes("to_day", today() - timedelta(days=1))}
    assert "The last day is before the first" in client.post(PAGE, typed(**days)).content.decode()
    assert client.get(PAGE, {"record": "x", "from_day": "31 May", "before": str(uuid4())}).status_code == 200


def test_an_empty_log_says_so():
    page = signed_in(auditor()).get(PAGE, {"what": "nothing of the kind"}).content.decode()
    assert "Nothing like this stands in the log." in page


def test_older_events_are_on_the_next_pages_and_each_is_there_once():
    worker, person = accounts.hub_worker(), people.child()
    made = happened(worker, person, times=120)
    client = signed_in(auditor())
    query, seen = f"who={worker.id}", []
    while query:
        response = client.get(f"{PAGE}?{query}")
        seen += [row.event.event_key for row in response.context["rows"]]
        query = response.context["older"]
    assert seen == [event.event_key for event in reversed(made)]


def test_a_sealed_record_is_in_no_list_count_or_file():
    """The page, what may be chosen on it, and the file are what they were before the record came to be."""
    worker, visible = accounts.hub_worker(), people.child()
    happened(worker, visible)
    happened(worker, visible, what="missing desk", object_id=None)
    happened(worker, action=Action.SEARCH, what="search")
    client, query = signed_in(auditor()), {"who": str(worker.id)}

    def seen():
        events = [(row.who, row.did, row.event.what, [str(r) for r in row.records]) for row in rows(query)]
        return events, [(row["To what"], row["Records"]) for row in file_rows(client, **query)]

    def rows(query):
        return client.get(PAGE, query).context["rows"]

    before = seen()
    hidden = people.child(given_name="Hidden")
    happened(worker, hidden, what="of the hidden")
    assert len(rows(query)) == 4
    sealed(hidden, worker)
    assert seen() == before
    assert "of the hidden" not in client.get(PAGE).content.decode()
    happened(worker, visible, hidden, what="missing desk")
    assert [str(record) for record in rows(query)[0].records] == [f"Record {str(visible.id)[:8]}"]


def test_who_asks_for_a_sealed_record_gets_what_they_would_get_for_none():
    hidden = people.child()
    case = cases.open_case(hidden)
    happened(accounts.hub_worker(), hidden, people.child(), what="missing desk")
    sealed(hidden)
    client = signed_in(auditor())
    for known in (case.reference, str(hidden.id)):
        assert "No record has this reference" in client.post(PAGE, typed(record=known)).content.decode()
    there, nowhere = hidden.id, uuid4()
    assert text_of(client.get(PAGE, {"record": there})).replace(str(there), "") == text_of(
        client.get(PAGE, {"record": nowhere})
    ).replace(str(nowhere), "")


def test_a_holder_of_the_seal_reads_what_was_done_to_the_record():
    hidden, reader = people.child(), auditor()
    happened(accounts.hub_worker(), hidden, what="of the hidden")
    sealed(hidden, reader)
    assert "of the hidden" in whats(signed_in(reader).get(PAGE))


def test_looking_at_the_log_is_in_the_log():
    reader, person = auditor(), people.child()
    signed_in(reader).get(PAGE, {"record": str(person.id)})
    event = AuditEvent.objects.filter(actor=reader, what="audit log").get()
    assert (event.action, event.object_id, event.children) == ("read", person.id, [])


def test_the_file_holds_the_events_asked_for_and_no_formula():
    worker = accounts.hub_worker(name="=cmd|' /C calc'!A0")
    happened(worker, people.child(), why="+44", times=3)
    reader = auditor()
    rows = file_rows(signed_in(reader), who=str(worker.id))
    assert len(rows) == 3
    assert (rows[0]["Who"], rows[0]["Why"]) == ("'=cmd|' /C calc'!A0", "'+44")
    assert AuditEvent.objects.filter(actor=reader, action="export", what="audit log").count() == 1


def test_a_file_that_would_be_too_long_is_cut_and_says_so(monkeypatch):
    monkeypatch.setattr(log_queries, "FILE_ROWS", 25)
    monkeypatch.setattr(log_queries, "CHUNK", 10)
    worker = accounts.hub_worker()
    happened(worker, people.child(), times=30)
    rows = file_rows(signed_in(auditor()), who=str(worker.id))
    assert len(rows) == 26
    assert rows[-1]["When"].startswith("Cut: only the newest")


def test_the_file_waits_for_a_fresh_sign_in():
    client = signed_in(auditor())
    session = client.session
    session[sessions.CONFIRMED_AT] = 0
    session.save()
    response = client.get(FILE, {"action": "read"})
    assert response.status_code == 302
    assert response.url.startswith("/sign-in/confirm/")


def test_the_same_queries_for_2_events_and_for_50():
    client = signed_in(auditor())
    for _ in range(2):
        happened(accounts.hub_worker(), cases.open_case().person)
    few = queries_of(client, PAGE)
    for _ in range(40):
        happened(accounts.hub_worker(), cases.open_case().person)
    assert queries_of(client, PAGE) == few
