"""A CSV table: its header, and each row with the line it starts on."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from trellis.core.errors import Unusable
from trellis.exchange.cells import Reader, check_decoded
from trellis.exchange.faults import BadCell, BadRows, Fault, listed, shown

MOST_ROWS = 200_000
LONGEST_LINE = 1_000_000
# So many faults say that the file as a whole is wrong; reading the rest would help nobody.
MOST_FAULTS = 10_000
ROW = "row"
WHAT_CSV_SAYS = {
    "unexpected end of data": "has a quotation mark that is never closed",
    "',' expected after '\"'": "has something between a closing quotation mark and the next comma",
}


class Column(NamedTuple):
    """A column a file may have: how its cells are read, and what it means."""

    name: str
    read: Reader
    means: str
    required: bool = False


@dataclass(slots=True)
class Record:
    """A row as read: what each filled cell says, and the columns whose cells could not be read."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    bad: frozenset[str] = frozenset()

    def get(self, column: str) -> Any:
        """What the cell says; None where it is blank, bad or not in the file."""
        return self.values.get(column)

    def sound(self, *columns: str) -> bool:
        return self.bad.isdisjoint(columns)


@dataclass
class Table:
    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def has_too_many_faults(self) -> bool:
        """Then the rows after the last fault were not read."""
        return len(self.faults) > MOST_FAULTS


def read_table(data: bytes, columns: Sequence[Column]) -> Table:
    """Every row of the file, and what is wrong with its cells.

    Raises Unusable when this is no such table, BadRows when the header is wrong: no row is read then.
    """
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", errors="surrogateescape", newline="")
    table, rows = Table(), _rows(csv.reader(_bounded(lines), strict=True))
    header = next(rows, None)
    if header is None or isinstance(header, Fault):
        raise Unusable("the first line cannot be read as the header of a CSV file")
    present = _check_header([cell.strip() for cell in header[1]], columns)
    for count, row in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise Unusable(f"the file has more than {MOST_ROWS:,} rows: split it and import the parts")
        if isinstance(row, Fault):
            table.faults.append(row)
        elif len(row[1]) != len(present):
            table.faults.append(Fault(row[0], ROW, f"has {len(row[1])} values; the header has {len(present)}"))
        else:
            table.records.append(_read_row(row[0], row[1], present, table.faults))
        if table.has_too_many_faults:
            break
    return table


def _bounded(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise Unusable(f"line {number} is longer than {LONGEST_LINE:,} characters: no row of a file is")
        yield line


def _rows(reader: Any) -> Iterator[tuple[int, list[str]] | Fault]:
    """Rows that are not empty, each with its first line. After a fault in a row's quoting, the next line is next."""
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            yield Fault(line, ROW, WHAT_CSV_SAYS.get(str(problem), f"cannot be read: {problem}"))
            continue
        if row:
            yield line, row


def _check_header(names: Sequence[str], columns: Sequence[Column]) -> list[Column]:
    """The columns in the file's order. Raises Unusable when none is known, BadRows for any other fault."""
    known = {column.name: column for column in columns}
    if known.keys().isdisjoint(names):
        raise Unusable(
            f"the first line names no known column; the header has, between commas: "
            f"{listed([column.name for column in columns if column.required])}"
        )
    faults = [
        Fault(1, shown(name) or "header", "there is no such column" if name else "a column has no name")
        for name in dict.fromkeys(names)
        if name not in known
    ]
    faults += [Fault(1, name, "the column is there twice") for name in known if list(names).count(name) > 1]
    faults += [Fault(1, c.name, "the column is missing") for c in columns if c.required and c.name not in names]
    if faults:
        raise BadRows(faults)
    return [known[name] for name in names]


def _read_row(line: int, cells: Sequence[str], columns: Sequence[Column], faults: list[Fault]) -> Record:
    record, bad = Record(line), []
    for column, cell in zip(columns, cells, strict=True):
        try:
            check_decoded(cell)
            if cell.strip():
                record.values[column.name] = column.read(cell)
            elif column.required:
                raise BadCell("is missing")
        except BadCell as problem:
            bad.append(column.name)
            faults.append(Fault(line, column.name, str(problem)))
    record.bad = frozenset(bad)
    return record
