"""``./hub export KIND --year Y --out DIR``."""

import argparse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from trellis.core.errors import Unusable
from trellis.core.presenters import plural
from trellis.exchange.management.workers import worker_named
from trellis.exchange.ssda903.comparison import Comparison
from trellis.exchange.ssda903.periods import FATES
from trellis.exchange.ssda903.services import export_ssda903
from trellis.measures.periods import Period, report_year

FOUND = 1
KINDS = {
    "ssda903": "the Missing table of looked-after children with the Header and Episodes it needs (SSDA903)",
}


class Command(BaseCommand):
    help = "Write files that others ask for."
    requires_system_checks = ()  # they load every page, which takes longer than the export

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        lines = ["KIND is one of:", *(f"  {kind:<10} {what}" for kind, what in KINDS.items()), "", CLOSING]
        kwargs |= {"epilog": "\n".join(lines), "formatter_class": argparse.RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", metavar="KIND", choices=KINDS, help="what to write: see below")
        parser.add_argument("--year", required=True, help="a return year, 1 April to 31 March: 2022/23")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write into")
        parser.add_argument("--authority", default=settings.AUTHORITY, metavar="CODE", help="whose children (ONS code)")
        parser.add_argument(
            "--everyone", action="store_true", help="with the looked-after children who were not missing"
        )
        parser.add_argument("--by", metavar="EMAIL", default="", help="the worker in whose name it is made")

    def handle(self, *args: Any, **options: Any) -> None:
        made = export_ssda903(
            year=year_or_unusable(options["year"]),
            authority=options["authority"],
            out=options["out"],
            everyone=options["everyone"],
            by=worker_named(options["by"]),
        )
        self.stdout.write("\n".join([*map(str, made.paths), *in_words(made.found)]))
        for child in made.found.unready:
            called = f"child {child.number}" if child.number else f"child with record {child.person}"
            self.stdout.write(f"left out: {called}: {'; '.join(child.what)}")
        if made.found.unready:
            raise SystemExit(FOUND)


CLOSING = (
    "A child whose facts are not complete is left out of the files and named, one line each; the exit code is then 1."
)


def year_or_unusable(text: str) -> Period:
    try:
        return report_year(text)
    except ValueError as problem:
        raise Unusable(str(problem)) from None


def in_words(found: Comparison) -> list[str]:
    """The count of the return and the police count, each by its own name, and what lies between them."""
    rows, children = (
        plural(found.row_count, "row"),
        plural(len(found.children), "looked-after child", "looked-after children"),
    )
    lines = [f"{rows} of {children}, {found.still_open} still open"]
    lines.append(f"{plural(found.reports, 'report')} to the police in the year, of every child:")
    return lines + [f"  {count:>6} {FATES[fate].lower()}" for fate, count in found.fate_counts.items() if count]
