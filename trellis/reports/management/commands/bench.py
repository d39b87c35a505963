"""``./hub bench measures [--scale N] --json``: measured side by side in one run, with the ratios."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from trellis.core.errors import Unusable
from trellis.measures.bench import bench_measures
from trellis.measures.tables import SnapshotError
from trellis.reports.bench_area import area_snapshot
from trellis.reports.terminal import tell

YEAR = "2022/23"


class Command(BaseCommand):
    help = "Measure side by side in one run and print the ratios."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.epilog = "planted-faults: mistakes planted in a copy of the project, each of which the tests must notice"
        names = parser.add_subparsers(dest="name", required=True, metavar="measures")
        measures = names.add_parser("measures", help="our measures against hand-written DuckDB SQL, same figures")
        measures.add_argument("--scale", type=int, default=1, metavar="N", help="how many times the invented area (1)")
        measures.add_argument("--snapshot", type=Path, metavar="DIR", help="measure this snapshot instead")
        measures.add_argument("--json", action="store_true", help="print only JSON")

    def handle(self, *args: Any, scale: int, snapshot: Path | None, **options: Any) -> None:
        if scale < 1:
            raise Unusable(f"--scale {scale}: give 1 or more")
        folder = snapshot or area_snapshot(scale, tell)
        tell("measuring")
        try:
            result = bench_measures(folder, year=YEAR)
        except SnapshotError as problem:
            raise Unusable(str(problem)) from None
        answer = {"bench": "measures", "scale": None if snapshot else scale, **result.as_json()}
        self.stdout.write(json.dumps(answer) if options["json"] else "\n".join(result.lines()))
