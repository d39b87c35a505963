"""From a CSV file to records, each with the line it began on. Refuses what cannot be read, in one plain line."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

COLUMNS = ("report_year", "section", "measure", "breakdown", "value", "unit", "note")
OPTIONAL = frozenset({"note"})
LARGEST_FILE = 256 * 1024 * 1024
LINE = "line"
RAGGED = "ragged"
UNKNOWN = "unknown_columns"


class UnusableTable(Exception):
    """The file cannot be checked at all; the message names the place and what to do."""


def read_records(path: Path) -> list[dict[str, str]]:
    """The rows of the table at `path`: the seven columns, `line`, and `ragged` where cells do not match the header.

    Raises UnusableTable where the file is missing, is no UTF-8 CSV, or lacks a column.
    """
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    rows = _numbered(reader, path)
    line, header = next(rows, (1, []))
    columns = [cell.strip().casefold().replace(" ", "_") for cell in header]
    _check_header(columns, line, path)
    records = [_record(columns, row_line, cells) for row_line, cells in rows]
    if not records:
        raise UnusableTable(f"{path}: there is a header and no rows, so there is nothing to check.")
    unknown = [name for name in columns if name not in COLUMNS]
    if unknown:
        records[0][UNKNOWN] = ", ".join(name or "(no name)" for name in unknown)
    return records


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnusableTable(f"{path}: larger than 256 MB; check it in parts.")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable file name"
        raise UnusableTable(f"{path}: cannot be opened ({reason.lower()}).") from error
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UnusableTable(f"{path}, line 1: the file is UTF-16; save it as CSV UTF-8.")
    if b"\0" in data:
        raise UnusableTable(f"{path}, line {_line_of(data, data.index(0))}: a NUL byte; this is not a text file.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        raise UnusableTable(f"{path}, line {_line_of(data, place)}: not UTF-8; save the file as CSV UTF-8.") from error


def _line_of(data: bytes, place: int) -> int:
    before = data[:place].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1


def _numbered(reader: Iterator[list[str]], path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line each begins on; blank rows are passed over."""
    while True:
        line = reader.line_num + 1  # type: ignore[attr-defined]
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UnusableTable(f"{path}, line {line}: not a well-formed CSV row ({error}).") from error
        if any(cell.strip() for cell in cells):
            yield line, cells


def _check_header(columns: list[str], line: int, path: Path) -> None:
    wanted = ",".join(COLUMNS)
    if not columns:
        raise UnusableTable(f"{path}, line 1: the file is empty; its header should be {wanted}.")
    missing = [name for name in COLUMNS if name not in columns and name not in OPTIONAL]
    if missing:
        raise UnusableTable(f"{path}, line {line}: no column {', '.join(missing)}; the header should be {wanted}.")
    twice = sorted({name for name in columns if name in COLUMNS and columns.count(name) > 1})
    if twice:
        raise UnusableTable(f"{path}, line {line}: column {', '.join(twice)} is there twice.")


def _record(columns: list[str], line: int, cells: list[str]) -> dict[str, str]:
    record = dict.fromkeys(COLUMNS, "") | dict(zip(columns, cells, strict=False)) | {LINE: str(line)}
    extra = cells[len(columns) :]
    if len(cells) < len(columns) or any(cell.strip() for cell in extra):
        record[RAGGED] = f"{len(cells)} cells under {len(columns)} columns"
    return record
