"""``verify-audit`` finds every edit of the log, and nothing where nothing was edited."""

import json
import os
import random
import shutil
import sys

import pytest
from django.core.management import call_command
from django.db import connections

from tests.factories import accounts, audit_log
from tests.integration.audit_log.edits import EDITS, Adversary
from tests.support import hub
from trellis.audit_log.models import AuditBatch
from trellis.audit_log.verification import Verification

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
RUNS, UNTOUCHED_EVERY = 1_000, 10


@pytest.fixture
def superuser():
    """A connection above every rule of the database."""
    with hub.server().connect(connections["default"].settings_dict["NAME"]) as connection:
        yield connection


def outcome_of(edit, seed, superuser, original, heads):
    """What verifying finds after this edit, all of which is taken back."""
    shutil.copytree(original, heads, dirs_exist_ok=True)
    with superuser.transaction(force_rollback=True):
        superuser.execute("UPDATE audit_log_awaitingseal SET queued_at = clock_timestamp()")  # however slow the machine
        if edit:
            edit(Adversary(superuser, random.Random(seed), heads))
        return [str(finding) for finding in Verification(heads).findings(superuser)]


def test_a_thousand_edits_are_found(tmp_path, superuser):
    seed = int(os.environ.get("TRELLIS_EDIT_SEED") or random.randrange(10**6))
    sys.stdout.write(f"TRELLIS_EDIT_SEED={seed}\n")
    original, heads = tmp_path / "original", tmp_path / "copy"
    audit_log.sealed_log(original, batches=18, awaiting=6, seed=seed)
    unnoticed, false_alarms = [], []
    for run in range(RUNS):
        edit = EDITS[run % len(EDITS)]
        if not outcome_of(edit, f"{seed}/{run}", superuser, original, heads):
            unnoticed.append(f"{edit.__name__} in run {run} of seed {seed}")
        if run % UNTOUCHED_EVERY == 0:
            false_alarms += outcome_of(None, "", superuser, original, heads)
    assert (unnoticed, false_alarms) == ([], [])


def verified(capsys, *arguments):
    code = 0
    try:
        call_command("verify_audit", *arguments)
    except SystemExit as end:
        code = end.code
    out, err = capsys.readouterr()
    return code, out, err


def test_a_sound_log_in_words_and_as_json(tmp_path, settings, capsys):
    settings.AUDIT_DIR = tmp_path
    audit_log.sealed_log(tmp_path, batches=3, awaiting=1)
    code, out, _ = verified(capsys)
    assert (code, "3 batches; 1 of them wait" in out, "sound; took" in out) == (0, True, True)
    code, out, _ = verified(capsys, "--json")
    told = json.loads(out)
    assert (code, told["sound"], told["findings"], told["last_head"]["number"]) == (0, True, [], 3)


def test_a_changed_event_is_one_line_that_says_which(tmp_path, settings, capsys, superuser):
    settings.AUDIT_DIR = tmp_path
    audit_log.sealed_log(tmp_path, batches=3)
    event = AuditBatch.objects.get(number=2).event_ids[0]
    superuser.execute("SET session_replication_role = replica")
    superuser.execute("UPDATE audit_log_auditevent SET why = 'none' WHERE id = %s", [event])
    code, out, _ = verified(capsys)
    assert (code, out.splitlines()[0]) == (1, f"batch 2, event {event}: was changed")
    code, out, _ = verified(capsys, "--json")
    assert (code, json.loads(out)["findings"]) == (1, [{"batch": 2, "event": event, "what": "was changed"}])


def test_where_nothing_was_ever_sealed_it_cannot_run(tmp_path, settings, capsys):
    settings.AUDIT_DIR = tmp_path
    code, out, err = verified(capsys)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_loss_accepted_with_a_reason(tmp_path, settings, capsys, superuser):
    """As after a backup was put back: the reason is signed, shown each time, and covers these batches alone."""
    settings.AUDIT_DIR = tmp_path
    sealer = audit_log.sealed_log(tmp_path, batches=4)
    superuser.execute("SET session_replication_role = replica")
    superuser.execute(
        """DELETE FROM audit_log_auditevent WHERE id IN
        (SELECT unnest(event_ids) FROM audit_log_auditbatch WHERE number = 4)"""
    )
    superuser.execute("DELETE FROM audit_log_auditbatch WHERE number = 4")
    assert verified(capsys, "--accept-loss", "backup of Sunday put back")[0] == 1
    code, out, _ = verified(capsys)
    assert (code, "backup of Sunday put back" in out) == (0, True)
    audit_log.request(accounts.hub_worker())
    sealer.seal()
    assert verified(capsys)[0] == 0
    path = tmp_path / "accepted-losses.jsonl"
    path.write_text(path.read_text().replace("Sunday", "Monday"))
    assert verified(capsys)[0] == 1
