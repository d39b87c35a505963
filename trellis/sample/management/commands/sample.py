"""Fill an empty database with an invented area."""

from __future__ import annotations

import re
import sys
import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction

from trellis.core.clocks import now
from trellis.core.errors import Unusable
from trellis.core.reference_data import bank_holidays
from trellis.core.row_context import Duty, duty
from trellis.measures.periods import report_year, year_of
from trellis.people.models import Person
from trellis.sample.area import Area, fill
from trellis.sample.directory import Directory
from trellis.sample.moments import WorkingDays, end_of, london_day, midnight, moment_of
from trellis.sample.plan import years_between
from trellis.sample.streams import stream
from trellis.sample.writing import Database, Writer

AREAS = ("manchester",)
WRONG = 2
MOST_YEARS = 30


class Command(BaseCommand):
    help = "Fill an empty database with an invented area. The same arguments give the same rows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--area", choices=AREAS, default=AREAS[0])
        parser.add_argument("--years", default="2019/20..2022/23", help="report years, first..last")
        parser.add_argument("--scale", type=int, default=1, metavar="N", help="how many times the area")
        parser.add_argument("--areas", type=int, default=1, metavar="K", help="how many authorities")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--until", default="", help="today, or the last day (YYYY-MM-DD); else the last year's end")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            area = area_from(options)
            started = time.monotonic()
            rows = self._load(area)
        except Unusable as refusal:
            raise CommandError(str(refusal), returncode=WRONG) from None
        if options["verbosity"]:
            self.stdout.write(f"{rows:,} rows of an invented area in {time.monotonic() - started:.0f} s")

    def _load(self, area: Area) -> int:
        """All or nothing, in one transaction."""
        with duty(Duty.CHECK):
            anybody = Person.objects.exists()
        if anybody:
            raise Unusable("the database holds people already: the invented area goes into an empty one only")
        directory = Directory.read(partners_id=stream(area.seed, "partners").id())
        database = Database()
        writer = Writer(database)
        with transaction.atomic(using="owner"), database.filled_at_once():
            fill(area, directory, writer, WorkingDays(bank_holidays()), self._progress)
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")
        return writer.rows

    def _progress(self, what: str, done: int, steps: int) -> None:
        """One line that renews itself on a terminal; none when piped."""
        if sys.stderr.isatty():
            end = "\n" if done == steps else ""
            sys.stderr.write(f"\r\033[KInvented area: {what} ({done} of {steps}){end}")


def area_from(options: dict[str, Any]) -> Area:
    """The arguments, checked. Raises Unusable in one line."""
    first, last = _years(options["years"])
    for name in ("scale", "areas"):
        if options[name] < 1:
            raise Unusable(f"--{name} {options[name]}: give 1 or more")
    until = _until(options["until"], last)
    if until <= midnight(report_year(first).starts_on):
        raise Unusable(f"--until {options['until']} is before the first year, {first}")
    last_needed = max(last, year_of(london_day(until - 1)))
    years = [year for year in years_between(first, last_needed) if midnight(report_year(year).starts_on) < until]
    if len(years) > MOST_YEARS:
        raise Unusable(f"from {first} to {years[-1]} are {len(years)} years: {MOST_YEARS} at most")
    living = options["until"] == "today"
    return Area(tuple(years), options["scale"], options["areas"], options["seed"], until, living)


def _years(text: str) -> tuple[str, str]:
    match = re.fullmatch(r"(\d{4}/\d{2})(?:\.\.(\d{4}/\d{2}))?", text)
    if match is None:
        raise Unusable(f"--years {text}: write them as 2019/20..2022/23")
    first, last = match[1], match[2] or match[1]
    try:
        report_year(first), report_year(last)
    except ValueError as error:
        raise Unusable(f"--years: {error}") from None
    if first > last:
        raise Unusable(f"--years {text}: the first year comes after the last")
    return first, last


def _until(text: str, last: str) -> int:
    """The moment the area is cut at."""
    if text == "today":
        return moment_of(now())
    try:
        return end_of(date.fromisoformat(text) if text else report_year(last).ends_on)
    except (ValueError, OverflowError):
        raise Unusable(f"--until {text}: write today, or a day such as 2023-03-31") from None
