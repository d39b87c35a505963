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


def sign_in_wholly(client, worker, **more):
    """Both steps; what comes back is the answer to the second."""
    app = accounts.with_app(worker)
    assert sign_in(client, worker.email, **more)["Location"] == "/sign-in/second-step/"
    return client.post("/sign-in/second-step/", {"code": app.now()})


def actions():
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))


def test_a_worker_signs_in_whatever_the_case_of_the_address_and_is_logged():
    worker = accounts.hub_worker(email="sam@example.org")
    app = accounts.with_app(worker)
    client = Client()
    assert sign_in(client, "Sam@Example.org")["Location"] == "/sign-in/second-step/"
    assert client.post("/sign-in/second-step/", {"code": app.now()})["Location"] == "/"
    assert client.get("/").status_code == 200
    event = AuditEvent.objects.get(action="sign_in")
    assert (event.actor, event.agency, event.why) == (worker, "social_care", "password and authenticator app")


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


def test_each_step_of_signing_in_changes_the_session_key():
    worker = accounts.hub_worker(email="sam@example.org")
    app, client = accounts.with_app(worker), Client()
    session = client.session
    session["planted"] = True
    session.save()
    keys = [session.session_key]
    client.cookies["trellis_session"] = keys[0]
    sign_in(client, "sam@example.org")
    keys.append(client.session.session_key)
    client.post("/sign-in/second-step/", {"code": app.now()})
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = signed_in(accounts.hub_worker())
    client.get("/account/")
    session, csrf = client.cookies["trellis_session"], client.cookies["trellis_csrf"]
    assert session["httponly"]
    assert csrf["httponly"]
    assert (session["samesite"], csrf["samesite"]) == ("Lax", "Lax")
    assert session["secure"]
    assert csrf["secure"]


def test_the_page_asked_for_comes_after_signing_in_and_never_another_site():
    asked = Client().get("/missing/")
    assert asked["Location"] == "/sign-in/?next=/missing/"
    assert sign_in_wholly(Client(), accounts.hub_worker(), next="/missing/")["Location"] == "/missing/"
    assert sign_in_wholly(Client(), accounts.hub_worker(), next="https://example.com/")["Location"] == "/"
    assert sign_in_wholly(Client(), accounts.hub_worker(), next="//example.com/")["Location"] == "/"


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
