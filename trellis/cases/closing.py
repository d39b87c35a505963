"""What has to be finished before a case is closed. Apps above add their own checks when they start."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from trellis.cases.models import Case


@dataclass(frozen=True)
class Unfinished:
    """Something that is still going on, in words; ``url`` leads to where it is finished."""

    what: str
    url: str


class NotReadyToClose(ValueError):
    """The case cannot be closed yet. ``unfinished``: what is to be finished first."""

    def __init__(self, unfinished: list[Unfinished]) -> None:
        super().__init__("This case cannot be closed yet: " + "; ".join(one.what for one in unfinished))
        self.unfinished = unfinished


CHECKS: list[Callable[[Case], Iterable[Unfinished]]] = []


def register_check(check: Callable[[Case], Iterable[Unfinished]]) -> None:
    """Add a source of what is unfinished. It is asked as whoever closes the case, who sees the whole record."""
    CHECKS.append(check)


def unfinished_of(case: Case) -> list[Unfinished]:
    return [one for check in CHECKS for one in check(case)]


def check_ready_to_close(case: Case) -> None:
    """Raises NotReadyToClose. Nothing is finished by itself: what came of a plan or an assessment is for its worker to
    say, not for whoever closes the case."""
    unfinished = unfinished_of(case)
    if unfinished:
        raise NotReadyToClose(unfinished)
