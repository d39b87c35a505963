"""What the missing desk adds to a child's overview: what was agreed for their safety and is not done."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.cases.child_pages import Due
from trellis.missing.queries.interviews import actions_open
from trellis.people.models import Person

ACTIONS = 3


def safety_due(user: User, person: Person) -> Iterator[Due]:
    """The first of them that have a day."""
    for action in actions_open(user, [person.id]).filter(due_on__isnull=False)[:ACTIONS]:
        if action.due_on:
            yield Due(action.due_on, f"{action.what} ({action.who})", reverse("finish-safety-action", args=[action.id]))
