"""When a young person whose case was closed is referred again: what each side tells the other through this place.

Referrals say which referrals there were; whoever keeps closures says what to show beside a new one.
"""

import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from trellis.accounts.models import User
from trellis.cases.child_pages import Section
from trellis.people.models import Person


@dataclass(frozen=True)
class Referred:
    """A referral that arrived on a London day; ``url`` leads to it."""

    person_id: uuid.UUID
    on: date
    url: str


REFERRALS: list[Callable[[User, Collection[uuid.UUID]], Iterable[Referred]]] = []
EARLIER_WORK: list[Callable[[User, Person, date], Section | None]] = []


def register_referrals(source: Callable[[User, Collection[uuid.UUID]], Iterable[Referred]]) -> None:
    """Add a source of the referrals of some people, as far as the user may see them: one query, however many people."""
    REFERRALS.append(source)


def referrals_of(user: User, people: Collection[uuid.UUID]) -> list[Referred]:
    return [referral for source in REFERRALS for referral in source(user, people)]


def register_earlier_work(section: Callable[[User, Person, date], Section | None]) -> None:
    """Add what a referral that arrived on a day shows of work that ended before it; None for nothing."""
    EARLIER_WORK.append(section)


def earlier_work(user: User, person: Person, on: date) -> list[Section]:
    made = [section(user, person, on) for section in EARLIER_WORK]
    return [section for section in made if section is not None]
