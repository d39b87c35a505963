"""What panels add to a child's overview: the meetings to come, and what somebody is to do."""

from collections.abc import Collection, Iterator
from uuid import UUID

from django.urls import reverse

from trellis.accounts.models import User
from trellis.cases.child_pages import Due
from trellis.core.presenters import day
from trellis.meetings.access import items_visible_to
from trellis.meetings.lifecycle import TAKEN_OFF, TALKED_ABOUT, TO_DO, WAITING
from trellis.meetings.models import PanelReferral, Rule
from trellis.meetings.queries.panels import actions, next_for
from trellis.need_to_know.access import visible_to
from trellis.people.models import Person


def panels_due(user: User, person: Person) -> Iterator[Due]:
    here = reverse("child-panels", args=[person.id])
    for item in next_for(user, person):
        yield Due(item.meeting.meets_at, str(item.meeting.panel), here)
    for action in actions(user).filter(person=person, status=TO_DO):
        there = reverse("panel-action", args=[person.id, action.id])
        yield Due(action.due_on, f"Panel action, {action.owner.name}: {action.what}", there)


def at_transitions_panel(user: User, people: Collection[UUID]) -> dict[UUID, str]:
    """Person to where they stand with the panel for who comes of age: talked about, on an agenda, or referred."""
    waiting = visible_to(user, PanelReferral).filter(person__in=people, panel__rule=Rule.ADULTHOOD, status=WAITING)
    found = {row.person_id: f"Referred on {day(row.referred_at)}" for row in waiting}
    items = items_visible_to(user).filter(person__in=people, meeting__panel__rule=Rule.ADULTHOOD)
    for item in items.exclude(status=TAKEN_OFF).select_related("meeting").order_by("meeting__meets_at"):
        said = "Talked about on" if item.status == TALKED_ABOUT else "On the agenda of"
        found[item.person_id] = f"{said} {day(item.meeting.meets_at)}"
    return found
