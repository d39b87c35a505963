"""At most ten guesses in any five minutes, by account and by address, however many come at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connections
from django.test import Client

from tests.factories import accounts
from trellis.accounts.models import Guess
from trellis.audit_log.models import AuditEvent
from trellis.core.clocks import now, today
from trellis.core.models import Limit

MOST = 10
AT_ONCE = 12  # each has two connections of its own
STEP = "/sign-in/second-step/"


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hundreds of guesses: the slow hash is tried where signing in is."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


def guess(email, password="a wrong one", address="192.0.2.1", client=None, **more):
    client = client or Client()
    return client.post("/sign-in/", {"username": email, "password": password}, REMOTE_ADDR=address, **more)


@pytest.mark.django_db
def test_the_eleventh_guess_is_not_looked_at_even_when_it_is_right():
    worker = accounts.hub_worker(email="sam@example.org")
    for number in range(MOST):
        assert guess("sam@example.org", address=f"192.0.2.{number}").status_code == 200
    response = guess("sam@example.org", accounts.PASSWORD, address="192.0.2.99")
    assert response.status_code == 429
    assert "There were too many tries. Wait 5 minutes" in response.content.decode()
    assert 290 < int(response["Retry-After"]) <= 300
    assert AuditEvent.objects.get(action="sign_in_blocked").actor == worker
    assert AuditEvent.objects.filter(action="sign_in_failed").count() == MOST


@pytest.mark.django_db
def test_an_unknown_account_is_blocked_in_the_same_words():
    accounts.hub_worker(email="sam@example.org")
    pages = []
    for email in ("sam@example.org", "nobody@example.org"):
        for number in range(MOST + 1):
            response = guess(email, address=f"192.0.2.{number}")
        assert response.status_code == 429
        pages.append(response.content.decode().replace(email, ""))
    assert [page.count("There were too many tries. Wait 5 minutes") for page in pages] == [2, 2]


@pytest.mark.django_db
def test_one_address_has_ten_guesses_over_all_accounts_and_others_have_theirs():
    for number in range(MOST):
        guess(f"worker{number}@example.org")
    worker = accounts.hub_worker(email="sam@example.org")
    accounts.with_app(worker)
    assert guess("sam@example.org", accounts.PASSWORD).status_code == 429
    assert guess("sam@example.org", accounts.PASSWORD, address="192.0.2.2").status_code == 302


@pytest.mark.django_db
def test_right_guesses_are_taken_back_so_an_office_behind_one_address_can_come_to_work():
    for _ in range(MOST + 5):
        worker = accounts.hub_worker()
        app, client = accounts.with_app(worker), Client()
        assert guess(worker.email, accounts.PASSWORD, client=client).status_code == 302
        assert client.post(STEP, {"code": app.now()}, REMOTE_ADDR="192.0.2.1")["Location"] == "/"
    assert Guess.objects.count() == 0


@pytest.mark.django_db
def test_passwords_codes_and_recovery_codes_count_together():
    worker = accounts.hub_worker()
    app, client = accounts.with_app(worker), Client()
    for number in range(4):
        guess(worker.email, address=f"192.0.2.{number}")
    guess(worker.email, accounts.PASSWORD, address="192.0.2.50", client=client)
    for number in range(3):
        assert client.post(STEP, {"code": "000000"}, REMOTE_ADDR=f"192.0.2.{10 + number}").status_code == 200
        page = client.post("/sign-in/recovery-code/", {"code": "aaaaa"}, REMOTE_ADDR=f"192.0.2.{20 + number}")
        assert page.status_code == 200
    assert client.post(STEP, {"code": app.now()}, REMOTE_ADDR="192.0.2.30").status_code == 429
    assert client.get("/").status_code == 302


@pytest.mark.django_db
def test_the_window_slides_and_old_guesses_are_not_kept():
    start = now()
    for minute in range(MOST):
        with time_machine.travel(start + timedelta(seconds=20 * minute), tick=False):
            guess("sam@example.org")
    with time_machine.travel(start + timedelta(seconds=299), tick=False):
        blocked = guess("sam@example.org")
    assert (blocked.status_code, blocked["Retry-After"]) == (429, "1")
    with time_machine.travel(start + timedelta(seconds=301), tick=False):
        assert guess("sam@example.org").status_code == 200
        assert guess("sam@example.org").status_code == 429
    with time_machine.travel(start + timedelta(minutes=30), tick=False):
        guess("sam@example.org")
        assert Guess.objects.count() == 1


@pytest.mark.django_db
def test_a_hub_sets_its_own_limit():
    named = Limit.objects.get(name="sign_in.guesses_by_account")
    named.valid_to = today()
    named.save()
    Limit.objects.create(name=named.name, value=3, unit=named.unit, meaning="ours", valid_from=today(), source="us")
    seen = [guess("sam@example.org", address=f"192.0.2.{number}").status_code for number in range(4)]
    assert seen == [200, 200, 200, 429]


@pytest.mark.django_db
def test_nothing_typed_and_no_address_is_kept():
    guess("stranger@example.org", address="198.51.100.7")
    row = Guess.objects.get()
    assert {len(row.account), len(row.address)} == {64}
    assert "stranger" not in row.account
    assert "198.51" not in row.address


@pytest.mark.django_db
def test_going_on_guessing_fills_neither_the_table_nor_the_log():
    accounts.hub_worker(email="sam@example.org")
    for _ in range(MOST + 20):
        guess("sam@example.org")
    for number in range(20):
        guess(f"nobody{number}@example.org")
    assert AuditEvent.objects.filter(action="sign_in_blocked").count() == 2
    assert Guess.objects.count() == MOST + 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("proxies", "forwarded", "same"),
    [
        (0, ["203.0.113.1", "203.0.113.2"], True),
        (1, ["203.0.113.1", "203.0.113.2"], False),
        (1, ["203.0.113.1, 203.0.113.9", "203.0.113.2, 203.0.113.9"], True),
        (2, ["203.0.113.1, 203.0.113.9", "203.0.113.2, 203.0.113.9"], False),
        (1, ["2001:db8:1:1::1", "2001:db8:1:1:ffff::2"], True),
        (1, ["2001:db8:1:1::1", "2001:db8:1:2::1"], False),
        (1, ["::ffff:203.0.113.1", "203.0.113.1"], True),
        (1, ["nonsense", "nonsense"], True),
    ],
)
def test_the_address_is_the_one_our_own_proxies_saw(settings, proxies, forwarded, same):
    settings.TRUSTED_PROXIES = proxies
    for told in forwarded:
        guess("sam@example.org", headers={"x-forwarded-for": told})
    kept = set(Guess.objects.values_list("address", flat=True))
    assert (len(kept) == 1) is same


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_of_fifty_guesses_on_many_connections_exactly_ten_are_looked_at():
    accounts.hub_worker(email="sam@example.org")
    together = Barrier(AT_ONCE)

    def one(number: int) -> int:
        try:
            if number < AT_ONCE:
                together.wait()
            return guess("sam@example.org", address=f"192.0.2.{number}").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        seen = sorted(pool.map(one, range(50)))
    assert seen == [200] * MOST + [429] * 40
    assert AuditEvent.objects.filter(action="sign_in_failed").count() == MOST


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_request_that_fails_afterwards_has_guessed_all_the_same(monkeypatch):
    from trellis.accounts.views import sign_in

    accounts.hub_worker(email="sam@example.org")

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(sign_in, "user_with", fail)
    Client(raise_request_exception=False).post("/sign-in/", {"username": "sam@example.org", "password": "x"})
    assert Guess.objects.count() == 1
