"""Health as its pages ask for it: a young person's, and everything that waits for the hub's nurse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from trellis.accounts.models import User
from trellis.cases.lifecycle import OPEN
from trellis.cases.models import Case
from trellis.core.clocks import today
from trellis.core.protection import Part
from trellis.core.reference_data import bank_holidays, days_after, limit_in_force
from trellis.health_needs.lifecycle import ASKED
from trellis.health_needs.models import HealthQuestion, HealthService, HealthUpdate
from trellis.letters.models import Kind, Occasion
from trellis.letters.queries import settled_cases
from trellis.need_to_know.access import sight_of, visible_to
from trellis.people.models import Person


@dataclass(frozen=True)
class LetterDue:
    """The GP of this case's young person is not yet told of it."""

    case: Case
    occasion: str
    due_on: date

    @property
    def letter(self) -> str:
        """The letter's name in the address of its page."""
        return f"{Kind.GP}-{self.occasion}"


def updates_of(user: User, person: Person) -> QuerySet[HealthUpdate]:
    """The updates that stand, the latest first."""
    rows = visible_to(user, HealthUpdate).filter(person=person, superseded_by=None)
    return rows.select_related("recorded_by", "agency", "supersedes", "answers")


def services_of(user: User, person: Person) -> list[HealthService]:
    return list(visible_to(user, HealthService).filter(person=person).select_related("agency", "recorded_by"))


def questions_waiting_of(user: User, person: Person) -> list[HealthQuestion]:
    return list(visible_to(user, HealthQuestion).filter(person=person, status=ASKED).select_related("recorded_by"))


def questions_waiting(user: User) -> QuerySet[HealthQuestion]:
    """What health is asked of all young people whom the user sees, the earliest due first."""
    rows = visible_to(user, HealthQuestion).filter(status=ASKED)
    return rows.select_related("person", "recorded_by").order_by("due_on", "asked_at", "id")


def letters_due_of(user: User, person: Person) -> list[LetterDue]:
    return letters_due(list(visible_to(user, Case).filter(person=person)))


def all_letters_due(user: User) -> list[LetterDue]:
    """Of every case whose young person's health is open to the user, the earliest due first."""
    rows = visible_to(user, Case).filter(person__in=sight_of(user, Part.HEALTH).values("person"))
    return letters_due(list(rows.select_related("person")))


def letters_due(cases: Sequence[Case]) -> list[LetterDue]:
    """The opening of an open case, the closing of a closed one: what no letter was prepared for, and no reason recorded
    why none is sent. Nothing is stored for it. Working days are those of the limit ``letters.due`` of today."""
    by_occasion = {
        Occasion.OPENING: [case for case in cases if case.status == OPEN],
        Occasion.CLOSING: [case for case in cases if case.status != OPEN],
    }
    waiting = [(case, each) for each, some in by_occasion.items() if some for case in unsettled(some, each)]
    if not waiting:
        return []
    within, holidays = limit_in_force("letters.due", today()), bank_holidays()
    due = [
        LetterDue(case, each, days_after(case.closed_on or case.opened_on, within.value, within.unit, holidays))
        for case, each in waiting
    ]
    return sorted(due, key=lambda one: (one.due_on, one.case.id))


def unsettled(cases: Sequence[Case], occasion: str) -> list[Case]:
    settled = settled_cases(Kind.GP, occasion, [case.id for case in cases])
    return [case for case in cases if case.id not in settled]
