"""The reference a row is known by: what repeats inside a file, and what is known already."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from trellis.exchange.faults import Fault
from trellis.exchange.tables import Record

AT_ONCE = 5_000
RowType = TypeVar("RowType", bound=Model)
Item = TypeVar("Item")


@dataclass
class References:
    """Rows sorted by their reference: the first of each, those that repeat it word for word, and the faults."""

    first: list[Record] = field(default_factory=list)
    repeated: int = 0
    faults: list[Fault] = field(default_factory=list)


def sort_by_reference(records: Iterable[Record], column: str) -> References:
    """A repeated row that says the same adds nothing; one that says otherwise is a fault."""
    found, seen = References(), dict[str, Record]()
    for record in records:
        reference = record.get(column)
        before = seen.setdefault(reference, record) if reference else record
        if before is record:
            found.first.append(record)
        elif (before.values, before.bad) == (record.values, record.bad):
            found.repeated += 1
        else:
            reason = f"is the reference of line {before.line} too, which says something else"
            found.faults.append(Fault(record.line, column, reason))
            found.first.append(record)
    return found


def known_rows(rows: QuerySet[RowType], column: str, records: Iterable[Record], of: str) -> dict[str, RowType]:
    """The rows whose ``column`` is the reference (cell ``of``) of a record, locked until the transaction ends."""
    asked = [record.values[of] for record in records if of in record.values]
    found = (rows.filter(**{f"{column}__in": part}).select_for_update(of=("self",)) for part in parts(asked))
    return {getattr(row, column): row for part in found for row in part}


def says(record: Record, fields: Mapping[str, str]) -> dict[str, Any]:
    """What the row says, by field. ``fields`` maps columns to fields."""
    return {field: record.values[column] for column, field in fields.items() if column in record.values}


def changes(record: Record, known: Model, fields: Mapping[str, str]) -> dict[str, Any]:
    """Fields of a known row that the file now says otherwise. A blank cell says nothing and takes nothing away."""
    return {field: value for field, value in says(record, fields).items() if value != getattr(known, field)}


def parts(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items in their order, so many at once as memory bears."""
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
