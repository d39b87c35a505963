"""What the checks hand back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding claims. Kept apart so that a weak reason never borrows the words of a proof."""

    IMPOSSIBLE = "impossible"
    CONTRADICTION = "contradiction"
    QUESTION = "question"
    UNREADABLE = "unreadable"


MEANING = {
    Severity.IMPOSSIBLE: "no whole numbers of children, or of anything counted, can give it",
    Severity.CONTRADICTION: "two statements of the table cannot both be true, as they are worded",
    Severity.QUESTION: "true only if something holds that the table does not say",
    Severity.UNREADABLE: "the row could not be read or checked as it stands",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong or doubtful in a table: where, what, and what would have to be true for it to stand."""

    kind: str
    severity: Severity
    lines: tuple[int, ...]
    year: str
    section: str
    measure: str
    message: str
    would_have_to_be_true: str
    evidence: Mapping[str, object] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "severity": str(self.severity),
            "lines": list(self.lines),
            "year": self.year,
            "section": self.section,
            "measure": self.measure,
            "message": self.message,
            "would_have_to_be_true": self.would_have_to_be_true,
            "evidence": dict(self.evidence),
        }


def in_order(findings: list[Finding]) -> list[Finding]:
    """Gravest first, then by line."""
    rank = {severity: place for place, severity in enumerate(Severity)}
    return sorted(findings, key=lambda found: (rank[found.severity], found.lines, found.kind, found.message))
