"""The copy of a plan that is read through together with the young person, and what they said to it.

The app that keeps plans gives the copy, the one that keeps what young people say gives what they said to it: each adds
its own when it starts, and neither knows the other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from trellis.accounts.models import User
from trellis.people.models import Person


@dataclass(frozen=True)
class Copy:
    """The plan as it stands, about nobody whom they did not name. ``parts``: headings with their lines."""

    plan: UUID
    revision: int
    parts: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True)
class ReadTogether:
    """When it was read together, over which revision, and in words what they said to it."""

    on: date
    revision: int
    answer: str
    words: str
    url: str


COPIES: list[Callable[[User, Person], Copy | None]] = []
READ: list[Callable[[User, Person, UUID], ReadTogether | None]] = []


def register_copy(source: Callable[[User, Person], Copy | None]) -> None:
    COPIES.append(source)


def register_read(source: Callable[[User, Person, UUID], ReadTogether | None]) -> None:
    READ.append(source)


def copy_of_plan(user: User, person: Person) -> Copy | None:
    """The copy of the plan that is open, as far as the reader may see it."""
    return next((copy for source in COPIES if (copy := source(user, person))), None)


def last_read_together(user: User, person: Person, plan: UUID) -> ReadTogether | None:
    return next((read for source in READ if (read := source(user, person, plan))), None)
