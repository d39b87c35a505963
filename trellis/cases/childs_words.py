"""What a young person said at each step, in their own words, wherever it was written down: nothing is typed twice.

Apps that keep such words add a source when they start. Each gives them as far as the reader may see them, in as many
queries for one line as for many.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from trellis.accounts.models import User
from trellis.core.clocks import london_date, start_of_day
from trellis.people.models import Person


@dataclass(frozen=True)
class Words:
    """What was said on a day or at a moment. ``step``: a code of the list voice_step; ``what``: what it is about.

    Without ``words`` the step was reached and they were not heard: ``why_not`` says why, or that nobody asked yet.
    """

    said: date | datetime
    step: str
    words: str = ""
    what: str = ""
    heard_by: str = ""
    how: str = ""
    url: str = ""
    why_not: str = ""

    @property
    def day(self) -> date:
        return london_date(self.said) if isinstance(self.said, datetime) else self.said

    @property
    def order(self) -> datetime:
        return self.said if isinstance(self.said, datetime) else start_of_day(self.said)


SOURCES: list[Callable[[User, Person], Iterable[Words]]] = []
NOT_ASKED = "Not asked yet"


def register(source: Callable[[User, Person], Iterable[Words]]) -> None:
    SOURCES.append(source)


def words_of(user: User, person: Person) -> list[Words]:
    """Everything that was said and each time nothing was, the latest first. Asked once for a row of ``see_person``."""
    found: tuple[User, list[Words]] | None = vars(person).get("_words")
    if found is None or found[0] != user:
        every = [line for source in SOURCES for line in source(user, person)]
        found = user, sorted(every, key=lambda line: (line.order, line.step, line.words), reverse=True)
        vars(person)["_words"] = found
    return found[1]


def latest_words(user: User, person: Person) -> Words | None:
    return next((line for line in words_of(user, person) if line.words), None)
