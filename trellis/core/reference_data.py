"""Dated data: read from the CSV files apps carry, kept in the database, edited there."""

import csv
from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model

from trellis.core.clocks import add_working_days
from trellis.core.models import BankHoliday, Code, Limit

DAYS, WORKING_DAYS = "days", "working days"


# Files that hold rows of an app's own, by name. Apps add theirs when they start.
OWN_FILES: dict[str, type[Model]] = {}


def register_file(name: str, model: type[Model]) -> None:
    """The rows of ``reference/<name>.csv`` are of this model, which is ``Dated``."""
    OWN_FILES[name] = model


# Loaders of what is no table, such as an assessment tool: each is told the connection, and returns how much it added.
LOADERS: list[Callable[[str], int]] = []


def register_loader(load: Callable[[str], int]) -> None:
    """``load`` adds what an app brings along and the database does not hold."""
    LOADERS.append(load)


class NoLimitInForce(LookupError):
    """No value of this limit is in force on the day asked for."""


def limit(name: str, on: date) -> int:
    """The value of limit ``name`` in force on ``on``, in the limit's own unit.

    Raises NoLimitInForce. Source: the row's own ``source``.
    """
    return limit_in_force(name, on).value


def limit_in_force(name: str, on: date) -> Limit:
    """The row of limit ``name`` in force on ``on``, with its unit and source. Raises NoLimitInForce."""
    rows = Limit.objects.filter(name=name, valid_from__lte=on).exclude(valid_to__lte=on)
    found = rows.order_by("-valid_from").first()
    if found is None:
        raise NoLimitInForce(f"no {name} is in force on {on:%-d %B %Y}")
    return found


def due_on(name: str, start: date) -> date:
    """The last day of limit ``name``, in force on ``start``, which itself is not counted: so many days, or so many
    working days of England, as the limit's own unit says. Raises NoLimitInForce; ValueError for a limit not in days.
    """
    found = limit_in_force(name, start)
    return days_after(start, found.value, found.unit, bank_holidays() if found.unit == WORKING_DAYS else ())


def days_after(start: date, count: int, unit: str, holidays: Collection[date]) -> date:
    """``count`` days or working days (``unit``) after ``start``. Raises ValueError for any other unit."""
    if unit == WORKING_DAYS:
        return add_working_days(start, count, holidays)
    if unit == DAYS:
        return start + timedelta(days=count)
    raise ValueError(f"{unit} are not days: a day cannot be reckoned from them")


def bank_holidays() -> frozenset[date]:
    """Every bank holiday of England known to this database."""
    return frozenset(BankHoliday.objects.values_list("on", flat=True))


def labels(code_list: str) -> dict[str, str]:
    """Code to label for ``code_list``, in the list's own order, newest wording winning."""
    rows = Code.objects.filter(list=code_list).order_by("position", "valid_from")
    return dict(rows.values_list("code", "label"))


def load_reference_data(using: str = "default") -> int:
    """Add the rows of every app's ``reference`` folder that the database does not hold; edits are kept.

    A file ``limits.csv`` holds limits, ``bank_holidays.csv`` bank holidays, one that an app registered its rows;
    any other is the code list of its own name. Then what apps load themselves. Returns how many rows were added.
    """
    folders = (Path(app.path) / "reference" for app in apps.get_app_configs() if app.name.startswith("trellis."))
    rows = sum(_load(path, using) for folder in folders for path in sorted(folder.glob("*.csv")))
    return rows + sum(load(using) for load in LOADERS)


def _load(path: Path, using: str) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    match path.stem:
        case "bank_holidays":
            made: list[Model] = [BankHoliday(**row) for row in rows]
        case "limits":
            made = [Limit(**_dated(row)) for row in rows]
        case name if name in OWN_FILES:
            made = [OWN_FILES[name](**_dated(row)) for row in rows]
        case name:
            made = [Code(list=name, position=place, **_dated(row)) for place, row in enumerate(rows, 1)]
    return _add(made, using)


def _dated(row: dict[str, str]) -> dict[str, Any]:
    return {**row, "valid_to": row["valid_to"] or None, "verified": row["verified"] == "yes"}


def _add(rows: Sequence[Model], using: str) -> int:
    """Insert those not there yet; a row somebody has edited meets its own constraint and stays."""
    manager = type(rows[0])._default_manager.using(using)
    before = manager.count()
    manager.bulk_create(rows, ignore_conflicts=True)
    return manager.count() - before
