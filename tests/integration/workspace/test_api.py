"""The API: what the pages show, as JSON, through the same doors; every error a problem document."""

import json
import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import OperationalError
from django.test import Client

from tests.factories import accounts, cases, missing, people, sharing
from tests.factories.prepared import prepared
from tests.support.pages import queries_of, signed_in
from trellis.accounts.models import Agency
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.cases import services
from trellis.cases.models import ChronologyEntry
from trellis.core.clocks import now
from trellis.core.protection import Part
from trellis.need_to_know.codes import Coding
from trellis.need_to_know.services import grant_sight
from trellis.workspace.api.application import api
from trellis.workspace.api.signed_in import SignedIn, Throttle

pytestmark = pytest.mark.django_db
NOBODY = UUID("00000000-0000-4000-8000-000000000000")
CANARY = "raw-canary"


@pytest.fixture(autouse=True)
def _no_requests_counted_yet(monkeypatch):
    monkeypatch.setattr(SignedIn, "throttle", Throttle())


@pytest.fixture
def lead():
    return accounts.hub_worker(name="Lena Lead")


@pytest.fixture
def officer():
    return accounts.hub_worker(agency="police", name="Omar Officer")


@pytest.fixture
def person(lead):
    return cases.allocated_case(lead, people.child(known_as="Rob", own_words="I want my own school back.")).person


def address(person, more=""):
    return f"/api/children/{person.id}/{more}"


def note_of(by, person, **fields):
    with recorded(by):
        written = {"happened_at": now(), "title": "Seen by the arcade", "body": "", "significance": 1, **fields}
        return services.add_note(person=person, by=by, **written)


