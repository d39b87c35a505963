"""Single sign-on: whom it lets in, whom it does not, and that nothing forged is believed.

The round trip with a provider we did not write is in tests/functional/test_single_sign_on.py.
"""

import logging
import re
import time
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.factories import accounts
from tests.support.forger import CLIENT_ID, SECRET, Forger
from tests.support.pages import signed_in
from trellis.accounts.models import SignInIdentity, User
from trellis.audit_log.models import AuditEvent
from trellis.core.clocks import now

pytestmark = pytest.mark.django_db

NO_ACCOUNT = "there is no open account here for you"
NOT_CONFIRMED = "could not be confirmed"
SET_UP, SECOND_STEP = "/sign-in/set-up/", "/sign-in/second-step/"
BACK = "/sign-in/single/back/"


@pytest.fixture
def provider(settings):
    made = Forger()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = made.issuer, CLIENT_ID, SECRET
    settings.OIDC_NAME = "Northfield account"
    yield made
    made.stop()


@pytest.fixture
def worker():
    return accounts.hub_worker(email="sam@example.org")


def verified(provider, email="sam@example.org", **claims):
    provider.claims = {"email": email, "email_verified": True, **claims}


def begin(client, provider, **posted):
    response = client.post("/sign-in/single/", posted)
    assert response.status_code == 302, response.content.decode()
    return provider.sent_off(response["Location"])


def come_back(client, provider, **changed):
    asked = begin(client, provider)
    return client.get(BACK, {"code": "a-code", "state": asked["state"], **changed})


def failures():
    return list(AuditEvent.objects.filter(action="sign_in_failed").order_by("id").values_list("actor", "why"))


def test_the_button_is_there_only_where_the_hub_has_a_provider(settings):
    assert "/sign-in/single/" not in Client().get("/sign-in/").content.decode()
    assert Client().post("/sign-in/single/").status_code == 404
    assert Client().get(BACK).status_code == 404
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_NAME = "https://id.example.org", "hub", "Northfield"
    assert "Sign in with Northfield" in Client().get("/sign-in/").content.decode()


def test_the_browser_is_sent_off_with_fresh_secrets_and_a_challenge(provider):
    first, second = begin(Client(), provider), begin(Client(), provider)
    assert first["redirect_uri"] == "http://testserver/sign-in/single/back/"
    assert (first["response_type"], first["code_challenge_method"], first["scope"]) == ("code", "S256", "openid email")
    for secret in ("state", "nonce", "code_challenge"):
        assert len(first[secret]) >= 30
        assert first[secret] != second[secret]


def test_the_first_time_by_verified_address_then_by_identity(provider, worker):
    verified(provider)
    client = Client()
    assert come_back(client, provider)["Location"] == SET_UP
    assert client.get("/")["Location"].startswith("/sign-in/")
    identity = SignInIdentity.objects.get()
    assert (identity.user, identity.issuer, identity.subject) == (worker, provider.issuer, "subject-1")
    provider.claims = {"email": "new.name@example.org", "email_verified": False}
    assert come_back(Client(), provider)["Location"] == SET_UP
    assert "code_verifier" in provider.token_requests[0]


def test_whoever_took_a_second_step_there_is_not_asked_for_ours(provider, worker):
    verified(provider, amr=["pwd", "otp"])
    client = Client()
    asked = begin(client, provider, next="/referrals/")
    assert client.get(BACK, {"code": "c", "state": asked["state"]})["Location"] == "/referrals/"
    assert client.get("/").status_code == 200
    assert AuditEvent.objects.get(action="sign_in").why == "single sign-on"


@pytest.mark.parametrize("claims", [{"amr": ["pwd"]}, {"amr": "otp"}, {"acr": "other"}, {"amr": [["mfa"]]}])
def test_what_does_not_tell_of_a_second_step_leads_to_ours(provider, worker, claims, settings):
    settings.OIDC_MFA_ACR = ["two-steps"]
    accounts.with_app(worker)
    verified(provider, **claims)
    response = come_back(Client(), provider)
    assert response.get("Location") == SECOND_STEP or NOT_CONFIRMED in response.content.decode()


