"""The three files of the return: UTF-8 CSV in its exact columns, days as dd/mm/yyyy."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

from trellis.exchange.ssda903.care import Child, episode_rows, header_row
from trellis.exchange.ssda903.comparison import Comparison

HEADER = ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB")
EPISODES = ("CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE",
            "HOME_POST", "PL_POST", "URN")  # fmt: skip
MISSING = ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END")
# Codes, numbers, days and postcodes: nothing a spreadsheet could take for a formula.
PLAIN = re.compile(r"[A-Z0-9 /]*", re.ASCII)
Cell = str | date | None


class NotPlain(ValueError):
    """A value that is neither a code nor a number nor a day stood where one of them belongs."""


def files_of(found: Comparison) -> dict[str, bytes]:
    """By name, each file's bytes. Children by number, their rows by day."""
    ordered = sorted(found.children, key=lambda child: child.number)
    return {
        "header.csv": _table(HEADER, ([child.number, *header_row(child, found.year)] for child in ordered)),
        "episodes.csv": _table(EPISODES, _episodes(ordered, found)),
        "missing.csv": _table(MISSING, _missing(ordered, found)),
    }


def _episodes(ordered: Sequence[Child], found: Comparison) -> Iterable[Sequence[Cell]]:
    return ([child.number, *row] for child in ordered for row in episode_rows(child, found.year))


def _missing(ordered: Sequence[Child], found: Comparison) -> Iterable[Sequence[Cell]]:
    return (
        [child.number, child.born, row.code, row.start, row.end]
        for child in ordered
        for row in found.rows.get(child.key, ())
    )


def _table(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8")


def _text(cell: Cell) -> str:
    text = "" if cell is None else f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell
    if not PLAIN.fullmatch(text):
        raise NotPlain("a value of the return is no code, number, day or postcode")
    return text