def entries(count, person, by):
    ChronologyEntry.objects.bulk_create(
        ChronologyEntry(
            person=person, kind="note", agency=by.agency, handling="P", recorded_by=by,
            happened_at=now() - timedelta(days=n // 3), title=f"Entry {n}",
        )
        for n in range(count)
    )  # fmt: skip


def shared_parts(person, user, *parts):
    with prepared():
        grant_sight(person=person, agency=user.agency, parts=parts, reason="Shared", by=None)


def problem_of(response, status):
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    said = response.json()
    assert said["status"] == status
    assert {"type", "title"} <= set(said)
    return said


def all_of(client, path):
    """Every item of a list, page by page."""
    items, onward = [], ""
    while onward is not None:
        page = client.get(f"{path}{'&' if '?' in path else '?'}limit=4&after={onward}").json()
        items, onward = items + page["items"], page["next"]
    return items


def test_who_asks(lead):
    said = signed_in(lead).get("/api/me/").json()
    assert (said["name"], said["agency"]["code"]) == ("Lena Lead", "social_care")
    assert "CHILD_READ" in said["permissions"]


def test_the_young_people_whose_record_opens(lead, person):
    hidden = people.child(given_name="Hidden")
    response = signed_in(lead).get("/api/children/")
    assert response["Cache-Control"] == "no-store"
    assert response.json()["items"] == [
        {"id": str(person.id), "name": "Robin Ashworth", "age": person.age, "lead_worker": "Lena Lead"}
    ]
    event = AuditEvent.objects.get(what="api: children")
    assert (event.actor, event.children) == (lead, [person.id])
    assert event.grants
    assert signed_in(accounts.remote_partner()).get("/api/children/").json() == {"items": [], "next": None}
    assert hidden.id not in event.children


def test_lists_go_on_where_they_stopped(lead, person):
    for number in range(9):
        cases.open_case(people.child(given_name=f"Child {number}"))
    missing.returned_child(person)
    entries(11, person, lead)
    client = signed_in(lead)
    for path, count in (("/api/children/", 10), (address(person, "chronology/"), person.chronology.count())):
        items = all_of(client, path)
        assert len(items) == count
        assert len({item["id"] for item in items}) == count
    happened = [item["happened_at"] for item in all_of(client, address(person, "chronology/"))]
    assert happened == sorted(happened, reverse=True)
    assert len(all_of(client, address(person, "missing/"))) == 1


def test_a_young_person(lead, person):
    said = signed_in(lead).get(address(person)).json()
    assert said["own_words"] == "I want my own school back."
    assert said["workers"][0]["name"] == "Lena Lead"
    assert "chronology" in said["parts"]
    assert said["marking"].startswith("SYNTHETIC")
    assert "date_of_birth" not in said
    assert "postcode" not in said
    assert AuditEvent.objects.filter(what="api: child", children=[person.id]).exists()


def test_a_chronology_says_what_may_be_done_with_each_entry(lead, officer, person):
    coding = Coding("C", "Ask Omar", (lead.agency_id,))
    note_of(officer, person, coding=coding, raw=CANARY, lawful_basis="law_enforcement")
    note_of(officer, person, title="Theirs alone", coding=Coding("C", "No", (officer.agency_id,)))
    response = signed_in(lead).get(address(person, "chronology/?kind=note"))
    [entry] = response.json()["items"]
    assert entry["handling"] == {
        "owner": {"code": "police", "name": "Police"},
        "code": "C",
        "words": "Lawful sharing permitted with conditions: Ask Omar. Limited to Children's social care",
        "conditions": "Ask Omar",
        "limited_to": [{"code": "social_care", "name": "Children's social care"}],
        "lawful_basis": "law_enforcement",
        "purpose": "safeguarding",
    }
    for user in (lead, officer):
        for path in ("", "chronology/", "missing/"):
            assert CANARY not in signed_in(user).get(address(person, path)).content.decode()
    assert AuditEvent.objects.filter(what="api: chronology", actor=lead, children=[person.id]).exists()


def test_a_chronology_is_chosen_from(lead, officer, person):
    entries(3, person, lead)
    note_of(officer, person, significance=3)
    client = signed_in(lead)
    asked = {"agency=police": 1, "significance=3": 1, "kind=note": 4, "agency=nobody": 0, "as_at=2020-01-01": 0}
    for query, count in asked.items():
        assert len(client.get(address(person, f"chronology/?{query}")).json()["items"]) == count, query


def test_missing_episodes(lead, person):
    missing.returned_child(person)
    episode = person.missing_episodes.get()
    [said] = signed_in(lead).get(address(person, "missing/")).json()["items"]
    assert said["id"] == str(episode.id)
    assert said["interview"]["status"]
    missing.missing_child(person)
    latest = signed_in(lead).get(address(person, "missing/")).json()["items"][0]
    assert (latest["status"], latest["interview"]) == ("missing", None)


def test_a_search_goes_by_post_with_the_token(lead, person):
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(lead).cookies
    asked = json.dumps({"q": "Ashworth"})
    said = problem_of(client.post("/api/children/search/", asked, content_type="application/json"), 403)
    assert "X-CSRFToken" in said["detail"]
    client.get("/children/")
    token = client.cookies["trellis_csrf"].value
    response = client.post(
        "/api/children/search/", asked, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert [item["name"] for item in response.json()["items"]] == ["Robin Ashworth"]
    event = AuditEvent.objects.get(action="search")
    assert (event.actor, event.children) == (lead, [person.id])
    assert "Ashworth" not in f"{event.what}{event.why}"


def test_a_limited_share_opens_only_its_parts(person):
    partner = accounts.remote_partner()
    shared_parts(person, partner, Part.MISSING)
    client = signed_in(partner)
    said = client.get(address(person)).json()
    assert said["parts"] == ["identity", "missing"]
    assert said["statuses"] == []
    assert client.get(address(person, "missing/")).status_code == 200
    problem_of(client.get(address(person, "chronology/")), 404)


@pytest.mark.parametrize("more", ["", "chronology/", "missing/"])
def test_allocated_same_agency_other_agency(lead, person, more):
    assert signed_in(lead).get(address(person, more)).status_code == 200
    for outsider in (accounts.remote_partner("social_care"), accounts.remote_partner()):
        client = signed_in(outsider)
        hidden, none = client.get(address(person, more)), client.get(f"/api/children/{NOBODY}/{more}")
        problem_of(hidden, 404)
        assert (hidden.status_code, hidden.content) == (none.status_code, none.content)
        assert dict(hidden.headers) == dict(none.headers)
        assert client.get("/api/nothing/of/the/kind").content == none.content


def test_who_may_not_is_told_why(person):
    said = problem_of(signed_in(accounts.analyst()).get(address(person)), 403)
    assert said["detail"] == "Your role does not include reading young people's records."


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_refusal_outlives_the_request_it_ended():
    """ninja answers exceptions itself: the log must hear of them all the same."""
    outsider, analyst, person = accounts.remote_partner(), accounts.analyst(), cases.open_case().person
    problem_of(signed_in(outsider).get(address(person, "chronology/")), 404)
    problem_of(signed_in(analyst).get(address(person)), 403)
    problem_of(signed_in(outsider).get("/api/nowhere"), 404)
    told = [(event.actor, event.what, event.object_id) for event in AuditEvent.objects.filter(action="refuse")]
    assert told[::-1] == [
        (outsider, "api: chronology", person.id),
        (analyst, "child_read", None),
        (outsider, "page", None),
    ]
    assert not AuditEvent.objects.filter(action="read").exists()


@pytest.mark.parametrize("path", ["/api/", "/api/me/", "/api/children/", f"/api/children/{NOBODY}/", "/api/x"])
def test_who_is_not_signed_in_is_told_so_and_sent_nowhere(path):
    said = problem_of(Client().get(path), 401)
    assert "/sign-in/" in said["detail"]
    problem_of(Client().post("/api/children/search/", "{}", content_type="application/json"), 401)


def test_a_session_past_its_end_opens_nothing(lead):
    client = signed_in(lead)
    session = client.session
    session["used_at"] = 0
    session.save()
    problem_of(client.get("/api/me/"), 401)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("limit=0", "limit"), ("limit=1000", "limit"), ("after=%C3%A9", "after"), ("after=Zm9v", "after")],
)
def test_what_cannot_be_read_is_named(lead, query, parameter):
    said = problem_of(signed_in(lead).get(f"/api/children/?{query}"), 422)
    assert [error["parameter"] for error in said["errors"]] == [parameter]
    assert said["errors"][0]["detail"]


