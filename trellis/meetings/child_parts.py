"""What panels add to a child's overview: the meetings to come, and what somebody is to do."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.cases.child_pages import Due
from trellis.meetings.lifecycle import TO_DO
from trellis.meetings.queries.panels import actions, next_for
from trellis.people.models import Person


def panels_due(user: User, person: Person) -> Iterator[Due]:
    here = reverse("child-panels", args=[person.id])
    for item in next_for(user, person):
        yield Due(item.meeting.meets_at, str(item.meeting.panel), here)
    for action in actions(user).filter(person=person, status=TO_DO):
        there = reverse("panel-action", args=[person.id, action.id])
        yield Due(action.due_on, f"Panel action, {action.owner.name}: {action.what}", there)
