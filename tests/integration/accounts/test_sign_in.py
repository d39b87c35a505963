"""Signing in and out, the session's two ends, and the door to the invented area."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.factories import accounts
from tests.support.pages import signed_in
from trellis.audit_log.models import AuditEvent
from trellis.core.clocks import now

pytestmark = pytest.mark.django_db

NOT_RIGHT = "The e-mail address or the password is not right"


def sign_in(client, email, password=accounts.PASSWORD, **more):
    return client.post("/sign-in/", {"username": email, "password": password, **more})


def actions():
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))


def test_a_worker_signs_in_whatever_the_case_of_the_address_and_is_logged():
    worker = accounts.hub_worker(email="sam@example.org")
    client = Client()
    response = sign_in(client, "Sam@Example.org")
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert client.get("/").status_code == 200
    event = AuditEvent.objects.get(action="sign_in")
    assert (event.actor, event.agency) == (worker, "social_care")


def test_a_wrong_password_and_an_unknown_address_read_the_same():
    accounts.hub_worker(email="sam@example.org")
    wrong = sign_in(Client(), "sam@example.org", "not the password")
    unknown = sign_in(Client(), "nobody@example.org", "not the password")
    for response in (wrong, unknown):
        assert response.status_code == 200
        assert NOT_RIGHT in response.content.decode()
    assert actions() == ["sign_in_failed", "sign_in_failed"]
    assert "not the password" not in wrong.content.decode()


def test_the_failed_event_keeps_the_account_and_never_what_was_typed():
    worker = accounts.hub_worker(email="sam@example.org")
    sign_in(Client(), "sam@example.org", "wrong")
    sign_in(Client(), "stranger@example.org", "wrong")
    assert list(AuditEvent.objects.order_by("id").values_list("actor", flat=True)) == [worker.id, None]


def test_signing_in_changes_the_session_key():
    accounts.hub_worker(email="sam@example.org")
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["trellis_session"] = before
    sign_in(client, "sam@example.org")
    assert client.session.session_key != before


def test_the_page_asked_for_comes_after_signing_in_and_never_another_site():
    accounts.hub_worker(email="sam@example.org")
    asked = Client().get("/missing/")
    assert asked["Location"] == "/sign-in/?next=/missing/"
    assert sign_in(Client(), "sam@example.org", next="/missing/")["Location"] == "/missing/"
    assert sign_in(Client(), "sam@example.org", next="https://example.com/")["Location"] == "/"


def test_somebody_who_left_is_out_on_their_next_request():
    worker = accounts.hub_worker()
    client = signed_in(worker)
    assert client.get("/").status_code == 200
    worker.is_active = False
    worker.save()
    assert client.get("/").status_code == 302
    assert NOT_RIGHT in sign_in(Client(), worker.email).content.decode()


def test_signing_out_ends_the_session_and_is_logged():
    client = signed_in(accounts.hub_worker())
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/").status_code == 302
    assert actions()[-1] == "sign_out"


def test_asking_how_long_is_left_does_not_lengthen_the_session_and_posting_does():
    start = now()
    with time_machine.travel(start, tick=False):
        client = signed_in(accounts.hub_worker())
    with time_machine.travel(start + timedelta(minutes=10), tick=False):
        assert client.get("/session/").json() == {"seconds": 300}
        assert client.get("/session/").json() == {"seconds": 300}
        assert client.post("/session/").json() == {"seconds": 900}
    with time_machine.travel(start + timedelta(minutes=24), tick=False):
        assert client.get("/").status_code == 200
    with time_machine.travel(start + timedelta(minutes=40), tick=False):
        assert client.get("/").status_code == 302
        assert client.get("/session/").json() == {"seconds": 0}


def test_no_session_outlives_twelve_hours():
    start = now()
    with time_machine.travel(start, tick=False):
        client = signed_in(accounts.hub_worker())
    for step in range(1, 72):
        with time_machine.travel(start + timedelta(minutes=10 * step), tick=False):
            assert client.get("/session/").json()["seconds"] > 0
            assert client.post("/session/").status_code == 200
    with time_machine.travel(start + timedelta(hours=12, minutes=1), tick=False):
        assert client.get("/").status_code == 302


@pytest.fixture
def demonstration(settings):
    settings.DEMONSTRATION = True


def test_the_door_of_an_invented_area_lists_its_people_and_lets_them_in(demonstration):
    guide = accounts.hub_worker(name="Rosalind Tarn", is_demonstration=True)
    real = accounts.hub_worker(name="Real Worker")
    client = Client()
    page = client.get("/sign-in/").content.decode()
    assert "Rosalind Tarn" in page
    assert "Real Worker" not in page
    assert client.post("/sign-in/as/", {"user": guide.email})["Location"] == "/"
    assert client.get("/").status_code == 200
    assert Client().post("/sign-in/as/", {"user": real.email}).status_code == 404


def test_without_demonstration_mode_there_is_no_such_door():
    guide = accounts.hub_worker(is_demonstration=True)
    assert guide.name not in Client().get("/sign-in/").content.decode()
    assert Client().post("/sign-in/as/", {"user": guide.email}).status_code == 404
