"""A table as data: the equal of each chart, and of each list of figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from trellis.core.presenters import number


@dataclass(frozen=True)
class Column:
    label: str
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    text: object
    numeric: bool = False
    heads_row: bool = False
    sort_value: object = None


@dataclass(frozen=True)
class Table:
    """``rows`` hold one value for each column; the first column names its row. Numbers are written by ``number``."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    foot: Sequence[Any] = ()

    @property
    def cells(self) -> Iterator[list[Cell]]:
        return (self._row(row) for row in self.rows)

    @property
    def foot_cells(self) -> list[Cell]:
        return self._row(self.foot)

    def _row(self, row: Sequence[Any]) -> list[Cell]:
        return [
            self._cell(value, column, place == 0)
            for place, (value, column) in enumerate(zip(row, self.columns, strict=True))
        ]

    @staticmethod
    def _cell(value: Any, column: Column, first: bool) -> Cell:
        if not column.numeric:
            return Cell(value, heads_row=first)
        plain = isinstance(value, int | float) or value is None
        return Cell(number(value) if plain else value, numeric=True, sort_value=value if plain else None)
