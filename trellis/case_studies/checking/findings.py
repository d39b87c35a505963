"""What the checker found: where, why, and of whom, said as a role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Severity(IntEnum):
    """How sure it is that this tells who somebody is. Only what is possible may stay, for a reason."""

    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3

    @property
    def label(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class Finding:
    """``start`` to ``end`` of the text. ``whom``: a role or a kind of place, never a name. ``instead``: what the story
    may say there."""

    kind: str
    start: int
    end: int
    matched: str
    why: str
    severity: Severity
    whom: str = ""
    instead: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Findings alike: a reason given for one holds for all."""
        return self.kind, " ".join(self.matched.casefold().split())


def without_doubles(found: Iterable[Finding]) -> list[Finding]:
    """In order of place; what lies within something as grave is left out."""
    kept: list[Finding] = []
    for one in sorted(set(found), key=lambda f: (-f.severity, f.start - f.end, f.start, f.kind)):
        if not any(k.start <= one.start and one.end <= k.end for k in kept):
            kept.append(one)
    return sorted(kept, key=lambda f: (f.start, f.end))
