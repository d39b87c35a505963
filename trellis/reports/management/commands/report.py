"""``./hub report annual --year 2022/23 --out DIR [--edition FILE]``: the annual report as files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from trellis.core.errors import Unusable
from trellis.reports.material import year_or_unusable
from trellis.reports.services import make_report, present_snapshot, write_report
from trellis.reports.terminal import tell
from trellis.reports.words_file import read_words_file

FOUND = 1


class Command(BaseCommand):
    help = "Write a report as report.html, report.pdf, report.pptx, tables.xlsx and figures.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="annual")
        annual = kinds.add_parser("annual", help="the annual report")
        annual.add_argument("--year", required=True, help="a report year, 1 April to 31 March: 2022/23")
        annual.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write into")
        annual.add_argument("--edition", type=Path, metavar="FILE", help="the hub's own sentences, as JSON")

    def handle(self, *args: Any, year: str, out: Path, edition: Path | None, **options: Any) -> None:
        year_or_unusable(year)
        local = read_words_file(edition) if edition else {}
        if out.exists() and not out.is_dir():
            raise Unusable(f"{out} is a file; give a folder for the report")
        with present_snapshot(progress=tell) as snapshot:
            made = make_report(snapshot, year=year, local=local, progress=tell)
        write_report(made, out=out)
        self.stdout.write("\n".join(str(out / name) for name in made.files))
        for finding in made.report.findings:
            self.stdout.write(f"check: {finding}")
        if made.report.findings:
            raise SystemExit(FOUND)
