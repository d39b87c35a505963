"""The second step: whoever has none sets one up before anything else; a code counts once; recovery codes."""

import re
from datetime import timedelta

import pyotp
import pytest
import time_machine
from django.test import Client

from tests.factories import accounts
from tests.support.pages import signed_in
from trellis.accounts.models import AuthenticatorApp, RecoveryCode
from trellis.accounts.second_factors import accept_code, accept_recovery_code, make_recovery_codes
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.trail import recorded
from trellis.core.clocks import now

pytestmark = pytest.mark.django_db
STEP = "/sign-in/second-step/"


def half_way(worker, **more) -> Client:
    client = Client()
    response = client.post("/sign-in/", {"username": worker.email, "password": accounts.PASSWORD, **more})
    assert response.status_code == 302
    return client


def codes_of(worker) -> list[str]:
    with recorded(worker):
        return make_recovery_codes(worker)


def test_half_way_nobody_is_signed_in():
    worker = accounts.hub_worker()
    accounts.with_app(worker)
    client = half_way(worker)
    for path in ("/", "/account/", "/missing/", "/account/app/"):
        assert client.get(path)["Location"].startswith("/sign-in/?next=")
    assert client.get("/session/").json() == {"seconds": 0}


def test_without_a_first_step_there_is_no_second():
    for path in (STEP, "/sign-in/recovery-code/", "/sign-in/set-up/", "/sign-in/set-up/app/", "/sign-in/set-up/key/"):
        assert Client().get(path)["Location"] == "/sign-in/"


def test_whoever_has_no_second_step_sets_one_up_keeps_their_codes_and_is_in():
    worker = accounts.hub_worker()
    client = half_way(worker, next="/referrals/")
    assert client.get("/")["Location"] == "/sign-in/?next=/"
    assert client.get(STEP)["Location"] == "/sign-in/set-up/"
    assert client.get("/sign-in/set-up/").status_code == 200
    page = client.get("/sign-in/set-up/app/").content.decode()
    secret = re.search(r"<strong[^>]*>([A-Z2-7 ]+)</strong>", page)[1].replace(" ", "")
    assert "data:image/svg+xml" in page
    wrong = client.post("/sign-in/set-up/app/", {"code": "000000"})
    assert "That code is not right" in wrong.content.decode()
    assert secret in wrong.content.decode().replace(" ", "")
    done = client.post("/sign-in/set-up/app/", {"code": pyotp.TOTP(secret).now()})
    assert done["Location"] == "/account/recovery-codes/"
    shown = client.get("/account/recovery-codes/").content.decode()
    codes = re.findall(r">([a-z2-9]{5}-[a-z2-9]{5})<", shown)
    assert len(codes) == len(set(codes)) == 10
    assert client.post("/account/recovery-codes/")["Location"] == "/referrals/"
    assert client.get("/account/recovery-codes/")["Location"] == "/account/"
    assert client.get("/").status_code == 200
    assert AuditEvent.objects.get(action="sign_in").why == "password and authenticator app"


def test_whoever_has_a_second_step_cannot_set_up_another_half_way():
    worker = accounts.hub_worker()
    accounts.with_app(worker)
    client = half_way(worker)
    for path in ("/sign-in/set-up/", "/sign-in/set-up/app/", "/sign-in/set-up/key/"):
        assert client.get(path)["Location"] == STEP


def test_a_wrong_code_is_refused_and_logged():
    worker = accounts.hub_worker()
    accounts.with_app(worker)
    client = half_way(worker)
    response = client.post(STEP, {"code": "12345"})
    assert "That code is not right" in response.content.decode()
    event = AuditEvent.objects.get(action="sign_in_failed")
    assert (event.actor, event.why) == (worker, "authenticator app")
    assert client.get("/").status_code == 302


def test_a_code_counts_once_and_half_a_minute_either_side():
    worker = accounts.hub_worker()
    app = accounts.with_app(worker)
    moment = now().replace(second=15, microsecond=0)
    with time_machine.travel(moment, tick=False):
        present = int(moment.timestamp())
        assert not accept_code(worker, app.at(present - 60))
        assert not accept_code(worker, app.at(present + 60))
        assert accept_code(worker, app.at(present - 30))
        assert accept_code(worker, f" {app.at(present)[:3]} {app.at(present)[3:]} ")
        assert not accept_code(worker, app.at(present))
        assert not accept_code(worker, app.at(present - 30))
        assert accept_code(worker, app.at(present + 30))


@pytest.mark.parametrize("typed", ["", "٤٢٤٢٤٢", "abcdef", "1" * 20, "\x00"])
def test_what_is_no_code_is_no_code(typed):
    worker = accounts.hub_worker()
    accounts.with_app(worker)
    assert not accept_code(worker, typed)


def test_the_secret_is_sealed_in_the_database_and_useless_under_another_key(settings):
    worker = accounts.hub_worker()
    app = accounts.with_app(worker)
    stored = bytes(AuthenticatorApp.objects.get(user=worker).secret)
    assert app.secret.encode() not in stored
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key altogether"
    assert not accept_code(worker, app.now())
    settings.SECRET_KEY_FALLBACKS = [old]
    assert accept_code(worker, app.now())


def test_half_way_lasts_ten_minutes_and_ends_with_the_account():
    worker = accounts.hub_worker()
    app = accounts.with_app(worker)
    start = now()
    with time_machine.travel(start, tick=False):
        client = half_way(worker)
    with time_machine.travel(start + timedelta(minutes=9), tick=False):
        assert client.get(STEP).status_code == 200
    with time_machine.travel(start + timedelta(minutes=11), tick=False):
        assert client.post(STEP, {"code": app.now()})["Location"] == "/sign-in/"
    client = half_way(worker)
    worker.is_active = False
    worker.save()
    assert client.post(STEP, {"code": app.now()})["Location"] == "/sign-in/"


def test_a_recovery_code_lets_in_once_however_it_is_written():
    worker = accounts.hub_worker()
    accounts.with_app(worker)
    code = codes_of(worker)[3]
    client = half_way(worker)
    response = client.post("/sign-in/recovery-code/", {"code": f" {code.upper().replace('-', ' ')} "})
    assert response["Location"] == "/"
    assert "You have 9 recovery codes left" in client.get("/").content.decode()
    again = half_way(worker).post("/sign-in/recovery-code/", {"code": code})
    assert "was used already" in again.content.decode()
    assert AuditEvent.objects.get(action="sign_in").why == "password and recovery code"


def test_recovery_codes_are_kept_as_hashes_only_and_are_each_persons_own():
    worker, other = accounts.hub_worker(), accounts.hub_worker()
    codes = codes_of(worker)
    kept = "".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code.replace("-", "") in kept for code in codes)
    assert not accept_recovery_code(other, codes[0])
    codes_of(worker)
    assert not accept_recovery_code(worker, codes[0])


def test_whoever_signed_in_elsewhere_confirms_by_signing_in_again():
    client = signed_in(accounts.hub_worker())
    assert "Sign in again" in client.get("/sign-in/confirm/").content.decode()
