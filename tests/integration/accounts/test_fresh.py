"""What reaches far asks for the second step again once it is ten minutes old; nothing typed is lost by it."""

from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.factories import accounts
from tests.support.pages import signed_in
from trellis.accounts import sessions
from trellis.accounts.fresh import is_fresh, needs_fresh_sign_in
from trellis.audit_log.models import AuditEvent
from trellis.core.clocks import now

pytestmark = pytest.mark.django_db


@needs_fresh_sign_in
def far_reaching(_request) -> HttpResponse:
    return HttpResponse("done")


def ask(session, method="GET", path="/far/?page=2", minutes=0):
    request = RequestFactory().generic(method, path)
    request.session = session
    with time_machine.travel(now() + timedelta(minutes=minutes), tick=False):
        return far_reaching(request)


@pytest.fixture
def session():
    return signed_in(accounts.hub_worker()).session


def test_just_after_signing_in_nothing_is_asked_again(session):
    assert ask(session, minutes=9).content == b"done"
    assert ask(session, "POST", minutes=9).content == b"done"


def test_ten_minutes_later_it_is_and_the_way_back_is_kept(session):
    assert ask(session, minutes=11)["Location"] == "/sign-in/confirm/?next=%2Ffar%2F%3Fpage%3D2"


def test_a_form_opened_in_time_may_be_sent_for_half_an_hour(session):
    ask(session, minutes=9)
    assert ask(session, "POST", minutes=38).content == b"done"
    assert ask(session, "POST", path="/other/", minutes=38).status_code == 302
    assert ask(session, "POST", minutes=40).status_code == 302


def test_the_minutes_are_a_setting(session, settings):
    settings.STEP_UP_SECONDS = 60
    assert ask(session, minutes=2).status_code == 302


def test_confirming_with_a_code_goes_back_and_is_logged_under_a_new_session_key():
    worker = accounts.hub_worker()
    app, start = accounts.with_app(worker), now()
    client = signed_in(worker)
    with time_machine.travel(start + timedelta(minutes=11), tick=False):
        asked = client.get("/account/password/")
        assert asked["Location"] == "/sign-in/confirm/?next=%2Faccount%2Fpassword%2F"
        page = client.get(asked["Location"]).content.decode()
        assert "Confirm that it is you" in page
        wrong = client.post(asked["Location"], {"code": "000000"})
        assert "That code is not right" in wrong.content.decode()
        before = client.session.session_key
        done = client.post(asked["Location"], {"code": app.at(now())})
        assert done["Location"] == "/account/password/"
        assert client.session.session_key != before
        assert client.get("/account/password/").status_code == 200
    event = AuditEvent.objects.get(action="confirmed")
    assert (event.actor, event.why) == (worker, "authenticator app")


def test_confirming_with_a_recovery_code_and_never_to_another_site():
    from trellis.accounts.second_factors import make_recovery_codes
    from trellis.audit_log.trail import recorded

    worker = accounts.hub_worker()
    accounts.with_app(worker)
    with recorded(worker):
        code = make_recovery_codes(worker)[0]
    client = signed_in(worker)
    done = client.post("/sign-in/confirm/recovery-code/?next=https://example.com/", {"code": code})
    assert done["Location"] == "/"


def test_nobody_confirms_before_signing_in():
    assert Client().get("/sign-in/confirm/")["Location"] == "/sign-in/?next=/sign-in/confirm/"


def test_is_fresh_answers_for_a_request(session):
    request = RequestFactory().get("/")
    request.session = session
    assert is_fresh(request)
    session[sessions.CONFIRMED_AT] = 0
    assert not is_fresh(request)