def test_an_acr_the_hub_trusts_counts_as_a_second_step_and_is_asked_for(provider, worker, settings):
    settings.OIDC_MFA_ACR = ["two-steps"]
    verified(provider, acr="two-steps")
    client = Client()
    asked = begin(client, provider)
    assert asked["acr_values"] == "two-steps"
    assert client.get(BACK, {"code": "c", "state": asked["state"]})["Location"] == "/"


def test_an_address_the_id_token_leaves_out_is_asked_for(provider, worker):
    provider.person = {"sub": "subject-1", "email": "Sam@Example.org", "email_verified": True}
    assert come_back(Client(), provider)["Location"] == SET_UP
    provider.person["sub"] = "somebody else"
    SignInIdentity.objects.all().delete()
    assert NOT_CONFIRMED in come_back(Client(), provider).content.decode()


def refused(provider, why, user):
    response = come_back(Client(), provider)
    assert response.status_code == 400
    assert NO_ACCOUNT in response.content.decode()
    assert "/sign-in/" in response.content.decode()
    assert failures()[-1] == (user.id if user else None, f"single sign-on: {why}")


def test_nobody_is_made_by_single_sign_on(provider):
    verified(provider, email="stranger@example.org")
    refused(provider, "no account has this address", None)
    assert not User.objects.exists()
    assert not SignInIdentity.objects.exists()


@pytest.mark.parametrize("said", [False, "true", None, 1])
def test_an_address_that_is_not_verified_lets_nobody_in(provider, worker, said):
    provider.claims = {"email": "sam@example.org", "email_verified": said}
    refused(provider, "the address is not verified", worker)


def test_a_closed_account_a_leaver_and_an_invented_one_stay_outside(provider):
    for email, made, why in (
        (
            "closed@example.org",
            accounts.hub_worker(email="closed@example.org", is_active=False),
            "the account is closed",
        ),
        ("left@example.org", accounts.leaver(email="left@example.org"), "no membership at present"),
        (
            "play@example.org",
            accounts.hub_worker(email="play@example.org", is_demonstration=True),
            "the account is a demonstration account",
        ),
    ):
        verified(provider, email=email)
        refused(provider, why, made)


def test_somebody_linked_who_left_stays_outside(provider, worker):
    verified(provider)
    come_back(Client(), provider)
    worker.memberships.update(ends_on=worker.memberships.get().starts_on)
    refused(provider, "no membership at present", worker)
    User.objects.filter(id=worker.id).update(is_active=False)
    refused(provider, "the account is closed", worker)


def test_whoever_is_given_the_address_of_somebody_linked_does_not_get_their_account(provider, worker):
    verified(provider)
    come_back(Client(), provider)
    verified(provider, sub="subject-2")
    refused(provider, "the account belongs to another identity", worker)


@pytest.mark.parametrize(
    "sign",
    [
        "sign_with_other_key",
        "sign_with_unknown_key",
        "sign_not_at_all",
        "sign_with_the_public_key_as_secret",
        "sign_with_the_shared_secret",
        "change_after_signing",
    ],
)
def test_a_token_whose_signature_is_not_the_providers_is_not_believed(provider, worker, sign):
    verified(provider)
    provider.sign = getattr(provider, sign)
    assert_not_believed(provider)


@pytest.mark.parametrize(
    "forged",
    [
        {"iss": "https://other.example.org"},
        {"aud": "another client"},
        {"aud": ["hub", "another client"]},
        {"aud": ["hub", "another client"], "azp": "another client"},
        {"exp": int(time.time()) - 3600},
        {"iat": int(time.time()) + 3600},
        {"nbf": int(time.time()) + 3600},
        {"nonce": "another nonce"},
        {"nonce": None},
        {"sub": None},
        {"at_hash": "wrong"},
    ],
    ids=lambda claims: "-".join(claims),
)
def test_a_token_that_says_something_wrong_is_not_believed(provider, worker, forged):
    verified(provider, **forged)
    assert_not_believed(provider)


def assert_not_believed(provider):
    response = come_back(Client(), provider)
    assert response.status_code == 400
    assert NOT_CONFIRMED in response.content.decode()
    assert not SignInIdentity.objects.exists()
    assert failures() == [(None, "single sign-on: untrusted")]


