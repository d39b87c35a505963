"""The sealer binds every event into one chain, whatever kills it and however many run."""

import json
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, connections

from tests.factories import accounts, audit_log
from tests.integration.audit_log.verifying import findings
from trellis.audit_log import sealer as sealing
from trellis.audit_log.event_bytes import bytes_of, mac_is_right, stored_rows
from trellis.audit_log.heads import Heads
from trellis.audit_log.models import Action, AuditBatch, AuditEvent, AwaitingSeal
from trellis.audit_log.sealer import Sealer
from trellis.audit_log.trail import record_apart, recorded
from trellis.core.errors import Unusable
from trellis.core.row_context import Duty, duty

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_a_sealed_log_is_sound(tmp_path):
    audit_log.sealed_log(tmp_path, batches=5, awaiting=2)
    found, check = findings(tmp_path)
    assert found == check.notes == []
    assert (check.batches, check.awaiting, AwaitingSeal.objects.count()) == (5, 2, 2)
    with duty(Duty.AUDIT):
        assert check.events == AuditEvent.objects.count()


def test_what_is_written_is_what_is_read_back(tmp_path):
    """The bytes made of an event before it is stored are those the database gives back."""
    worker = accounts.hub_worker()
    why = "Łódź \u202e 孩子 'quoted' \\ \n tab\t 👧"
    with recorded(worker) as trail:
        for said in (why, "", "x" * 200):
            trail.events.append(trail.event(Action.READ, "ünïcode", None, said))
        made = list(trail.events)
        record_apart(trail.event(Action.REFUSE, "page"))
    with duty(Duty.AUDIT), connection.cursor() as cursor:
        ids = list(AuditEvent.objects.order_by("id").values_list("id", flat=True))
        rows = list(stored_rows(cursor.cursor, ids).values())
    assert [mac_is_right(row) for row in rows] == [True] * 4
    assert {row[-len(bytes_of(event)) :] for row, event in zip(rows[1:], made, strict=True)} == {
        bytes_of(event) for event in made
    }


def test_the_mac_covers_every_column():
    from trellis.audit_log.event_bytes import COLUMNS

    stored = {field.column for field in AuditEvent._meta.concrete_fields}
    assert stored == {*COLUMNS, "id", "mac"}


def test_nothing_to_seal_makes_no_batch(tmp_path):
    assert Sealer(tmp_path).seal() == 0
    assert not AuditBatch.objects.exists()
    assert findings(tmp_path)[0] == []


def test_two_sealers_at_once(tmp_path):
    """Eight at once while events come in: one chain, nothing twice, nothing left."""
    worker, going, failures = accounts.hub_worker(), threading.Event(), []

    def run(work):
        try:
            while not going.is_set():
                work()
        except Exception as problem:
            failures.append(problem)
        finally:
            connections.close_all()

    Sealer(tmp_path).seal()
    works = [lambda: audit_log.request(worker, 2)] * 3 + [Sealer(tmp_path).seal for _ in range(4)]
    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    threading.Event().wait(1.5)
    going.set()
    for thread in threads:
        thread.join()
    Sealer(tmp_path).seal()
    assert failures == []
    found, check = findings(tmp_path)
    assert (found, check.notes, check.awaiting) == ([], [], 0)
    sealed = [event for batch in AuditBatch.objects.all() for event in batch.event_ids]
    with duty(Duty.AUDIT):
        assert sorted(sealed) == list(AuditEvent.objects.order_by("id").values_list("id", flat=True))
    numbers = [json.loads(line)["number"] for path in Heads(tmp_path).files() for line in path.open()]
    assert numbers == list(range(1, AuditBatch.objects.count() + 1))


def test_more_than_one_batch_holds_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(sealing, "MOST_EVENTS", 10)
    audit_log.request(accounts.hub_worker(), 25)
    sealer = Sealer(tmp_path)
    assert [sealer.seal(), sealer.seal(), sealer.seal(), sealer.seal()] == [10, 10, 5, 0]
    assert findings(tmp_path)[0] == []


