"""A status is a table of allowed moves. The diagrams in docs/reference are drawn from these tables."""

from collections.abc import Mapping
from dataclasses import dataclass


class NotAsItStands(ValueError):
    """What is recorded does not allow this as it stands; the sentence says what to do first."""


class MoveNotAllowed(ValueError):
    """A status change the table does not allow."""


@dataclass(frozen=True)
class Lifecycle:
    """``moves`` gives, for each status, the statuses that may follow it; none means the end."""

    name: str
    statuses: Mapping[str, str]
    first: str
    moves: Mapping[str, tuple[str, ...]]

    @property
    def choices(self) -> list[tuple[str, str]]:
        return list(self.statuses.items())

    def check_move(self, old: str, new: str) -> None:
        """Raises MoveNotAllowed, in words, unless ``new`` may follow ``old``."""
        if new not in self.moves[old]:
            raise MoveNotAllowed(
                f"a {self.name.lower()} that is {self.statuses[old].lower()} cannot become "
                f"{self.statuses.get(new, new).lower()}"
            )

    def diagram(self) -> str:
        """The table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.first}"]
        lines += [f"    {status} : {label}" for status, label in self.statuses.items()]
        for old, following in self.moves.items():
            lines += [f"    {old} --> {new}" for new in following] or [f"    {old} --> [*]"]
        return "\n".join(lines)
