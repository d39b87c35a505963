"""What a user may see and write of what a young person says."""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.db.models import Model

from trellis.accounts.access import Hidden, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.protection import Part
from trellis.need_to_know.access import see_person, visible_to
from trellis.people.models import Person
from trellis.voice.models import Together, TogetherStep

Some = TypeVar("Some", bound=Model)


def see_voice(user: User, person_id: uuid.UUID, what: str = "voice") -> Person:
    """The young person whose words are opened to read. Raises Refused, Hidden."""
    return see_person(user, person_id, what, Part.VOICE)


def see_voice_to_write(user: User, person_id: uuid.UUID) -> Person:
    """The young person for whom something is written down. Raises Refused, Hidden."""
    check_may(user, Permission.VOICE_WRITE)
    return see_voice(user, person_id)


def see_of_person(user: User, person: Person, model: type[Some], row_id: uuid.UUID) -> Some:
    """A row of this young person that the user may see. Raises Hidden."""
    found = visible_to(user, model).filter(person=person, id=row_id).first()
    if found is None:
        raise Hidden(model.__name__.lower(), row_id)
    return found


def see_step(user: User, person: Person, together_id: uuid.UUID, step_id: uuid.UUID) -> TogetherStep:
    """Something said together with this worker that waits to be kept. Raises Hidden."""
    mine = visible_to(user, TogetherStep).filter(together__worker=user, together__person=person)
    found = mine.filter(id=step_id, together=together_id).select_related("together__person").first()
    if found is None:
        raise Hidden("words said together", step_id)
    return found


def own_together(user: User, together_id: uuid.UUID) -> Together:
    """A time together that this worker began. Raises Refused, Hidden."""
    check_may(user, Permission.VOICE_WRITE)
    found = visible_to(user, Together).filter(worker=user, id=together_id).select_related("person").first()
    if found is None:
        raise Hidden("time together", together_id)
    note(Action.READ, "time together", object_id=found.id, children=[found.person_id])
    return found
