"""Rows as a file that a spreadsheet opens and never takes for formulas."""

import csv
import io
from collections.abc import Iterable

FORMULA_STARTS = "=+-@＝＋－＠\t\r\n|%"
BYTE_ORDER_MARK = "\ufeff"


def safe(value: object) -> str:
    """Text as it is; an apostrophe goes before what a spreadsheet would run."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip().startswith(tuple(FORMULA_STARTS)) or text[:1] in ("\t", "\r", "\n") else text


def lines(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV: UTF-8, comma, every cell safe."""
    text = io.StringIO()
    csv.writer(text).writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue()
