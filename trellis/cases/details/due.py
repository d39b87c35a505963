"""What the details themselves make due: to ask again what was not obtained."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.cases.child_pages import Due
from trellis.cases.details.queries import NOT_OBTAINED, ethnicity_due_on
from trellis.core.protection import Part
from trellis.need_to_know.access import sight_shown, visible_to
from trellis.people.models import Particulars, Person


def ethnicity_due(user: User, person: Person) -> Iterator[Due]:
    """Asked of those who may write it down and to whom the whole record opens."""
    if not user.may(Permission.PERSON_EDIT):
        return
    if person.ethnicity == NOT_OBTAINED and sight_shown(user, person) & {Part.RECORD, Part.EMERGENCY}:
        particulars = visible_to(user, Particulars).filter(person=person).first()
        on = ethnicity_due_on(person, particulars)
        if on:
            yield Due(
                on, "Ask again which ethnicity they are", reverse("change-details", args=[person.id, "ethnicity"])
            )