def test_a_sealer_that_died_before_the_head_was_written(tmp_path, monkeypatch):
    """The batch has no head: that is said and is no finding; the next run writes it."""
    sealer = audit_log.sealed_log(tmp_path, batches=2, awaiting=1)
    monkeypatch.setattr(Heads, "append", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        sealer.seal()
    monkeypatch.undo()
    found, check = findings(tmp_path)
    assert (found, len(check.notes), check.batches) == ([], 1, 3)
    sealer.seal()
    found, check = findings(tmp_path)
    assert (found, check.notes) == ([], [])


def test_a_head_torn_while_it_was_written(tmp_path):
    sealer = audit_log.sealed_log(tmp_path, batches=3)
    (path,) = Heads(tmp_path).files()
    path.write_bytes(path.read_bytes()[:-40])
    assert findings(tmp_path)[0] == []
    sealer.seal()
    assert findings(tmp_path)[1].notes == []
    assert len(path.read_bytes().splitlines()) == 3


def test_a_forged_event_is_sealed_as_doubtful(tmp_path, owner_connection):
    sealer = audit_log.sealed_log(tmp_path, batches=1)
    with owner_connection.cursor() as cursor:
        cursor.execute("""
            INSERT INTO audit_log_auditevent
                (event_key, at, agency, action, what, children, grants, why, request_id, mac)
            VALUES (gen_random_uuid(), now(), '', 'read', 'x', '{}', '{}', '', gen_random_uuid(), sha256('x'))""")
    assert sealer.seal() == 1
    found, _ = findings(tmp_path)
    assert len(found) == 1
    assert "forged" in found[0]


def test_a_lost_signing_key_is_never_replaced_in_silence(tmp_path):
    sealer = audit_log.sealed_log(tmp_path, batches=1, awaiting=1)
    (tmp_path / "signing-key.pem").unlink()
    with pytest.raises(Unusable, match="put it back"):
        sealer.seal()
    assert findings(tmp_path)[0] == []


def test_a_new_signing_key_goes_on_with_the_old_chain(tmp_path, settings):
    settings.AUDIT_DIR = tmp_path
    sealer = audit_log.sealed_log(tmp_path, batches=2, awaiting=1)
    before = findings(tmp_path)[1].fingerprint
    (tmp_path / "signing-key.pem").unlink()
    call_command("seal_audit", "--new-key")
    assert sealer.seal()
    found, check = findings(tmp_path)
    assert (found, check.batches, check.fingerprint != before) == ([], 3, True)


def test_the_keys_are_closed_to_others(tmp_path):
    audit_log.sealed_log(tmp_path, batches=1)
    assert (tmp_path / "signing-key.pem").stat().st_mode & 0o777 == 0o600


def test_after_the_log_was_put_back_the_break_stays(tmp_path, owner_connection):
    """An older log goes on from the newest head, so that what it lacks is never numbered again."""
    sealer = audit_log.sealed_log(tmp_path, batches=4)
    lost = AuditBatch.objects.get(number=4).event_ids
    with owner_connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_log_auditbatch DISABLE TRIGGER USER")
        cursor.execute("ALTER TABLE audit_log_auditevent DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM audit_log_auditbatch WHERE number = 4")
        cursor.execute("DELETE FROM audit_log_auditevent WHERE id = ANY(%s)", [lost])
        cursor.execute("ALTER TABLE audit_log_auditbatch ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE audit_log_auditevent ENABLE TRIGGER USER")
    assert "tail" in findings(tmp_path)[0][0]
    audit_log.request(accounts.hub_worker())
    assert sealer.seal() == 1
    assert list(AuditBatch.objects.values_list("number", flat=True)) == [1, 2, 3, 5]
    assert findings(tmp_path)[0] == ["batch 4 missing from the log: removed"]


def test_events_nobody_seals_are_told(tmp_path, owner_connection):
    audit_log.sealed_log(tmp_path, batches=1, awaiting=1)
    AwaitingSeal.objects.update(queued_at=AwaitingSeal.objects.get().queued_at - timedelta(minutes=2))
    (found,) = findings(tmp_path)[0]
    assert "the sealer does not run" in found


def test_a_changed_secret_key_with_the_old_one_named(tmp_path, settings):
    sealer = audit_log.sealed_log(tmp_path, batches=1, awaiting=1)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, as a hub makes one after a leak"
    audit_log.request(None)
    sealer.seal()
    assert findings(tmp_path)[0] == []
