"""Which parts of a plan a user may see, one by one."""

import uuid
from typing import TypeVar

from django.db.models import F, Model

from trellis.accounts.access import Hidden
from trellis.accounts.models import User
from trellis.need_to_know.access import visible_to
from trellis.people.models import Person
from trellis.plans.models import DirectWork, Goal, LinkedPlan, Plan, Task, TeamMember

Some = TypeVar("Some", bound=Model)
# How a row of the kind names the young person, and what is read with it.
PERSON: dict[type[Model], tuple[str, tuple[str, ...]]] = {
    Goal: ("plan__person", ("plan",)),
    Task: ("plan__person", ("plan", "owner")),
    LinkedPlan: ("plan__person", ("plan",)),
    DirectWork: ("person", ("person", "worker")),
    TeamMember: ("person", ("person",)),
}


def see_plan(user: User, person: Person) -> Plan:
    """The plan that is open, else the latest there was. Raises Hidden when there is none."""
    found = plan_of(user, person)
    if found is None:
        raise Hidden("plan", person.id)
    return found


def plan_of(user: User, person: Person) -> Plan | None:
    rows = visible_to(user, Plan).filter(person=person).select_related("person")
    return rows.order_by(F("closed_on").desc(nulls_first=True), "-opened_on", "-recorded_at").first()


def see_in_plan(user: User, person: Person, model: type[Some], row_id: uuid.UUID) -> Some:
    """A goal, task, linked plan, direct work or team member of this young person. Raises Hidden."""
    named, related = PERSON[model]
    rows = visible_to(user, model).filter(id=row_id, **{named: person})
    found: Some | None = rows.select_related(*related).first()
    if found is None:
        raise Hidden(model.__name__.lower(), row_id)
    return found
