"""What emergency openings add to a child's pages: the tag of the banner, the section of "Who sees this record"."""

from trellis.accounts.models import User
from trellis.cases.child_pages import Section, Tag
from trellis.core.presenters import clock
from trellis.core.reference_data import labels
from trellis.people.models import Person
from trellis.sharing.emergency import presenters, queries
from trellis.sharing.emergency.access import can_see_openings

SHOWN = 20


def emergency_tag(user: User, person: Person) -> list[Tag]:
    """For whoever sees this child in an emergency only: until when, and what stays closed."""
    opening = queries.emergency_sight_until(user, person)
    if opening is None:
        return []
    return [(f"Open in an emergency until {clock(opening.ends_at)}; police items stay closed", "now")]


def emergency_section(user: User, person: Person) -> Section | None:
    """For the lead worker and reviewers: every opening. For who opened it: a way to hand it back."""
    own = queries.emergency_sight_until(user, person)
    if own:
        return Section("sharing/emergency/_own.html", {"opening": own, "until": clock(own.ends_at)})
    if not can_see_openings(user, person):
        return None
    rows = presenters.section_rows(queries.openings_of(user, person)[:SHOWN], labels(queries.CATEGORY))
    return Section("sharing/emergency/_section.html", {"rows": rows})
