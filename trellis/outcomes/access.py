"""Which case a user asks about, and which of its rows they may see."""

import uuid

from django.db.models import F

from trellis.accounts.access import Hidden
from trellis.accounts.models import User
from trellis.cases.models import Case
from trellis.need_to_know.access import visible_to
from trellis.outcomes.models import FollowUp
from trellis.people.models import Person


def case_of(user: User, person: Person) -> Case | None:
    """The case that is open, else the latest there was."""
    rows = visible_to(user, Case).filter(person=person).select_related("person")
    return rows.order_by(F("closed_on").desc(nulls_first=True), "-opened_on").first()


def see_case(user: User, person: Person, case_id: uuid.UUID | None = None) -> Case:
    """The case asked about: one of this young person, or the one that is open or the latest. Raises Hidden."""
    rows = visible_to(user, Case).filter(person=person).select_related("person")
    found = rows.filter(id=case_id).first() if case_id else case_of(user, person)
    if found is None:
        raise Hidden("case", case_id or person.id)
    return found


def see_follow_up(user: User, person: Person, follow_up_id: uuid.UUID) -> FollowUp:
    """A follow-up of this young person that is still to be done. Raises Hidden."""
    rows = visible_to(user, FollowUp).to_do().filter(person=person, id=follow_up_id)  # type: ignore[attr-defined]
    found: FollowUp | None = rows.select_related("case__person", "worker").first()
    if found is None:
        raise Hidden("follow-up", follow_up_id)
    return found
