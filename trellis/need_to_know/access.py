"""Need to know, asked in one place: which people a user sees, and of them which parts."""

import uuid
from collections.abc import Collection
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from trellis.accounts.access import Hidden, check_may
from trellis.accounts.models import Membership, User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.protection import Part
from trellis.need_to_know.models import Grant, Sight
from trellis.need_to_know.seeing import Reader, seen, sight_now
from trellis.people.models import Person

Some = TypeVar("Some", bound=Model)


def visible_to(user: User, model: type[Some]) -> QuerySet[Some]:
    """The rows of any protected model that this user may see."""
    rows: QuerySet[Some] = model._default_manager.all()
    return rows.filter(seen(model, Reader(user)))


def sight_of(user: User, part: Part = Part.IDENTITY) -> QuerySet[Sight]:
    """Whom this user sees now, as far as a part of the record goes; ``.values("person")`` for a list."""
    return sight_now(Reader(user), Part.RECORD, part, Part.EMERGENCY)


def people_visible_to(user: User) -> QuerySet[Person]:
    """The people this user may see, for lists and searches."""
    return visible_to(user, Person)


def can_see_person(user: User, person_id: uuid.UUID, part: Part = Part.IDENTITY) -> bool:
    return sight_of(user, part).filter(person=person_id).exists()


def parts_seen(user: User, person_id: uuid.UUID) -> frozenset[Part]:
    """The parts of this person's record that open to the user: all of them, some, or none."""
    held = set(sight_now(Reader(user), *Part).filter(person=person_id).values_list("part", flat=True))
    return frozenset(Part) if held & {Part.RECORD, Part.EMERGENCY} else frozenset(map(Part, held))


def see_person(user: User, person_id: uuid.UUID, what: str = "child's record", part: Part = Part.IDENTITY) -> Person:
    """The person, and a mark in the log naming the grants used. Raises Refused; Hidden when this part is not open."""
    check_may(user, Permission.CHILD_READ)
    if not can_see_person(user, person_id, part):
        raise Hidden(what, person_id)
    grants = grants_used(user, [person_id]).values_list("id", flat=True)
    note(Action.READ, what, object_id=person_id, children=[person_id], grants=grants)
    return Person.objects.get(id=person_id)


def grants_used(user: User, people: Collection[uuid.UUID]) -> QuerySet[Grant]:
    """The grants in force through which this user sees these people, for the log."""
    teams = Membership.objects.filter(user=user).current().values("team")
    reaching = Q(user=user) | Q(team__in=teams) | Q(agency=user.agency_id)
    return Grant.objects.in_force().filter(reaching, person__in=people)


def note_listed(user: User, what: str, people: Collection[uuid.UUID]) -> None:
    """Mark in the log that a list showed these children, with every grant it used."""
    if people:
        note(Action.READ, what, children=people, grants=grants_used(user, people).values_list("id", flat=True))


def note_search(user: User, people: Collection[uuid.UUID]) -> None:
    """Mark in the log that a search was made and which children it showed; what was typed is not kept."""
    note(Action.SEARCH, "search", children=people, grants=grants_used(user, people).values_list("id", flat=True))