def test_what_is_wrong_with_a_body_is_pointed_at_and_not_said_back(lead, person):
    client = signed_in(lead)
    for body, pointer in (({}, "#/q"), ({"q": ""}, "#/q"), ({"q": "x" * 201}, "#/q"), ({"q": "??"}, "#/q")):
        said = problem_of(client.post("/api/children/search/", body, content_type="application/json"), 422)
        assert said["errors"][0]["pointer"] == pointer
        assert "xxx" not in json.dumps(said)
    problem_of(client.post("/api/children/search/", "no json", content_type="application/json"), 400)
    problem_of(client.get(address(person, "chronology/?as_at=tomorrow&significance=9")), 422)


def test_another_method_is_a_problem_too(lead, person):
    for method in ("post", "put", "delete", "patch"):
        response = getattr(signed_in(lead), method)(address(person))
        problem_of(response, 405)
        assert response["Allow"] == "GET"


def test_too_many_requests_wait(lead, monkeypatch):
    moment = [1000.0]
    monkeypatch.setattr(SignedIn, "throttle", Throttle(most=3, clock=lambda: moment[0]))
    client, other = signed_in(lead), signed_in(accounts.hub_worker())
    for _ in range(3):
        assert client.get("/api/me/").status_code == 200
    response = client.get("/api/me/")
    problem_of(response, 429)
    assert response["Retry-After"] == "60"
    assert other.get("/api/me/").status_code == 200
    moment[0] += 61
    assert client.get("/api/me/").status_code == 200


def test_a_database_that_fails_is_said_without_what_it_said(lead, monkeypatch, caplog):
    def fails(*_, **__):
        raise OperationalError("connection to 10.0.0.1 lost near 'Ashworth'")

    monkeypatch.setattr("trellis.workspace.api.routes.people_visible_to", fails)
    said = problem_of(signed_in(lead).get("/api/children/"), 503)
    assert said["reference"] in caplog.text
    assert "Ashworth" not in caplog.text + json.dumps(said)


