"""Dated data: read from the CSV files apps carry, kept in the database, edited there."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model

from trellis.core.models import BankHoliday, Code, Limit


class NoLimitInForce(LookupError):
    """No value of this limit is in force on the day asked for."""


def limit(name: str, on: date) -> int:
    """The value of limit ``name`` in force on ``on``, in the limit's own unit.

    Raises NoLimitInForce. Source: the row's own ``source``.
    """
    found = (
        Limit.objects.filter(name=name, valid_from__lte=on)
        .exclude(valid_to__lte=on)
        .order_by("-valid_from")
        .values_list("value", flat=True)
        .first()
    )
    if found is None:
        raise NoLimitInForce(f"no {name} is in force on {on:%-d %B %Y}")
    return found


def bank_holidays() -> frozenset[date]:
    """Every bank holiday of England known to this database."""
    return frozenset(BankHoliday.objects.values_list("on", flat=True))


def labels(code_list: str) -> dict[str, str]:
    """Code to label for ``code_list``, in the list's own order, newest wording winning."""
    rows = Code.objects.filter(list=code_list).order_by("position", "valid_from")
    return dict(rows.values_list("code", "label"))


def load_reference_data(using: str = "default") -> int:
    """Add the rows of every app's ``reference`` folder that the database does not hold; edits are kept.

    A file ``limits.csv`` holds limits, ``bank_holidays.csv`` bank holidays; any other is the code list
    of its own name. Returns how many rows were added.
    """
    folders = (Path(app.path) / "reference" for app in apps.get_app_configs() if app.name.startswith("trellis."))
    return sum(_load(path, using) for folder in folders for path in sorted(folder.glob("*.csv")))


def _load(path: Path, using: str) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    match path.stem:
        case "bank_holidays":
            made: list[Model] = [BankHoliday(**row) for row in rows]
        case "limits":
            made = [Limit(**_dated(row)) for row in rows]
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
