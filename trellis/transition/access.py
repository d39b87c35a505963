"""Which rows of the way to adulthood a user may see, and whom they find on its lists."""

import uuid
from typing import TypeVar

from django.db.models import Model, QuerySet

from trellis.accounts.access import Hidden
from trellis.accounts.models import User
from trellis.core.protection import Part
from trellis.need_to_know.access import people_visible_to, visible_to
from trellis.need_to_know.models import AdultBasis
from trellis.need_to_know.seeing import Reader, sight_now
from trellis.people.models import Person

Some = TypeVar("Some", bound=Model)


def see_row(user: User, person: Person, model: type[Some], row_id: uuid.UUID) -> Some:
    """A row about this young person. Raises Hidden."""
    rows = visible_to(user, model).filter(id=row_id, person=person).select_related("person")
    found: Some | None = rows.first()
    if found is None:
        raise Hidden(model.__name__.lower(), row_id)
    return found


def see_basis(user: User, person: Person, basis_id: uuid.UUID) -> AdultBasis:
    return see_row(user, person, AdultBasis, basis_id)


def with_open_case(user: User) -> QuerySet[Person]:
    """Everybody with an open case whose whole record the user sees: of a part alone nothing is known to be missing."""
    whole = sight_now(Reader(user), Part.RECORD).values("person")
    return people_visible_to(user).filter(id__in=whole, cases__status="open").distinct()
