"""Mistakes somebody could make any day about who may see what. Each, planted, must turn the suite red."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One mistake: ``old`` stands exactly once in ``file`` and becomes ``new``; ``tests`` must notice."""

    name: str
    wrong: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


FAULTS: tuple[Fault, ...] = ()
