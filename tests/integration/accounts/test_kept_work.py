"""What is sent after the session has ended is kept for whoever typed it, and for nobody else."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import accounts, cases
from tests.support.pages import moment_boxes, new_key, signed_in
from trellis.accounts.sealed import unseal
from trellis.accounts.tasks import forget_ended_sessions
from trellis.cases.models import ChronologyEntry
from trellis.core.clocks import now

pytestmark = pytest.mark.django_db

BODY = "“They know my name.”\r\nSecond line <b>& more</b>"
KEPT_PAGE = "/sign-in/kept/"


@pytest.fixture
def lead():
    return accounts.hub_worker()


@pytest.fixture
def path(lead):
    return f"/children/{cases.allocated_case(lead).person.id}/chronology/add/"


def typed(**changes):
    when = moment_boxes("happened_at", now() - timedelta(hours=2))
    return {"form_key": new_key(), "title": "Met at boxing", "body": BODY, "significance": "2", **when, **changes}


def in_a_while(minutes=20):
    return time_machine.travel(now() + timedelta(minutes=minutes), tick=False)


def hidden(name, page):
    return unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])


def sent_too_late(client, path, fields):
    response = client.post(path, fields)
    assert response.status_code == 200
    page = response.content.decode()
    assert "What you typed is kept for you" in page
    return hidden("kept", page)


def sign_in(client, worker, **more):
    """The password, and the app's code where there is an app."""
    response = client.post("/sign-in/", {"username": worker.email, "password": accounts.PASSWORD, **more})
    assert response.status_code == 302
    return response


def resent(page):
    """The fields of the form that sends it again, as a browser would post them."""
    form = re.search(r'<form method="post" action="/children.*?</form>', page, re.DOTALL)[0]
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in found}


def test_a_note_sent_too_late_is_kept_through_both_steps_and_sent_again(lead, path):
    app = accounts.with_app(lead)
    client = signed_in(lead)
    fields = typed()
    with in_a_while():
        kept = sent_too_late(client, path, fields)
        assert BODY not in kept
        sign_in(client, lead, kept=kept)
        assert client.get(KEPT_PAGE)["Location"].startswith("/sign-in/?next=")
        response = client.post("/sign-in/second-step/", {"code": app.at(now())})
        assert response["Location"] == KEPT_PAGE
        page = client.get(KEPT_PAGE).content.decode()
        assert "What you typed is kept" in page
        assert "Add note" in page
        assert "<b>" not in page
        again = resent(page)
        assert {name: again[name] for name in fields} == fields
        assert client.post(path, again).status_code == 302
        entry = ChronologyEntry.objects.get(kind="note")
        assert (entry.title, entry.recorded_by) == ("Met at boxing", lead)
        assert entry.body.splitlines() == BODY.splitlines()
        assert client.get(KEPT_PAGE)["Location"] == "/"


def test_what_was_kept_is_read_by_the_page_again_and_put_right_there(lead, path):
    client = signed_in(lead)
    with in_a_while():
        kept = sent_too_late(client, path, typed(title=""))
        half = sign_in(client, lead, kept=kept)
        assert half["Location"] == "/sign-in/set-up/"
    client = come_back_as(lead, kept)
    page = client.post(path, resent(client.get(KEPT_PAGE).content.decode())).content.decode()
    assert "Enter what happened, in one line" in page
    assert "They know my name" in page


def come_back_as(user, *kept):
    user.refresh_from_db()
    client = signed_in(user)
    session = client.session
    session["kept_work"] = list(kept)
    session.save()
    return client


def test_somebody_else_never_gets_it(lead, path):
    other = accounts.hub_worker()
    client = signed_in(lead)
    with in_a_while():
        kept = sent_too_late(client, path, typed())
        app = accounts.with_app(other)
        sign_in(client, other, kept=kept)
        assert client.post("/sign-in/second-step/", {"code": app.at(now())})["Location"] == "/"
        assert client.get(KEPT_PAGE)["Location"] == "/"
        assert "kept_work" not in client.session or not client.session["kept_work"]
    assert come_back_as(other, kept).get(KEPT_PAGE)["Location"] == "/"


def test_it_is_kept_twelve_hours_and_whole_or_not_at_all(lead, path):
    client = signed_in(lead)
    with in_a_while():
        kept = sent_too_late(client, path, typed())
    assert come_back_as(lead, kept).get(KEPT_PAGE).status_code == 200
    assert come_back_as(lead, kept[:-4] + "AAA=").get(KEPT_PAGE).status_code == 302
    with in_a_while(minutes=20 + 12 * 60 + 1):
        assert come_back_as(lead, kept).get(KEPT_PAGE).status_code == 302


