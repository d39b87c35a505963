"""What is done with snapshots and editions. Each writing is one transaction with its audit event."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note, recorded
from trellis.measures.tables import Snapshot
from trellis.reports.snapshots import Manifest, Progress, create_snapshot


def silent(_words: str) -> None:
    """Progress nobody watches."""


def record_snapshot(*, out: Path, by: User | None = None, progress: Progress = silent) -> Manifest:
    """Write a snapshot into ``out`` and say so in the log. Raises Unusable when ``out`` holds other files."""
    with recorded(by, why="snapshot of the whole record, pseudonymised"):
        note(Action.EXPORT, "snapshot")
        return create_snapshot(out, progress=progress)


@contextmanager
def present_snapshot(*, by: User | None = None, progress: Progress = silent) -> Iterator[Snapshot]:
    """A snapshot of this moment, opened; its files are gone afterwards."""
    with TemporaryDirectory(prefix="trellis-snapshot-") as place:
        folder = Path(place) / "snapshot"
        record_snapshot(out=folder, by=by, progress=progress)
        yield Snapshot.open(folder)
