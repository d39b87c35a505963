"""``./hub bench NAME [--scale N] [--json]``: measured side by side in one run, with the ratios."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from trellis.core.errors import Unusable
from trellis.reports.bench_measures import MEASURES
from trellis.wording.bench import WORDING
from trellis.workspace.bench.access import ACCESS
from trellis.workspace.bench.pages import PAGES

BENCHES = {"measures": MEASURES, "access": ACCESS, "pages": PAGES, "wording": WORDING}


class Command(BaseCommand):
    help = "Measure side by side in one run and print the ratios."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.epilog = "planted-faults: mistakes planted in a copy of the project, each of which the tests must notice"
        names = parser.add_subparsers(dest="name", required=True, metavar="NAME")
        for name, bench in BENCHES.items():
            one = names.add_parser(name, help=bench.help)
            one.add_argument("--scale", type=int, default=1, metavar="N", help="how many times the invented area (1)")
            if bench.of_a_snapshot:
                one.add_argument("--snapshot", type=Path, metavar="DIR", help="measure this snapshot instead")
            one.add_argument("--json", action="store_true", help="print only JSON")

    def handle(self, *args: Any, name: str, scale: int, **options: Any) -> None:
        if scale < 1:
            raise Unusable(f"--scale {scale}: give 1 or more")
        answer, lines = BENCHES[name].measure(scale, options.get("snapshot"))
        self.stdout.write(json.dumps({"bench": name, **answer}) if options["json"] else "\n".join(lines))
