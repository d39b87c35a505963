"""What is sealed: each batch against its events, the batch before it, its head outside and the signature."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from psycopg import Connection

from trellis.audit_log.chain import NOTHING_BEFORE, Batch, digest_of_rows
from trellis.audit_log.event_bytes import absent, mac_is_right, stored_rows
from trellis.audit_log.findings import Finding, in_words
from trellis.audit_log.heads import Head, Heads
from trellis.audit_log.signing import is_signed
from trellis.audit_log.stored_batches import batches
from trellis.audit_log.verification.head_walk import HeadWalk

EVENTS_AT_A_TIME = 20_000


@dataclass(frozen=True)
class Link:
    """A batch between its neighbours."""

    before: Batch | None
    batch: Batch
    after: Batch | None


class BatchChecks:
    """Walks the batches and the heads side by side, some thousand events in memory at a time."""

    def __init__(
        self,
        connection: Connection[Any],
        key: Ed25519PublicKey,
        heads: Heads,
        told: Head | None,
        progress: Callable[[int], None],
    ) -> None:
        self._connection = connection
        self._key = key
        self._heads = HeadWalk(heads)
        self._told = told.number if told else 0
        self._progress = progress
        self._headless: list[tuple[int, int]] = []
        self.batches = self.events_found = 0
        self.notes: list[str] = []

    def findings(self) -> Iterator[Finding]:
        last = 0
        for links in _some_at_a_time(_links(batches(self._connection))):
            with self._connection.cursor() as cursor:
                rows = stored_rows(cursor, [i for link in links for i in link.batch.event_ids])
            for link in links:
                yield from self._of_chain(link)
                yield from self._of_contents(link.batch, rows)
                last = max(last, link.batch.number)
            self._progress(self.events_found)
        yield from self._of_the_end(last)

    def _of_chain(self, link: Link) -> Iterator[Finding]:
        batch = link.batch
        self.batches += 1
        expected = link.before.number + 1 if link.before else 1
        if batch.number < expected:
            yield Finding("has a number that no batch has", batch.number)
        if batch.number > expected:
            lost = (expected, batch.number - 1)
            yield Finding(f"{in_words(*lost)} missing from the log: removed", lost=lost)
        skipped = self._heads.skip_to(batch.number)
        previous = _link_of(link.before) if link.before else NOTHING_BEFORE
        if batch.number > expected:
            told = skipped and skipped.number == batch.number - 1
            previous = bytes.fromhex(skipped.digest) if skipped and told else None
        if previous and batch.previous != previous:
            yield Finding("does not continue the batch before it: one of the two was changed", batch.number)
        yield from self._of_head(batch)
        yield from self._of_signature(link)

    def _of_head(self, batch: Batch) -> Iterator[Finding]:
        line = self._heads.at(batch.number)
        yield from self._heads.drain()
        if line is None:
            self._note_headless(batch.number)
        elif line.head != _head_of(batch):
            yield Finding(f"is not what its head outside says ({line.place}): one of the two was changed", batch.number)

    def _note_headless(self, number: int) -> None:
        if self._headless and self._headless[-1][1] == number - 1:
            self._headless[-1] = (self._headless[-1][0], number)
        else:
            self._headless.append((number, number))

    def _of_signature(self, link: Link) -> Iterator[Finding]:
        """A batch that the next one continues is vouched for by that one; the signature of any other is checked."""
        own = _link_of(link.batch)
        if own is None:
            yield Finding("is not of the shape of a batch: it was changed", link.batch.number)
        elif link.after and link.after.number == link.batch.number + 1 and link.after.previous == own:
            return
        elif not is_signed(self._key, link.batch.signature, link.batch.header()):
            yield Finding("is not signed by this hub's key: the batch or its signature was changed", link.batch.number)

    def _of_contents(self, batch: Batch, rows: dict[int, bytes]) -> Iterator[Finding]:
        found = [rows.get(event_id) for event_id in batch.event_ids]
        self.events_found += sum(row is not None for row in found)
        pairs = list(zip(batch.event_ids, found, strict=True))
        if digest_of_rows(row or absent(event_id) for event_id, row in pairs) == batch.digest:
            for event_id in batch.doubtful:
                gone = rows.get(event_id) is None
                what = "was removed before it was sealed" if gone else "was forged, or changed before it was sealed"
                yield Finding(what, batch.number, event_id)
            return
        doubtful, known = set(batch.doubtful), False
        for event_id, row in pairs:
            if event_id not in doubtful and (row is None or not mac_is_right(row)):
                known = True
                yield Finding("was deleted" if row is None else "was changed", batch.number, event_id)
        if not known:
            yield Finding("its events are not those that were sealed: exchanged, replaced or reordered", batch.number)

    def _of_the_end(self, last: int) -> Iterator[Finding]:
        """Is the log as long as the heads say, and does each batch have its head?"""
        self._heads.skip_to(self._told + 1)
        yield from self._heads.drain()
        if self._told > last:
            lost = (last + 1, self._told)
            what = f"{in_words(*lost)} missing from the log: its tail was cut, or an older log put in its place"
            yield Finding(what, lost=lost)
        if self._headless[-1:] == [(last, last)]:
            self._headless.pop()
            self.notes.append(f"batch {last} has no head outside yet: the sealer writes it when it next runs")
        for lost in self._headless:
            yield Finding(f"{in_words(*lost)} without a head outside: heads were removed", lost=lost)


def _links(stored: Iterable[Batch]) -> Iterator[Link]:
    before: Batch | None = None
    batch: Batch | None = None
    for after in stored:
        if batch:
            yield Link(before, batch, after)
        before, batch = batch, after
    if batch:
        yield Link(before, batch, None)


def _some_at_a_time(links: Iterable[Link]) -> Iterator[list[Link]]:
    some: list[Link] = []
    events = 0
    for link in links:
        some.append(link)
        events += len(link.batch.event_ids)
        if events >= EVENTS_AT_A_TIME:
            yield some
            some, events = [], 0
    if some:
        yield some


def _link_of(batch: Batch) -> bytes | None:
    try:
        return batch.link()
    except ValueError:
        return None


def _head_of(batch: Batch) -> Head | None:
    try:
        return Head.of(batch)
    except (ValueError, OverflowError):
        return None
