"""One sealed batch, and how it is bound to the one before. Every batch vouches for all that came earlier."""

import hashlib
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LABEL = b"trellis audit batch 1\n"
ROWS_LABEL = b"trellis audit rows 1\n"
DIGEST_BYTES = 32
NOTHING_BEFORE = bytes(DIGEST_BYTES)


@dataclass(frozen=True)
class Batch:
    """What an ``AuditBatch`` row holds; ``sealed_at`` in PostgreSQL's bytes, so that no moment is out of range."""

    number: int
    event_ids: Sequence[int]
    doubtful: Sequence[int]
    count: int
    total: int
    digest: bytes
    previous: bytes
    sealed_at: bytes
    signature: bytes = b""

    def header(self) -> bytes:
        """What is signed: everything but the signature. Raises ValueError when it is not of the right shape."""
        if (len(self.digest), len(self.previous), len(self.sealed_at)) != (DIGEST_BYTES, DIGEST_BYTES, 8):
            raise ValueError("a digest or moment is not of its length")
        try:
            numbers = struct.pack(">qqq", self.number, self.count, self.total)
            ids = _digest_of_ids(self.event_ids) + _digest_of_ids(self.doubtful)
        except struct.error as problem:
            raise ValueError("a number is missing") from problem
        return b"".join((LABEL, numbers, self.sealed_at, ids, self.digest, self.previous))

    def link(self) -> bytes:
        """What the next batch names as ``previous``: the digest of header and signature."""
        return hashlib.sha256(self.header() + self.signature).digest()


def digest_of_rows(rows: Iterable[bytes]) -> bytes:
    """The digest over whole rows in the order of their ids. Each row says its own length."""
    return hashlib.sha256(ROWS_LABEL + b"".join(rows)).digest()


def _digest_of_ids(ids: Sequence[int]) -> bytes:
    return hashlib.sha256(struct.pack(f">{len(ids)}q", *ids)).digest()
