"""The sealer: takes what waits, checks it, binds it to all that came before, signs it, and tells a file outside.

First the batch is committed, then its head is written. A sealer killed between the two leaves one batch without a
head, and the next run writes it. What the heads say weighs more than what the database says: where they disagree,
sealing goes on from the newest head, so that the break stays to be seen.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, connection

from trellis.audit_log.chain import NOTHING_BEFORE, Batch, digest_of_rows
from trellis.audit_log.event_bytes import absent, mac_is_right, moment_at, moment_bytes, stored_rows
from trellis.audit_log.heads import Head, Heads
from trellis.audit_log.models import AuditBatch
from trellis.audit_log.signing import PUBLIC, is_signed, make_signing_key, signing_key
from trellis.audit_log.stored_batches import last_batch
from trellis.core.errors import Unusable
from trellis.core.row_context import Duty, duty

logger = logging.getLogger(__name__)

DISAGREE = "the log in the database and its heads outside disagree: run hub verify-audit"
ONE_AT_A_TIME = 7_274_836
MOST_EVENTS = 5_000
TAKE = """
DELETE FROM audit_log_awaitingseal
WHERE event_id IN (SELECT event_id FROM audit_log_awaitingseal ORDER BY event_id LIMIT %s)
RETURNING event_id
"""


class Sealer:
    """Seals into one folder. Any number may run: a lock in the database lets one at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.heads = Heads(folder)
        self._told = ""

    def run(self, every_seconds: float, stop: threading.Event) -> None:
        """Seal until told to stop, through whatever the database does meanwhile."""
        while not stop.is_set():
            try:
                while self.seal() == MOST_EVENTS and not stop.is_set():
                    pass
            except (DatabaseError, psycopg.Error, OSError, Unusable) as problem:
                self._tell(f"nothing was sealed: {' '.join(str(problem).split())}")
                connection.close()
            stop.wait(every_seconds)

    def seal_all(self) -> int:
        """Seal everything that waits; how many events that were."""
        sealed = 0
        while more := self.seal():
            sealed += more
        return sealed

    def seal(self) -> int:
        """Seal what waits, at most ``MOST_EVENTS``; how many events that were."""
        with _alone():
            key = self._key()
            with duty(Duty.AUDIT):
                before = self._go_on_from(key)
                batch = _take(before, key)
            if batch is None:
                return 0
            self.heads.append(Head.of(batch))
        return batch.count

    def _key(self) -> Ed25519PrivateKey:
        """The signing key, made where nothing was ever sealed."""
        never_sealed = not (self.folder / PUBLIC).exists() and not self.heads.files()
        if never_sealed and last_batch(connection.connection) is None:
            make_signing_key(self.folder)
        return signing_key(self.folder)

    def _go_on_from(self, key: Ed25519PrivateKey) -> Head | None:
        """The newest there is to build upon: a head that is missing only because the sealer was killed is written."""
        last, head = last_batch(connection.connection), self.heads.last()
        told = head.number if head else 0
        if last is None or (head and head == _head_or_none(last)):
            if last is None and head:
                self._tell(DISAGREE)
            return head
        if last.number == told + 1 and _is_ours(last, head, key):
            self.heads.append(Head.of(last))
            return Head.of(last)
        self._tell(DISAGREE)
        if head is None:
            return _head_or_none(last)
        return replace(head, number=max(told, last.number))

    def _tell(self, what: str) -> None:
        """Put an error into the log, once and not every two seconds."""
        if what != self._told:
            logger.error(what)
        self._told = what


def _head_or_none(batch: Batch) -> Head | None:
    try:
        return Head.of(batch)
    except (ValueError, OverflowError):
        return None


def _is_ours(batch: Batch, before: Head | None, key: Ed25519PrivateKey) -> bool:
    """Does this batch follow that head, signed by us?"""
    previous = bytes.fromhex(before.digest) if before else NOTHING_BEFORE
    try:
        signed = is_signed(key.public_key(), batch.signature, batch.header())
    except ValueError:
        return False
    return signed and batch.previous == previous


def _take(before: Head | None, key: Ed25519PrivateKey) -> Batch | None:
    """Take what waits out of the queue and store the batch that holds it, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [MOST_EVENTS])
        ids = sorted(event_id for (event_id,) in cursor.fetchall())
        if not ids:
            return None
    with connection.connection.cursor() as cursor:
        rows = stored_rows(cursor, ids)
    doubtful = [i for i in ids if i not in rows or not mac_is_right(rows[i])]
    if doubtful:
        logger.error("%s events were changed, forged or removed before they were sealed: %s", len(doubtful), doubtful)
    batch = Batch(
        number=before.number + 1 if before else 1,
        event_ids=ids,
        doubtful=doubtful,
        count=len(ids),
        total=(before.total if before else 0) + len(ids),
        digest=digest_of_rows(rows.get(i) or absent(i) for i in ids),
        previous=bytes.fromhex(before.digest) if before else NOTHING_BEFORE,
        sealed_at=moment_bytes(_not_before(before)),
    )
    signed = replace(batch, signature=key.sign(batch.header()))
    _store(signed)
    return signed


def _not_before(before: Head | None) -> datetime:
    """Now, or the moment of the last head where the clock was put back."""
    now = datetime.now(UTC)
    return max(now, datetime.fromisoformat(before.sealed_at)) if before else now


def _store(batch: Batch) -> None:
    AuditBatch.objects.create(**{**asdict(batch), "sealed_at": moment_at(batch.sealed_at)})


@contextmanager
def _alone() -> Iterator[None]:
    """One sealer at a time, over every machine: the lock outlives the transaction, until the head is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
