"""Security keys, answered by a key made of software: honest ones are taken, all others refused."""

import html
import json
import re

import pytest
from django.test import Client

from tests.factories import accounts
from tests.support.pages import signed_in
from tests.support.soft_key import SoftKey
from trellis.accounts.models import SecurityKey
from trellis.audit_log.models import AuditEvent

pytestmark = pytest.mark.django_db
STEP, ADD = "/sign-in/second-step/", "/account/keys/add/"


def options_on(client, path) -> str:
    """What the page asks the browser for."""
    found = re.search(r'data-options="([^"]*)"', client.get(path).content.decode())
    return html.unescape(found[1])


def add(client, key, path=ADD, **more):
    return client.post(path, {"answer": key.register(options_on(client, path)), "name": "Blue key", **more})


def answer_with(**response) -> str:
    return json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": response})


def half_way(worker) -> Client:
    client = Client()
    client.post("/sign-in/", {"username": worker.email, "password": accounts.PASSWORD})
    return client


def worker_with_key() -> tuple:
    worker, key = accounts.hub_worker(), SoftKey()
    assert add(signed_in(worker), key).status_code == 302
    worker.refresh_from_db()
    return worker, key


def test_the_first_second_step_may_be_a_key():
    worker = accounts.hub_worker()
    client = half_way(worker)
    assert add(client, SoftKey(), "/sign-in/set-up/key/")["Location"] == "/account/recovery-codes/"
    assert client.get("/").status_code == 200
    assert AuditEvent.objects.get(action="sign_in").why == "password and security key"
    assert SecurityKey.objects.get(user=worker).name == "Blue key"


def test_a_key_signs_in_and_its_counter_is_kept():
    worker, key = worker_with_key()
    for count in (1, 2):
        client = half_way(worker)
        assert client.post(STEP, {"answer": key.sign(options_on(client, STEP))})["Location"] == "/"
        assert client.get("/").status_code == 200
        assert SecurityKey.objects.get(user=worker).sign_count == count


def test_a_key_that_counts_backwards_may_be_a_copy_and_is_refused():
    worker, key = worker_with_key()
    client = half_way(worker)
    client.post(STEP, {"answer": key.sign(options_on(client, STEP))})
    key.count = 0
    client = half_way(worker)
    response = client.post(STEP, {"answer": key.sign(options_on(client, STEP))})
    assert "The key was not recognised" in response.content.decode()
    assert AuditEvent.objects.get(action="sign_in_failed").why == "security key"


def test_an_answer_is_good_for_one_challenge_only():
    worker, key = worker_with_key()
    client = half_way(worker)
    answer = key.sign(options_on(client, STEP))
    client.get(STEP)
    assert client.post(STEP, {"answer": answer}).status_code == 200
    assert client.get("/").status_code == 302


def test_a_page_of_another_origin_gets_nowhere():
    worker, key = worker_with_key()
    key.origin = "https://hub.example.net"
    client = half_way(worker)
    assert client.post(STEP, {"answer": key.sign(options_on(client, STEP))}).status_code == 200
    assert client.get("/").status_code == 302


def test_somebody_elses_key_gets_nowhere():
    worker, _ = worker_with_key()
    _, other_key = worker_with_key()
    client = half_way(worker)
    assert client.post(STEP, {"answer": other_key.sign(options_on(client, STEP))}).status_code == 200
    assert client.get("/").status_code == 302


def test_a_key_belongs_to_one_account():
    _, key = worker_with_key()
    response = add(signed_in(accounts.hub_worker()), key)
    assert "could not be added" in response.content.decode()
    assert SecurityKey.objects.count() == 1


def test_keys_added_before_are_named_so_that_none_is_added_twice():
    worker, _ = worker_with_key()
    client = signed_in(worker)
    excluded = json.loads(options_on(client, ADD))["excludeCredentials"]
    assert len(excluded) == 1
    named = add(client, SoftKey(), name="")
    assert named.status_code == 302
    assert set(SecurityKey.objects.values_list("name", flat=True)) == {"Blue key", "Security key 2"}


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{}",
        "null",
        "not json",
        "[" * 20_000,
        '{"id": "é", "rawId": "é", "type": "public-key", "response": {}}',
        answer_with(clientDataJSON="AA", attestationObject="AA"),
        answer_with(clientDataJSON="e30", authenticatorData="AA", signature="AA", userHandle="é"),
    ],
)
def test_what_is_no_answer_is_refused_in_plain_words(answer):
    worker, _ = worker_with_key()
    client = half_way(worker)
    client.get(STEP)
    assert client.post(STEP, {"answer": answer}).status_code == 200
    worker.refresh_from_db()
    adding = signed_in(worker)
    adding.get(ADD)
    assert adding.post(ADD, {"answer": answer}).status_code == 200


def test_at_an_address_that_is_a_number_no_key_is_asked_for(settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
    worker, _ = worker_with_key()
    client = signed_in(worker)
    page = client.get(ADD, headers={"host": "127.0.0.1:8000"}).content.decode()
    assert "this address is a number" in page
    assert "data-options" not in page


def test_behind_a_proxy_the_told_origin_counts(settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://*.example.org", "https://hub.example.org"]
    worker = accounts.hub_worker()
    client = signed_in(worker)
    assert json.loads(options_on(client, ADD))["rp"]["id"] == "hub.example.org"
    assert add(client, SoftKey("hub.example.org", "https://hub.example.org")).status_code == 302
