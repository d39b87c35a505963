"""How a record is called in a review: by the child's name only to whoever may see the child."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from trellis.accounts.models import User
from trellis.cases.models import Case
from trellis.core.row_context import Duty, duty
from trellis.need_to_know.access import people_visible_to
from trellis.people.models import Person


@dataclass(frozen=True)
class Reference:
    """``name`` is empty for whoever may not see the child; ``case`` when the child never had one."""

    person: uuid.UUID
    case: str = ""
    name: str = ""

    def __str__(self) -> str:
        return self.name or self.case or f"Record {str(self.person)[:8]}"


def references_of(user: User, people: Collection[uuid.UUID]) -> dict[uuid.UUID, Reference]:
    """Every one of these people as ``user`` may call them; two queries. Ids that name nobody keep their id."""
    seen = people_visible_to(user).filter(id__in=people)
    names = {person.id: person.name for person in seen.only("given_name", "family_name")}
    with duty(Duty.REVIEW):
        latest = Case.objects.filter(person__in=people).order_by("opened_on", "recorded_at")
        cases = dict(latest.values_list("person_id", "reference"))
    return {person: Reference(person, cases.get(person, ""), names.get(person, "")) for person in people}


def person_called(text: str, hidden: Collection[uuid.UUID]) -> uuid.UUID | None:
    """The id of the record with this case reference or this id; None when there is none, or none to be known of."""
    with duty(Duty.REVIEW):
        try:
            found = Person.objects.filter(id=uuid.UUID(text)).values_list("id", flat=True).first()
        except ValueError:
            found = Case.objects.filter(reference=text.upper()).values_list("person_id", flat=True).first()
    return None if found in hidden else found
