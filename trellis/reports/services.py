"""What is done with snapshots and editions. Each writing is one transaction with its audit event."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app as jobs

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note, recorded
from trellis.core.clocks import now
from trellis.core.errors import Unusable
from trellis.core.ids import new_id
from trellis.measures.figures import Figure
from trellis.measures.periods import is_year
from trellis.measures.tables import Snapshot
from trellis.reports.access import EDITION, check_can_request_edition
from trellis.reports.annual import annual_report
from trellis.reports.annual.local import UnknownFigure
from trellis.reports.book import Material
from trellis.reports.document.files import FORMATS, report_files
from trellis.reports.document.parts import Report
from trellis.reports.material import figure_from, gather, gather_month, month_or_unusable, year_or_unusable
from trellis.reports.models import Edition, EditionFile, EditionRequest, Kind
from trellis.reports.month import missing_report
from trellis.reports.sense import report_findings
from trellis.reports.snapshots import Manifest, Progress, create_snapshot
from trellis.reports.tasks import MAKE_EDITION

NOT_MADE = "The report could not be made. The technical log of the job worker says why."
LONGEST_FAILURE = 300


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


@dataclass(frozen=True)
class MadeReport:
    """A report with the material it was made of and its files; nothing of it is stored yet."""

    material: Material
    report: Report
    files: Mapping[str, bytes]


def make_report(snapshot: Snapshot, *, year: str, local: Mapping[str, Any], progress: Progress = silent) -> MadeReport:
    """The annual report of ``year`` ("2022/23"), checked for sense. Raises Unusable in one line."""
    progress("counting figures of four years")
    material = gather(snapshot, year, local)
    report = report_of(material)
    return MadeReport(material, report, report_files(report, progress))


def make_missing_report(snapshot: Snapshot, *, month: str, progress: Progress = silent) -> MadeReport:
    """The missing report of ``month`` ("2023-02"), checked for sense. Raises Unusable in one line."""
    progress("counting figures of thirteen months")
    material = gather_month(snapshot, month, published_before())
    report = report_of(material)
    return MadeReport(material, report, report_files(report, progress))


def published_before() -> list[Figure]:
    """Every figure of the missing reports kept so far."""
    kept = Edition.objects.filter(kind=Kind.MISSING).values_list("figures", flat=True)
    return [figure_from(row) for figures in kept for row in figures]


def report_of(material: Material) -> Report:
    """The report with what the sense check found in it. Raises Unusable when a sentence asks for no figure we hold."""
    try:
        report = annual_report(material) if is_year(material.period) else missing_report(material)
    except UnknownFigure as problem:
        raise Unusable(f"the edition's own sentences: {problem}") from None
    return replace(report, findings=tuple(report_findings(report)))


def write_report(made: MadeReport, *, out: Path) -> None:
    """Put the report's files into ``out`` and say so in the log. Raises Unusable when it cannot be written to."""
    with recorded(None, why=f"{kind_of(made.material.period).label} {made.material.period} written to a folder"):
        note(Action.EXPORT, "report files")
        try:
            out.mkdir(parents=True, exist_ok=True)
            for name, content in made.files.items():
                (out / name).write_bytes(content)
        except OSError as problem:
            raise Unusable(f"{out} cannot be written to: {problem.strerror}") from None


def kind_of(period: str) -> Kind:
    """Which report a period has: a year the annual one, a month the missing one."""
    return Kind.ANNUAL if is_year(period) else Kind.MISSING


def request_edition(*, period: str, form_key: uuid.UUID, by: User | None) -> EditionRequest:
    """Ask for the annual report of a year or the missing report of a month; the job worker makes it. The same
    ``form_key`` is one request.

    Raises Refused, and Unusable for what is neither.
    """
    if by:
        check_can_request_edition(by)
    (year_or_unusable if is_year(period) else month_or_unusable)(period)
    with transaction.atomic():
        asked, is_new = EditionRequest.objects.get_or_create(
            form_key=form_key, defaults={"kind": kind_of(period), "period": period, "requested_by": by}
        )
        if is_new:
            jobs.configure_task(MAKE_EDITION).defer(request_id=str(asked.id))
            note(Action.WRITE, "request for a report", object_id=asked.id)
    return asked


def ensure_edition(year: str) -> None:
    """Ask for the annual report of ``year`` unless there is one or it is being made. Raises Unusable."""
    with recorded(None, why="the first edition of a new hub"):
        there = Edition.objects.filter(kind=Kind.ANNUAL, period=year).exists()
        if not there and not EditionRequest.objects.being_made().filter(period=year).exists():
            request_edition(period=year, form_key=new_id(), by=None)


def fulfil_request(request_id: uuid.UUID) -> None:
    """Make the edition somebody asked for, once; what stops it is kept with the request."""
    asked = EditionRequest.objects.being_made().filter(id=request_id).first()
    if asked is None:
        return
    try:
        edition = make_edition(period=asked.period, by=asked.requested_by)
    except Exception as problem:
        asked.failed_at = now()
        asked.failure = (str(problem) if isinstance(problem, Unusable) else NOT_MADE)[:LONGEST_FAILURE]
        asked.save(update_fields=["failed_at", "failure"])
        if not isinstance(problem, Unusable):
            raise
        return
    asked.edition = edition
    asked.save(update_fields=["edition"])


def make_edition(*, period: str, by: User | None, local: Mapping[str, Any] | None = None) -> Edition:
    """Make the report of a year or a month and keep it: figures, definitions, files and snapshot. Raises Unusable."""
    with TemporaryDirectory(prefix="trellis-snapshot-") as place:
        folder = Path(place) / "snapshot"
        record_snapshot(out=folder, by=by)
        snapshot = Snapshot.open(folder)
        if is_year(period):
            made = make_report(snapshot, year=period, local=local or {})
        else:
            made = make_missing_report(snapshot, month=period)
        keep_snapshot(folder, snapshot.id)
    return store_edition(made, by=by)


def keep_snapshot(folder: Path, identity: str) -> Path:
    """Keep a snapshot under its own id, so that an edition can be recomputed from it; once for each id."""
    kept = snapshot_folder(identity)
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        arriving = kept.with_suffix(f".{new_id().hex}")
        shutil.copytree(folder, arriving)
        arriving.rename(kept)
    return kept


def snapshot_folder(identity: str) -> Path:
    """Where the snapshot with this id is kept."""
    return Path(settings.DATA_DIR) / "snapshots" / identity.removeprefix("sha256:")


def store_edition(made: MadeReport, *, by: User | None) -> Edition:
    """Store a report and its files as an edition, with its audit event."""
    kind = kind_of(made.material.period)
    with recorded(by, why=f"{kind.label} {made.material.period}"):
        edition = Edition.objects.create(
            kind=kind,
            period=made.material.period,
            made_by=by,
            snapshot=made.material.snapshot,
            as_at=made.material.as_at,
            figures=[figure.as_json() for figure in made.material.figures],
            definitions=dict(made.material.definitions),
            local=dict(made.material.local),
            findings=list(made.report.findings),
        )
        EditionFile.objects.bulk_create(file_of(edition, name, content) for name, content in made.files.items())
        note(Action.WRITE, EDITION, object_id=edition.id)
    return edition


def file_of(edition: Edition, name: str, content: bytes) -> EditionFile:
    return EditionFile(
        edition=edition,
        name=name,
        media_type=FORMATS[name].media_type,
        sha256=sha256(content).hexdigest(),
        size=len(content),
        content=content,
    )