def test_several_windows_are_kept_apart_and_one_may_be_given_up(lead, path):
    client = signed_in(lead)
    with in_a_while():
        tokens = [sent_too_late(client, path, typed(title=title)) for title in ("First", "Second")]
    client = come_back_as(lead, *tokens)
    page = client.get(KEPT_PAGE).content.decode()
    assert "First" in page
    assert "Second" in page
    first = re.search(r'name="drop" value="([^"]*)"', page)[1]
    page = client.post(KEPT_PAGE, {"drop": first}).content.decode()
    assert "First" not in page
    assert "Second" in page


def test_the_token_the_password_and_files_are_not_kept(lead, path):
    client = signed_in(lead)
    file = SimpleUploadedFile("a.txt", b"inside the file")
    fields = typed(csrfmiddlewaretoken="x" * 64, new_password="heron umbrella", file=file)
    with in_a_while():
        kept = sent_too_late(client, path, fields)
        again = client.post(path, typed(file=SimpleUploadedFile("a.txt", b"x"))).content.decode()
    said = unseal(kept.encode(), "kept-work").decode()
    for left_out in ("csrf", "heron", "inside the file"):
        assert left_out not in said
    assert "The file you chose is not kept" in again


def test_more_than_a_page_can_carry_is_said_and_not_kept(lead, path):
    client = signed_in(lead)
    with in_a_while():
        page = client.post(path, typed(body="x" * 200_001)).content.decode()
    assert "too long to be kept" in page
    assert hidden("next", page) == path
    assert 'name="kept" value' not in page


def test_a_wrong_password_keeps_it_in_the_page(lead, path):
    client = signed_in(lead)
    with in_a_while():
        kept = sent_too_late(client, path, typed())
        page = client.post("/sign-in/", {"username": lead.email, "password": "wrong", "kept": kept}).content.decode()
    assert hidden("kept", page) == kept
    assert "What you typed is kept for you" in page


@pytest.mark.parametrize("where", ["/sign-out/", "/account/password/", "/sign-in/confirm/"])
def test_passwords_and_codes_are_never_kept(lead, where):
    client = signed_in(lead)
    with in_a_while():
        response = client.post(where, {"present": "secret", "code": "123456"})
    assert response.status_code == 302
    assert "kept_work" not in client.session


def test_a_session_nobody_knows_is_simply_asked_to_sign_in(path):
    assert Client().post(path, typed())["Location"].startswith("/sign-in/")


def test_an_ended_session_signs_nobody_in_on_an_open_page_either(lead):
    client = signed_in(lead)
    assert lead.name in client.get("/sign-in/").content.decode()
    with in_a_while():
        assert lead.name not in client.get("/sign-in/").content.decode()
        assert client.get("/session/").json() == {"seconds": 0}
        assert client.post("/session/").json() == {"seconds": 0}
        assert client.get("/").status_code == 302
    assert client.get("/").status_code == 200


def test_forms_open_in_another_window_may_be_sent_after_signing_in_again_by_the_same_user_only(lead, path):
    app = accounts.with_app(lead)
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(lead).cookies
    token = hidden("csrfmiddlewaretoken", client.get(path).content.decode())
    with in_a_while():
        sign_in(client, lead, csrfmiddlewaretoken=token)
        answer = {"code": app.at(now()), "csrfmiddlewaretoken": token}
        assert client.post("/sign-in/second-step/", answer).status_code == 302
        assert client.post("/session/", {"csrfmiddlewaretoken": token}).json() == {"seconds": 900}


def test_forms_of_somebody_else_may_not_be_sent_any_more(lead, path):
    other = accounts.hub_worker()
    app = accounts.with_app(other)
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(lead).cookies
    token = hidden("csrfmiddlewaretoken", client.get(path).content.decode())
    with in_a_while():
        sign_in(client, other, csrfmiddlewaretoken=token)
        client.post("/sign-in/second-step/", {"code": app.at(now()), "csrfmiddlewaretoken": token})
        assert client.get("/").status_code == 200
        assert client.post("/session/", {"csrfmiddlewaretoken": token}).status_code == 403


def test_a_session_nobody_can_come_back_to_is_forgotten_with_what_was_kept_in_it(lead):
    client = signed_in(lead)
    forget_ended_sessions(0)
    assert Session.objects.filter(session_key=client.session.session_key).exists()
    with in_a_while(minutes=24 * 60 + 1):
        forget_ended_sessions(0)
    assert not Session.objects.exists()
