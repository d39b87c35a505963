"""``./hub snapshot create --out DIR`` and ``./hub snapshot verify DIR``."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from trellis.reports.services import record_snapshot
from trellis.reports.snapshot_checks import snapshot_faults
from trellis.reports.terminal import tell

FOUND = 1


class Command(BaseCommand):
    help = "Write the record as pseudonymised Parquet tables, or verify a folder that holds them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="create | verify")
        create = actions.add_parser("create", help="write a snapshot into a folder")
        create.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty folder, or a snapshot's")
        verify = actions.add_parser("verify", help="check a snapshot against its manifest")
        verify.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "create":
            self.create(options["out"])
        else:
            self.verify(options["folder"])

    def create(self, out: Path) -> None:
        made = record_snapshot(out=out, progress=tell)
        self.stdout.write(f"{made.id}\n{made.rows:,} rows as at {made.as_at} in {out}")

    def verify(self, folder: Path) -> None:
        faults = snapshot_faults(folder)
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise SystemExit(FOUND)
        self.stdout.write(f"{folder}: whole")
