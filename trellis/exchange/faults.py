"""What is wrong with a file, said so that its sender can put it right."""

from collections.abc import Sequence
from typing import NamedTuple

LONGEST_SHOWN = 40


class Fault(NamedTuple):
    """One thing wrong in one place. ``line`` counts lines of the file as an editor shows them, from 1."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.reason}"


class BadCell(ValueError):
    """A value that cannot be taken; the message is the reason."""


class BadRows(Exception):
    """A file with faults. Nothing of it is stored. Unless ``is_all``, the rest of it was not read."""

    def __init__(self, faults: Sequence[Fault], *, is_all: bool = True) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = sorted(dict.fromkeys(faults), key=lambda fault: fault.line)
        self.is_all = is_all


def shown(value: str) -> str:
    """A value as it may stand in a message: one line of plain characters, not too long."""
    short = value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "..."
    return short.encode("ascii", "backslashreplace").decode() if short.isprintable() else ascii(short)[1:-1]


def listed(values: Sequence[str]) -> str:
    return ", ".join(values)
