"""“Your sign-in”: changing the password and the second steps, of which one always stays."""

import re

import pyotp
import pytest
from django.test import Client

from tests.factories import accounts
from tests.support.pages import signed_in
from trellis.accounts.models import AuthenticatorApp, RecoveryCode, SecurityKey
from trellis.audit_log.models import AuditEvent

pytestmark = pytest.mark.django_db
NEW = "violet harbour kettle sunday"


def key_for(worker, name="Blue key") -> SecurityKey:
    return SecurityKey.objects.create(user=worker, name=name, credential_id=name.encode(), public_key=b"-")


def change_password(client, present=accounts.PASSWORD, wanted=NEW):
    return client.post("/account/password/", {"present": present, "wanted": wanted})


def test_the_page_says_what_is_set_up():
    worker = accounts.hub_worker()
    client = signed_in(worker)
    page = client.get("/account/").content.decode()
    assert "Not set up" in page
    assert "None left" in page
    accounts.with_app(worker)
    key_for(worker)
    page = client.get("/account/").content.decode()
    assert "Set up on" in page
    assert "Security key: Blue key" in page


def test_the_password_is_changed_and_every_other_session_ends():
    worker = accounts.hub_worker()
    here, elsewhere = signed_in(worker), signed_in(worker)
    assert change_password(here)["Location"] == "/account/"
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    worker.refresh_from_db()
    assert worker.check_password(NEW)
    event = AuditEvent.objects.get(action="sign_in_changed")
    assert (event.actor, event.why) == (worker, "password changed")


def test_a_session_half_way_ends_with_the_password_too():
    worker = accounts.hub_worker()
    app, client = accounts.with_app(worker), Client()
    client.post("/sign-in/", {"username": worker.email, "password": accounts.PASSWORD})
    worker.refresh_from_db()
    change_password(signed_in(worker))
    assert client.post("/sign-in/second-step/", {"code": app.now()})["Location"] == "/sign-in/"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("short", "at least 12 characters"),
        ("qwerty123456", "too common"),
        ("Password20267!", "very common one"),
        ("sam.example.person", "too similar"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused(wanted, said):
    worker = accounts.hub_worker(email="sam.example.person@example.org")
    response = change_password(signed_in(worker), wanted=wanted)
    assert said in response.content.decode()
    worker.refresh_from_db()
    assert worker.check_password(accounts.PASSWORD)


def test_without_the_present_password_nothing_changes_and_guessing_is_counted():
    worker = accounts.hub_worker()
    client = signed_in(worker)
    for _ in range(10):
        assert "is not right" in change_password(client, present="wrong").content.decode()
    assert change_password(client).status_code == 429
    worker.refresh_from_db()
    assert worker.check_password(accounts.PASSWORD)


def test_whoever_signs_in_with_a_work_account_has_no_password_to_change():
    worker = accounts.hub_worker(password="!")
    client = signed_in(worker)
    assert "work account" in client.get("/account/").content.decode()
    assert client.get("/account/password/").status_code == 403


def test_an_app_is_set_up_and_recovery_codes_come_with_the_first():
    worker = accounts.hub_worker()
    client, elsewhere = signed_in(worker), signed_in(worker)
    for expected in ("/account/recovery-codes/", "/account/"):
        page = client.get("/account/app/").content.decode()
        secret = re.search(r"<strong[^>]*>([A-Z2-7 ]+)</strong>", page)[1].replace(" ", "")
        assert client.post("/account/app/", {"code": pyotp.TOTP(secret).now()})["Location"] == expected
    assert elsewhere.get("/account/").status_code == 302
    assert AuthenticatorApp.objects.filter(user=worker).count() == 1
    assert RecoveryCode.objects.filter(user=worker).count() == 10
    said = list(AuditEvent.objects.filter(action="sign_in_changed").values_list("why", flat=True))
    assert sorted(said) == ["authenticator app set up", "authenticator app set up", "recovery codes made"]


def test_removing_asks_first_and_the_last_second_step_stays():
    worker = accounts.hub_worker()
    accounts.with_app(worker)
    key = key_for(worker)
    client = signed_in(worker)
    assert "Remove the security key “Blue key”?" in client.get(f"/account/keys/{key.id}/remove/").content.decode()
    assert client.post(f"/account/keys/{key.id}/remove/")["Location"] == "/account/"
    assert not SecurityKey.objects.exists()
    assert "only second step" in client.get("/account/app/remove/").content.decode()
    client.post("/account/app/remove/")
    assert AuthenticatorApp.objects.filter(user=worker).exists()
    assert "This is the only second step you have" in client.get("/account/").content.decode()


def test_an_app_is_removed_when_a_key_stays():
    worker = accounts.hub_worker()
    accounts.with_app(worker)
    key_for(worker)
    client, elsewhere = signed_in(worker), signed_in(worker)
    client.post("/account/app/remove/")
    assert not AuthenticatorApp.objects.exists()
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_nobody_removes_somebody_elses_key():
    key = key_for(accounts.hub_worker())
    worker = accounts.hub_worker()
    accounts.with_app(worker)
    key_for(worker, "Mine")
    client = signed_in(worker)
    assert client.get(f"/account/keys/{key.id}/remove/").status_code == 404
    assert client.post(f"/account/keys/{key.id}/remove/").status_code == 404
    assert SecurityKey.objects.filter(id=key.id).exists()


def test_new_recovery_codes_are_shown_until_they_are_kept_and_then_no_more():
    worker = accounts.hub_worker()
    accounts.with_app(worker)
    client = signed_in(worker)
    assert client.get("/account/recovery-codes/")["Location"] == "/account/"
    assert client.get("/account/recovery-codes/new/").status_code == 200
    assert client.post("/account/recovery-codes/new/")["Location"] == "/account/recovery-codes/"
    shown = [client.get("/account/recovery-codes/").content.decode() for _ in range(2)]
    codes = [set(re.findall(r">([a-z2-9]{5}-[a-z2-9]{5})<", page)) for page in shown]
    assert codes[0] == codes[1]
    assert not any(code in str(dict(client.session)) for code in codes[0])
    client.post("/account/recovery-codes/")
    assert client.get("/account/recovery-codes/")["Location"] == "/account/"
    assert "10 codes left" in client.get("/account/").content.decode()
