"""``./hub import KIND FILE [--dry-run]``."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from trellis.core.errors import Unusable
from trellis.exchange.faults import BadRows
from trellis.exchange.kinds import columns_in_words
from trellis.exchange.management.workers import worker_named
from trellis.exchange.outcome import Outcome
from trellis.exchange.services import import_file

FOUND_FAULTS, UNUSABLE = 1, 2


class Command(BaseCommand):
    help = "Take in a partner's file, all of it or nothing. The same file twice adds nothing."
    requires_system_checks = ()  # they load every page, which takes longer than most files

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        kwargs |= {"epilog": columns_in_words(), "formatter_class": argparse.RawDescriptionHelpFormatter}
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", metavar="KIND", nargs="?", help="what the file holds: see below")
        parser.add_argument("file", metavar="FILE", nargs="?", help="the CSV file")
        parser.add_argument("--dry-run", action="store_true", help="check and count everything, store nothing")
        parser.add_argument("--by", metavar="EMAIL", default="", help="the worker in whose name it is imported")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if not (options["kind"] and options["file"]):
                raise Unusable("say what the file holds, and which it is (see: hub import --help)")
            outcome = import_file(
                kind=options["kind"],
                path=Path(options["file"]),
                by=worker_named(options["by"]),
                dry_run=options["dry_run"],
                progress=self._progress,
            )
        except BadRows as bad:
            self._list_faults(bad)
            raise SystemExit(FOUND_FAULTS) from None
        except Unusable as problem:
            self.stderr.write(f"hub: {' '.join(str(problem).split())}")
            raise SystemExit(UNUSABLE) from None
        self.stdout.write(in_words(outcome, options["dry_run"]))

    def _progress(self, doing: str) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"{doing} ...")

    def _list_faults(self, bad: BadRows) -> None:
        self.stdout.write("\n".join(map(str, bad.faults)))
        rows = len({fault.line for fault in bad.faults})
        rest = "" if bad.is_all else f"; so many that nothing after line {bad.faults[-1].line} was read"
        self.stderr.write(
            f"hub: {_count(len(bad.faults), 'fault')} on {_count(rows, 'line')}: nothing was stored{rest}"
        )


def in_words(outcome: Outcome, dry_run: bool) -> str:
    """What became of the file, in counts that add up to its rows."""
    rows, new = _count(outcome.rows, "row"), _count(outcome.new_people, "new child", "new children")
    lines = [f"{rows}: {outcome.added} added, {outcome.corrected} corrected, {outcome.unchanged} unchanged"]
    if outcome.returns:
        lines.append(f"{_count(outcome.returns, 'return')} recorded among the corrections")
    lines.append(f"{new} recorded")
    if outcome.left_for_review:
        alike = _count(outcome.alike, "new child", "new children")
        details = _count(len(outcome.differences), "detail")
        lines.append(f"left for review: {alike} like somebody already recorded, {details} not as recorded")
    if outcome.words:
        lines.append(outcome.words)
    if dry_run:
        lines.append("dry run: nothing was stored")
    return "\n".join(lines)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
