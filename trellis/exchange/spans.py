"""Times a child was missing, and which of them cannot both be true."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from trellis.exchange.faults import Fault, shown

STILL_MISSING = datetime.max.replace(tzinfo=UTC)


class Span(NamedTuple):
    """From when until when; ``line`` is 0 for an episode of the record that the file does not change."""

    start: datetime
    end: datetime
    line: int
    reference: str

    @property
    def place(self) -> str:
        reference = shown(self.reference) or "an episode without police_ref"
        return f"{reference} on line {self.line}" if self.line else f"{reference}, already recorded"


def clashes(spans_of: Mapping[Hashable, Iterable[Span]]) -> Iterator[Fault]:
    """A fault for each row whose episode overlaps another of the same child. Ends are not included."""
    for spans in spans_of.values():
        longest: Span | None = None
        for span in sorted(spans):
            if longest is not None and span.start < longest.end:
                yield _fault(*sorted((longest, span), key=lambda one: one.line))
            if longest is None or span.end > longest.end:
                longest = span


def _fault(other: Span, span: Span) -> Fault:
    if other.end == span.end == STILL_MISSING:
        return Fault(span.line, "returned_at", f"is blank, but the child is still missing in {other.place}")
    return Fault(span.line, "reported_at", f"overlaps {other.place}, of the same child")
