"""``kill -9`` at any moment: no event is left unsealed or sealed twice, and nothing looks like tampering."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.db import connections

from tests.factories import accounts, audit_log
from tests.integration.audit_log.verifying import findings
from tests.support import hub
from trellis.audit_log.models import AuditBatch, AuditEvent, AwaitingSeal
from trellis.audit_log.sealer import Sealer
from trellis.console.environment import ROOT
from trellis.core.row_context import Duty, duty

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
KILLS = 20


def seal_without_end(folder):
    Sealer(folder).run(0.001, threading.Event())


def requests(worker, going):
    while not going.is_set():
        audit_log.request(worker, 2)
    connections.close_all()


def test_killed_at_random_moments_while_events_come_in(tmp_path):
    seed = random.randrange(10**6)
    chance, going = random.Random(seed), threading.Event()
    worker = accounts.hub_worker()
    Sealer(tmp_path).seal()
    apart = multiprocessing.get_context("fork")
    sealers = [apart.Process(target=seal_without_end, args=[tmp_path]) for _ in range(KILLS)]
    coming = threading.Thread(target=requests, args=[worker, going])
    coming.start()
    alarms = []
    try:
        for sealer in sealers:
            connections.close_all()  # what this process holds open is not the child's
            sealer.start()
            time.sleep(chance.uniform(0.02, 0.3))
            sealer.kill()
            sealer.join()
            alarms += findings(tmp_path)[0]
    finally:
        going.set()
        coming.join()
    assert alarms == [], seed
    while Sealer(tmp_path).seal():
        pass
    found, check = findings(tmp_path)
    assert (found, check.notes, AwaitingSeal.objects.count()) == ([], [], 0), seed
    with duty(Duty.AUDIT):
        assert check.events == AuditEvent.objects.count() > KILLS
    assert check.batches == AuditBatch.objects.count() > KILLS / 2


def test_the_command_seals_until_it_is_told_to_stop(tmp_path):
    audit_log.request(accounts.hub_worker(), 3)
    name = connections["default"].settings_dict["NAME"]
    command = [sys.executable, "-P", "-m", "trellis.console.tethered", "manage", "seal_audit"]
    given = {"TRELLIS_AUDIT_DIR": str(tmp_path), "TRELLIS_PARENT": str(os.getpid()), "PYTHONPATH": str(ROOT)}
    with hub.django_children_use(hub.server().urls_of(name), **given):
        running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    give_up_at = time.monotonic() + 20
    while AwaitingSeal.objects.exists() and time.monotonic() < give_up_at:
        time.sleep(0.1)
    running.send_signal(signal.SIGTERM)
    _, said = running.communicate(timeout=20)
    assert (running.returncode, said, AwaitingSeal.objects.count()) == (0, "", 0)
    assert findings(tmp_path)[0] == []
