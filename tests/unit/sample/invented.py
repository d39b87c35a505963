"""The rows an area would send to the database, gathered without one, and plain questions about them."""

import csv
import hashlib
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import trellis
from trellis.sample.area import Area, fill
from trellis.sample.directory import Directory
from trellis.sample.moments import WorkingDays, end_of
from trellis.sample.writing import Writer

PACKAGE = Path(trellis.__file__).parent
PUBLISHED = ("2019/20", "2020/21", "2021/22", "2022/23")
YEAR_END = date(2023, 3, 31)
LONDON = ZoneInfo("Europe/London")


class Same(dict):
    """A code list in which every code is its own identifier."""

    def __missing__(self, code):
        return code


class Plain(dict):
    """Every agency's items have the plain code."""

    def __missing__(self, code):
        return ("P", "")


DIRECTORY = Directory(Same(), Same(), Same(), Plain(), ("social_care", "police"), Same(), Same())


class Gathered:
    """Stands in for the database and keeps each row as a dictionary."""

    def __init__(self):
        self.tables = defaultdict(list)

    def take(self, model, columns, rows):
        self.tables[model] += [dict(zip(columns, row, strict=True)) for row in rows]

    def settle(self):
        """Nothing is checked here."""


class Fingerprint:
    """Stands in for the database and remembers what it was sent, in order, as one hash."""

    def __init__(self):
        self.hash = hashlib.sha256()

    def take(self, model, columns, rows):
        self.hash.update(f"{model} {rows}\n".encode())

    def settle(self):
        self.hash.update(b"settled")


@cache
def working_days():
    return WorkingDays(frozenset(date.fromisoformat(row["on"]) for row in reference("core", "bank_holidays")))


def reference(app, name):
    with (PACKAGE / app / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def codes(app, name):
    return {row["code"] for row in reference(app, name)}


def area(years=PUBLISHED, scale=1, authorities=1, seed=1, until=None, living=False):
    return Area(tuple(years), scale, authorities, seed, until or end_of(YEAR_END), living)


@lru_cache(maxsize=2)
def made(years=PUBLISHED, scale=1, authorities=1, seed=1, until=None, living=False):
    """Every row, by model."""
    destination = Gathered()
    send(area(years, scale, authorities, seed, until, living), destination)
    return destination.tables


def fingerprint(wanted):
    destination = Fingerprint()
    send(wanted, destination)
    return destination.hash.hexdigest()


def send(wanted, destination):
    fill(wanted, DIRECTORY, Writer(destination), working_days(), lambda *_: None)


def moment(text):
    return datetime.fromisoformat(text).astimezone(UTC)


def london_day(text):
    return moment(text).astimezone(LONDON).date()


def report_year(day):
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def in_force(row, day=YEAR_END):
    return row["starts_on"] <= day and (row["ends_on"] is None or row["ends_on"] > day)


def open_cases(tables, day=YEAR_END):
    return [
        c for c in tables["cases.Case"] if c["opened_on"] <= day and (c["closed_on"] is None or c["closed_on"] > day)
    ]


def by_id(rows):
    return {row["id"]: row for row in rows}


def age(born, day):
    """Whole years, reckoned the slow way: birthdays passed, 29 February kept on 1 March."""
    years = 0
    while True:
        try:
            birthday = born.replace(year=born.year + years + 1)
        except ValueError:
            birthday = date(born.year + years + 1, 3, 1)
        if birthday > day:
            return years
        years += 1


def hours(number):
    return timedelta(hours=number)
