"""Twenty users on four database connections, in any order, with errors and rollbacks between them: nobody is ever given
a row that is somebody else's to see, and a connection that nobody asks on sees nothing."""

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.access.busy_hub import TABLES, BusyHub, busy_hub
from tests.access.interleaved import KINDS, WEIGHTS, Asking, Written, as_in_service
from trellis.core import row_context

CONNECTIONS = 4


@pytest.fixture(autouse=True)
def _take_turns_often() -> Iterator[None]:
    """So that the four are in each other's way as often as can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0002)
    yield
    sys.setswitchinterval(before)


def ask_many(hub: BusyHub, calls: int, seconds: float = 3600) -> tuple[list[str], list[Asking]]:
    """So many calls, shared by the workers, or as many as there is time for; what was wrong in them."""
    written, seed, until = Written(), random.randrange(10**9), time.monotonic() + seconds
    workers = [Asking(hub, written, random.Random(seed + number)) for number in range(CONNECTIONS)]
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        wrong = list(pool.map(lambda worker: work(worker, calls // CONNECTIONS, until), workers))
    return [f"{what} (seed {seed})" for many in wrong for what in many], workers


def work(asking: Asking, calls: int, until: float) -> list[str]:
    with as_in_service():
        wrong = asking.left_behind()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid(), current_setting('trellis.duty', true)")
            asking.backend, closed = cursor.fetchone()
        assert not closed, "the connection is not the closed one of a web worker"
        for kind in asking.chance.choices(list(KINDS), WEIGHTS, k=calls):
            if time.monotonic() > until:
                break
            wrong += asking.call(kind)
    return wrong


def report(workers: list[Asking], began: float, capsys) -> Counter:
    done = sum((worker.done for worker in workers), Counter())
    seconds, load = time.monotonic() - began, os.getloadavg()[0]
    given = sum(worker.given for worker in workers)
    said = (
        f"{done.total():,} calls of 20 users on {CONNECTIONS} connections in {seconds:.0f} s, {given:,} rows looked at"
    )
    with capsys.disabled():
        sys.stdout.write(f"\n{said}, load {load:.1f}: {dict(done)}\n")
    return done


def nobody_is_given_what_is_not_theirs(calls: int, seconds: float, capsys) -> None:
    hub, began = busy_hub(), time.monotonic()
    wrong, workers = ask_many(hub, calls, seconds)
    done = report(workers, began, capsys)
    assert wrong == []
    assert set(done) == set(KINDS), "too few calls to have tried everything"
    assert len({worker.backend for worker in workers}) == CONNECTIONS


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_nobody_is_given_what_is_not_theirs(capsys):
    """Five thousand calls take 15 seconds on a machine that is free; a busy one makes fewer of them."""
    nobody_is_given_what_is_not_theirs(5_000, 30, capsys)


@pytest.mark.nightly
@pytest.mark.django_db(transaction=True, databases="__all__")
def test_nobody_is_given_what_is_not_theirs_for_long(capsys):
    nobody_is_given_what_is_not_theirs(100_000, 3600, capsys)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_context_that_outlives_its_transaction_is_noticed(monkeypatch):
    """Else the comparison would hold of nothing."""
    monkeypatch.setattr(row_context, "APPLY", row_context.APPLY.replace("true", "false"))
    wrong, _ = ask_many(busy_hub(), 80)
    assert any("rows where nobody asks" in what for what in wrong)


@pytest.mark.django_db
def test_the_twenty_differ_in_what_they_see():
    hub = busy_hub()
    pictures = {tuple(sorted(hub.given[user, table]) for table in TABLES).__repr__() for user in hub.users}
    assert len(hub.users) == 20
    assert len(pictures) >= 12, len(pictures)
    seen = Counter(bool(hub.given[user, "people_person"]) for user in hub.users)
    assert seen[True] >= 12
    assert seen[False] >= 2
