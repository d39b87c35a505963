"""What has to be finished before a case is closed. Apps above add their own checks when they start."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from trellis.accounts.models import User
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
REASON_CHECKS: list[Callable[[Case, str], Iterable[Unfinished]]] = []
AFTER: list[Callable[[Case, User], None]] = []


def register_check(check: Callable[[Case], Iterable[Unfinished]]) -> None:
    """Add a source of what is unfinished. It is asked as whoever closes the case, who sees the whole record."""
    CHECKS.append(check)


def register_check_of_reason(check: Callable[[Case, str], Iterable[Unfinished]]) -> None:
    """Add a source of what is unfinished when a case closes for a reason; the reason is empty while none is chosen."""
    REASON_CHECKS.append(check)


def register_after(act: Callable[[Case, User], None]) -> None:
    """Add what follows when a case has closed, in the same transaction and before sight of it ends; by whoever closed
    it."""
    AFTER.append(act)


def unfinished_of(case: Case, reason: str = "") -> list[Unfinished]:
    of_reason = [one for check in REASON_CHECKS for one in check(case, reason)]
    return [one for check in CHECKS for one in check(case)] + of_reason


def check_ready_to_close(case: Case, reason: str) -> None:
    """Raises NotReadyToClose. Nothing is finished by itself: what came of a plan or an assessment is for its worker to
    say, not for whoever closes the case."""
    unfinished = unfinished_of(case, reason)
    if unfinished:
        raise NotReadyToClose(unfinished)
