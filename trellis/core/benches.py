"""What ``./hub bench`` can measure: each bench gives both sides of its ratios, as JSON and in lines for a person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Answer = tuple[Mapping[str, Any], list[str]]


@dataclass(frozen=True)
class Bench:
    """``measure`` takes the scale, and the snapshot where ``of_a_snapshot`` and one was named."""

    help: str
    measure: Callable[[int, Path | None], Answer]
    of_a_snapshot: bool = False
