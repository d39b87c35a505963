"""The section of "Who sees this record" that tells what is shared with partners."""

from trellis.accounts.models import User
from trellis.cases.child_pages import Section
from trellis.core.clocks import now
from trellis.core.protection import Part
from trellis.need_to_know.access import can_see_person
from trellis.people.models import Person
from trellis.sharing.presenters import share_rows
from trellis.sharing.queries import shares_in_force


def shared_with(user: User, person: Person) -> Section | None:
    """For whoever has the whole record."""
    if not can_see_person(user, person.id, Part.RECORD):
        return None
    return Section("sharing/access_section.html", {"rows": share_rows(shares_in_force(user, person), now())})
