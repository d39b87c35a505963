"""Who writes for health, and which of its rows a user may see."""

import uuid
from typing import TypeVar

from django.db.models import Model

from trellis.accounts.access import Hidden, Refused, allowed, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.core.protection import Part
from trellis.need_to_know.access import can_see_person, visible_to
from trellis.people.models import Person

Some = TypeVar("Some", bound=Model)
HEALTH = "health"
NOT_HEALTH = "Only workers of health write updates. Ask health for an update instead."


def check_can_write_health(user: User, person: Person) -> None:
    """Whether the user may record health services of this young person, and ask health. Raises Refused; Hidden."""
    check_may(user, Permission.HEALTH_WRITE)
    if not can_see_person(user, person.id, Part.HEALTH):
        raise Hidden("health", person.id)


def check_can_give_update(user: User, person: Person) -> None:
    """Whether the user may speak for health: a worker of that agency. Raises Refused; Hidden."""
    check_can_write_health(user, person)
    if user.agency.code != HEALTH:
        raise Refused(NOT_HEALTH, "health update", person.id)


def can_write_health(user: User, person: Person) -> bool:
    return allowed(check_can_write_health, user, person)


def can_give_update(user: User, person: Person) -> bool:
    return allowed(check_can_give_update, user, person)


def see_in_health(user: User, person: Person, model: type[Some], row_id: uuid.UUID) -> Some:
    """An update, question or service of this young person. Raises Hidden."""
    found: Some | None = visible_to(user, model).filter(person=person, id=row_id).select_related("person").first()
    if found is None:
        raise Hidden(model.__name__.lower(), row_id)
    return found