def test_the_number_of_queries_does_not_grow(lead, person):
    client = signed_in(lead)
    paths = ["/api/children/", address(person), address(person, "chronology/"), address(person, "missing/")]

    def counted():
        return [queries_of(client, path) for path in paths]

    missing.returned_child(person)
    entries(3, person, lead)
    counted()
    few = counted()
    entries(60, person, lead)
    for number in range(5):
        cases.allocated_case(lead, people.child(given_name=f"More {number}"))
    assert counted() == few


def test_pointers_say_whom_to_ask(person):
    teacher = accounts.remote_partner()
    made = sharing.pointer(person)
    [said] = signed_in(teacher).get("/api/pointers/").json()["items"]
    assert said == {
        "id": str(made.id), "child": None, "name": "Robin Ashworth", "age_band": said["age_band"], "agency": "Health",
        "ask": "School nursing, 01632 960001", "own": False, "until": None,
    }  # fmt: skip
    assert AuditEvent.objects.get(what="api: pointers").children == [person.id]
    problem_of(signed_in(teacher).get(address(person)), 404)
    youth = accounts.remote_partner("youth_justice")
    assert signed_in(youth).get("/api/pointers/").json() == {"items": [], "next": None}
    problem_of(signed_in(accounts.analyst()).get("/api/pointers/"), 403)


# The schema


def test_the_schema_is_open_and_points_nowhere_else():
    response = Client().get("/api/openapi.json")
    assert response.status_code == 200
    assert response.json()["openapi"].startswith("3.1")
    assert signed_in(accounts.hub_worker()).get("/api/").json()["schema"] == "/api/openapi.json"
    assert Client().get("/api/docs").status_code == 401


def test_each_route_is_in_the_schema_with_its_parameters_and_problems():
    schema = api.get_openapi_schema()
    routes = {
        ("/api" + re.sub(r"{\w+:", "{", path), method)
        for _, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }
    written = {(path, method.upper()) for path, one in schema["paths"].items() for method in one}
    assert written == routes
    assert len({op["operationId"] for one in schema["paths"].values() for op in one.values()}) == len(routes)
    for path, one in schema["paths"].items():
        for operation in one.values():
            named = {p["name"] for p in operation.get("parameters", []) if p["in"] == "path"}
            assert named == ({"person_id"} if "{person_id}" in path else set())
            assert {"200", "401", "403", "429"} <= set(operation["responses"])
            assert all(response["description"] for response in operation["responses"].values())
            assert operation["security"]


def test_the_schema_is_a_whole_openapi_document():
    schema = json.loads(json.dumps(api.get_openapi_schema()))
    assert {"openapi", "info", "paths", "components"} <= set(schema)
    assert {"title", "version"} <= set(schema["info"])
    assert schema["components"]["securitySchemes"]["SignedIn"] == {
        "type": "apiKey", "in": "cookie", "name": "trellis_session",
    }  # fmt: skip
    for target in references(schema):
        place = schema
        assert target.startswith("#/")
        for step in target[2:].split("/"):
            place = place[step]
    allowed = {"get", "post", "parameters", "summary", "description"}
    for one in schema["paths"].values():
        assert set(one) <= allowed
        for operation in one.values():
            for parameter in operation.get("parameters", []):
                assert parameter["in"] in {"path", "query"}
                assert "schema" in parameter
                assert parameter["required"] or parameter["in"] == "query"
    for kind in schema["components"]["schemas"].values():
        assert set(kind.get("required", [])) <= set(kind["properties"])


def references(node):
    if isinstance(node, dict):
        yield from (value for key, value in node.items() if key == "$ref")
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            yield from references(one)


def test_an_agency_that_may_not_hold_a_code_does_not_get_it(officer, person):
    partner = accounts.remote_partner()
    shared_parts(person, partner, Part.CHRONOLOGY)
    note_of(officer, person, title="With conditions")
    note_of(officer, person, title="Without", coding=Coding("P"))
    said = signed_in(partner).get(address(person, "chronology/?kind=note")).content.decode()
    assert "Without" in said
    assert "With conditions" not in said
    assert Agency.objects.get(code="education") == partner.agency
