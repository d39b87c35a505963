"""A report as files: ``./hub report annual --year 2022/23 --out DIR [--edition FILE]``, or
``./hub report missing --month 2023-02 --out DIR``.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from trellis.core.errors import Unusable
from trellis.reports.material import month_or_unusable, year_or_unusable
from trellis.reports.services import MadeReport, make_missing_report, make_report, present_snapshot, write_report
from trellis.reports.terminal import tell
from trellis.reports.words_file import read_words_file

FOUND = 1


class Command(BaseCommand):
    help = "Write a report as report.html, report.pdf, report.pptx, tables.xlsx and figures.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="annual | missing")
        annual = kinds.add_parser("annual", help="the annual report")
        annual.add_argument("--year", required=True, help="a report year, 1 April to 31 March: 2022/23")
        annual.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write into")
        annual.add_argument("--edition", type=Path, metavar="FILE", help="the hub's own sentences, as JSON")

        missing = kinds.add_parser("missing", help="the monthly missing report")
        missing.add_argument("--month", required=True, help="a month that is over: 2023-02")
        missing.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write into")

    def handle(self, *args: Any, kind: str, out: Path, **options: Any) -> None:
        if kind == "annual":
            year_or_unusable(options["year"])
            local = read_words_file(options["edition"]) if options["edition"] else {}
        else:
            month_or_unusable(options["month"])
        if out.exists() and not out.is_dir():
            raise Unusable(f"{out} is a file; give a folder for the report")
        with present_snapshot(progress=tell) as snapshot:
            if kind == "annual":
                made = make_report(snapshot, year=options["year"], local=local, progress=tell)
            else:
                made = make_missing_report(snapshot, month=options["month"], progress=tell)
        self.write(made, out)

    def write(self, made: MadeReport, out: Path) -> None:
        """The files, their names, and what the check found."""
        write_report(made, out=out)
        self.stdout.write("\n".join(str(out / name) for name in made.files))
        for finding in made.report.findings:
            self.stdout.write(f"check: {finding}")
        if made.report.findings:
            raise SystemExit(FOUND)
