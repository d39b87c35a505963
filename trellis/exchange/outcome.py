"""What became of a file."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from trellis.exchange.children import Said
from trellis.people.models import PossibleMatch


@dataclass(frozen=True)
class Outcome:
    """Every row was added, corrected or left unchanged; a recorded return counts as a correction."""

    rows: int
    added: int = 0
    corrected: int = 0
    unchanged: int = 0
    returns: int = 0
    new_people: int = 0
    questions: list[PossibleMatch] = field(default_factory=list)
    differences: Sequence[Said] = field(default_factory=list)
    children: frozenset[uuid.UUID] = frozenset()
    words: str = ""

    @property
    def alike(self) -> int:
        """New people who may be somebody recorded before."""
        return len({question.person_id for question in self.questions})

    @property
    def left_for_review(self) -> int:
        return self.alike + len(self.differences)

    def said(self, words: str) -> "Outcome":
        return replace(self, words=words)

    def with_differences(self, differences: Sequence[Said]) -> "Outcome":
        return replace(self, differences=differences)