def test_a_state_that_is_wrong_missing_or_used_is_refused(provider, worker):
    verified(provider)
    for changed in ({"state": "another"}, {"state": ""}, {"iss": "https://other.example.org"}):
        response = come_back(Client(), provider, **changed)
        assert response.status_code == 400
        assert "began in another window" in response.content.decode()
    client = Client()
    asked = begin(client, provider)
    answer = {"code": "c", "state": asked["state"]}
    assert client.get(BACK, answer).status_code == 302
    assert client.get(BACK, answer).status_code == 400
    assert Client().get(BACK, answer).status_code == 400


def test_an_answer_after_ten_minutes_is_refused(provider, worker):
    verified(provider)
    client = Client()
    asked = begin(client, provider)
    session = client.session
    session["single_sign_on"] = {**session["single_sign_on"], "at": time.time() - 601}
    session.save()
    assert client.get(BACK, {"code": "c", "state": asked["state"]}).status_code == 400


def test_somebody_who_gives_up_there_is_led_back(provider):
    page = come_back(Client(), provider, code="", error="access_denied").content.decode()
    assert "You did not sign in" in page
    assert 'href="/sign-in/"' in page


def test_a_provider_that_is_down_slow_or_odd_ends_in_a_plain_page_within_three_seconds(provider, worker):
    verified(provider)
    asked = begin(Client(), provider)
    assert asked
    provider.broken = {"/token": 500}
    assert "does not answer" in come_back(Client(), provider).content.decode()
    provider.broken = {"/token": 400}
    assert come_back(Client(), provider).status_code == 400
    provider.broken, provider.slow_seconds = {}, 5
    client = Client()
    asked = begin(client, provider)
    began = time.monotonic()
    response = client.get(BACK, {"code": "c", "state": asked["state"]})
    assert time.monotonic() - began < 3.5
    assert response.status_code == 424
    assert "does not answer" in response.content.decode()
    provider.slow_seconds = 0


def test_a_provider_that_cannot_be_reached_at_all(provider, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    response = Client().post("/sign-in/single/")
    assert response.status_code == 424
    assert "does not answer" in response.content.decode()


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://other.example.org"},
        {"authorization_endpoint": "http://id.example.org/auth"},
        {"authorization_endpoint": None},
    ],
    ids=str,
)
def test_a_discovery_document_that_is_not_the_issuers_is_not_used(provider, metadata):
    provider.metadata |= metadata
    response = Client().post("/sign-in/single/")
    assert response.status_code == 424
    assert "Location" not in response


def test_nothing_of_a_token_and_no_address_is_written_to_the_log(provider, worker, caplog):
    caplog.set_level(logging.DEBUG)
    verified(provider)
    come_back(Client(), provider)
    provider.sign = provider.change_after_signing
    come_back(Client(), provider)
    provider.sign = provider.sign_rightly
    verified(provider, email="stranger@example.org", sub="subject-9")
    come_back(Client(), provider)
    ours = "\n".join(
        r.getMessage() for r in caplog.records if r.name.startswith("trellis") or r.levelno >= logging.WARNING
    )
    for secret in ("eyJ", "an access token", SECRET, "example.org", "subject-1", provider.nonce):
        assert secret not in ours
    assert "eyJ" not in str(list(AuditEvent.objects.values()))


def test_a_form_may_lead_to_the_issuer_and_nowhere_else():
    header = Client().get("/sign-in/").headers["Content-Security-Policy"]
    assert "form-action 'self'" in header


def test_what_was_typed_too_late_comes_along_through_single_sign_on_even_when_it_stops_once(provider, worker):
    verified(provider, amr=["mfa"])
    client = signed_in(worker)
    with time_machine.travel(now() + timedelta(minutes=20), tick=False):
        page = client.post("/referrals/new/", {"harm_seen": "A cut on the hand"}).content.decode()
        kept = re.search(r'name="kept" value="([^"]+)"', page)[1]
        provider.broken = {"/.well-known/openid-configuration": 500}
        assert client.post("/sign-in/single/", {"kept": kept}).status_code == 424
        provider.broken = {}
        provider.claims |= {"iat": int(time.time()), "exp": int(time.time()) + 300}
        response = come_back(client, provider)
        assert response["Location"] == "/sign-in/kept/"
        assert "A cut on the hand" in client.get("/sign-in/kept/").content.decode()
