"""Reads the heads once, in step with the batches."""

from collections.abc import Iterator

from trellis.audit_log.findings import Finding
from trellis.audit_log.heads import Head, Heads, Line


class HeadWalk:
    """Gives the line of each batch asked for in rising order, and remembers what is wrong with the lines."""

    def __init__(self, heads: Heads) -> None:
        self._wrong: list[Finding] = []
        self._lines = self._rising(heads.lines())
        self._next: Line | None = next(self._lines, None)

    def skip_to(self, number: int) -> Head | None:
        """Pass over the heads before that batch; the last one passed."""
        passed = None
        while self._next and self._next.head and self._next.head.number < number:
            passed = self._next.head
            self._next = next(self._lines, None)
        return passed

    def at(self, number: int) -> Line | None:
        """The line of that batch, if there is one."""
        line = self._next
        if line is None or line.head is None or line.head.number != number:
            return None
        self._next = next(self._lines, None)
        return line

    def drain(self) -> Iterator[Finding]:
        """What was wrong with the lines read so far."""
        while self._wrong:
            yield self._wrong.pop(0)

    def _rising(self, lines: Iterator[Line]) -> Iterator[Line]:
        last = 0
        for line in lines:
            if line.head is None:
                self._wrong.append(Finding(f"{line.place} is not a head: it was changed"))
            elif line.head.number <= last:
                self._wrong.append(Finding(f"{line.place} is out of order: lines were moved or repeated"))
            else:
                last = line.head.number
                yield line
