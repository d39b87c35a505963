"""The heads: one line a batch in files outside the database, so that a log cut short or put back is found.

A line is written once its batch is committed. Only the newest batch may be without one: a sealer died between the two.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from trellis.audit_log.chain import DIGEST_BYTES, Batch
from trellis.audit_log.event_bytes import moment_at

TAIL_BYTES = 16_384
MOST_BATCHES = 2**62


@dataclass(frozen=True)
class Head:
    """How far the log had come: ``digest`` is the batch's link, which vouches for all batches before it."""

    number: int
    total: int
    sealed_at: str
    digest: str
    signature: str

    @classmethod
    def of(cls, batch: Batch) -> "Head":
        return cls(batch.number, batch.total, moment_of(batch.sealed_at), batch.link().hex(), batch.signature.hex())

    def line(self) -> bytes:
        return json.dumps(asdict(self), separators=(",", ":")).encode() + b"\n"


@dataclass(frozen=True)
class Line:
    """A line of a heads file as it was found; ``head`` is None when it is none of ours."""

    place: str
    head: Head | None


def moment_of(sealed_at: bytes) -> str:
    """A moment in words a file can hold: ISO 8601 in UTC."""
    return moment_at(sealed_at).isoformat(timespec="microseconds")


class Heads:
    """The folder of heads: a file a day, each only ever added to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "heads"

    def append(self, head: Head) -> None:
        """Add a line and see it onto the disk. What a torn write left at the end goes first: it never counted."""
        made = not self.folder.exists()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / f"{head.sealed_at[:10]}.jsonl"
        made_file = not path.exists()
        with path.open("ab") as file:
            file.truncate(_whole_bytes(path))
            file.write(head.line())
            file.flush()
            os.fsync(file.fileno())
        if made_file:
            _sync_folder(self.folder)
        if made:
            _sync_folder(self.folder.parent)

    def last(self) -> Head | None:
        """The newest head that can be read."""
        for path in reversed(self.files()):
            for line in reversed(_tail(path).splitlines()):
                if found := _parse(line):
                    return found
        return None

    def lines(self) -> Iterator[Line]:
        """Every whole line, oldest first."""
        for path in self.files():
            with path.open("rb") as file:
                for number, line in enumerate(file, 1):
                    if line.endswith(b"\n"):
                        yield Line(f"{self.folder.name}/{path.name} line {number}", _parse(line))

    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*.jsonl"))


def _tail(path: Path) -> bytes:
    """The last whole lines of a file."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - TAIL_BYTES))
        return file.read().rpartition(b"\n")[0]


def _parse(line: bytes) -> Head | None:
    """A line exactly as we write it, or nothing."""
    try:
        head = Head(**json.loads(line))
        ours = len(bytes.fromhex(head.digest)) == DIGEST_BYTES and 0 < head.number < MOST_BATCHES
    except (ValueError, TypeError):
        return None
    return head if ours and head.line() == line.rstrip(b"\n") + b"\n" else None


def _whole_bytes(path: Path) -> int:
    """How much of the file is whole lines."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        start = max(0, size - TAIL_BYTES)
        file.seek(start)
        end = file.read().rfind(b"\n")
        return size if start and end < 0 else start + end + 1


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
