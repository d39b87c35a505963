"""``./hub figures --year 2022/23 [--measure CODE]... [--published] --json``: every measure of a year."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand

from trellis.core.errors import Unusable
from trellis.core.presenters import number
from trellis.measures import registry
from trellis.measures.editions import published_figures
from trellis.measures.figures import Figure, figures_for
from trellis.measures.periods import report_year
from trellis.reports.services import present_snapshot
from trellis.reports.terminal import tell

ENGINES = ("duckdb",)
HEADINGS = ("Measure", "Breakdown", "Value", "Numerator", "Denominator", "Population")
WIDTHS = (46, 44, 12, 10, 12, 0)
SUPPRESSED = "c"


class Command(BaseCommand):
    help = "Print every measure of a report year: the inside view, or with --published what may leave the hub."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", required=True, help="a report year, 1 April to 31 March: 2022/23")
        parser.add_argument("--measure", action="append", metavar="CODE", help="only this measure; may be repeated")
        parser.add_argument("--published", action="store_true", help="apply disclosure control")
        parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help="what counts (duckdb)")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *args: Any, year: str, measure: list[str] | None, **options: Any) -> None:
        check_asked(year, measure)
        with present_snapshot(progress=tell) as snapshot:
            find = published_figures if options["published"] else figures_for
            figures = find(snapshot, year, measure)
        for line in as_json(figures) if options["json"] else as_text(figures):
            self.stdout.write(line)


def check_asked(year: str, codes: list[str] | None) -> None:
    """Refuse a year or measure nobody knows before any row is read. Raises Unusable."""
    try:
        report_year(year)
        registry.measures(codes)
    except (ValueError, LookupError) as problem:
        raise Unusable(str(problem.args[0])) from None


def as_json(figures: Iterable[Figure]) -> Iterable[str]:
    return (json.dumps(figure.as_json(), ensure_ascii=False) for figure in figures)


def as_text(figures: Iterable[Figure]) -> Iterable[str]:
    """Columns for a person; a suppressed figure reads c."""
    yield _columns(HEADINGS)
    for figure in figures:
        numbers = (figure.as_json()["value"], figure.numerator, figure.denominator)
        shown = (SUPPRESSED,) * 3 if figure.suppressed else tuple(number(value) for value in numbers)
        breakdown = ", ".join(f"{key} {category}" for key, category in figure.breakdown.items())
        yield _columns((figure.measure, breakdown, *shown, figure.population))


def _columns(cells: tuple[str, ...]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()
