"""Ask the job worker for the annual report of a year, unless there is one: what ``./hub up`` does once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from trellis.reports.services import ensure_edition


class Command(BaseCommand):
    help = "Have the annual report of a year made by the job worker, unless there is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", required=True, help="a report year: 2022/23")

    def handle(self, *args: Any, year: str, **options: Any) -> None:
        ensure_edition(year)
