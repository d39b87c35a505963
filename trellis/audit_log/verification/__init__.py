"""Verifying the log: everything is read again, and every way of changing it unnoticed is looked for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from psycopg import Connection

from trellis.audit_log.accepted_losses import Loss, accepted
from trellis.audit_log.findings import Finding, in_words
from trellis.audit_log.heads import Head, Heads
from trellis.audit_log.signing import fingerprint, public_key
from trellis.audit_log.verification.batches import BatchChecks
from trellis.audit_log.verification.outside_batches import OutsideBatches, missing_guards
from trellis.core.row_context import Duty, duty

ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@contextmanager
def one_moment() -> Iterator[Connection[Any]]:
    """The database as it stands at one moment, the log readable, while requests and the sealer go on."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(ONE_MOMENT)
        with duty(Duty.AUDIT):
            yield connection.connection


class Verification:
    """One verifying of the whole log, over a connection whose transaction sees one moment of it.

    Make it before that moment: the newest head that is there now must have its batch in the database then.
    Raises Unusable where there is no public key. ``progress`` is told how many events were read.
    """

    def __init__(self, folder: Path, progress: Callable[[int], None] = lambda events: None) -> None:
        self._key = public_key(folder)
        self._heads = Heads(folder)
        self._progress = progress
        self._losses = accepted(folder, self._key)
        self.last_head: Head | None = self._heads.last()
        self.fingerprint = fingerprint(self._key)
        self.events = self.batches = self.awaiting = 0
        self.notes: list[str] = []

    def findings(self, connection: Connection[Any]) -> Iterator[Finding]:
        """Everything that is wrong, as it is found; nothing when the log is sound."""
        yield from missing_guards(connection)
        sealed = BatchChecks(connection, self._key, self._heads, self.last_head, self._progress)
        for finding in sealed.findings():
            loss = self._accepted(finding)
            if loss:
                what = in_words(loss.first, loss.last)
                self.notes.append(f"{what}: {finding.what}; accepted on {loss.at}: {loss.why}")
            else:
                yield finding
        self.notes += sealed.notes
        outside = OutsideBatches(connection, sealed.events_found)
        yield from outside.findings()
        self.batches, self.awaiting = sealed.batches, outside.awaiting
        self.events = sealed.events_found + outside.awaiting

    def _accepted(self, finding: Finding) -> Loss | None:
        return next((loss for loss in self._losses if finding.lost and loss.covers(finding.lost)), None)
