"""Who reads letters about a young person, and who writes and sends them."""

import uuid

from trellis.accounts.access import Hidden, allowed, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.core.protection import Part
from trellis.letters.models import Letter
from trellis.need_to_know.access import can_see_person, visible_to
from trellis.people.models import Person


def see_letter(user: User, person: Person, letter_id: uuid.UUID) -> Letter:
    """A letter about this young person. Raises Hidden."""
    rows = visible_to(user, Letter).filter(person=person, id=letter_id)
    found = rows.select_related("person", "case", "recorded_by__agency").first()
    if found is None:
        raise Hidden("letter", letter_id)
    return found


def check_can_write_letter(user: User, person: Person) -> None:
    """Whether the user may write and send letters about this young person. Raises Refused; Hidden."""
    check_may(user, Permission.LETTER_SEND)
    if not can_see_person(user, person.id, Part.HEALTH):
        raise Hidden("letter", person.id)


def can_write_letter(user: User, person: Person) -> bool:
    return allowed(check_can_write_letter, user, person)
