"""Who may open a record in an emergency, and who looks afterwards whether it was right."""

import uuid

from django.db.models import Exists, OuterRef, QuerySet

from trellis.accounts.access import Hidden, Refused, allowed, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.cases.models import Allocation
from trellis.core.row_context import Duty, duty
from trellis.need_to_know.access import is_kept_from, sees_whole_record
from trellis.people.models import Person
from trellis.sharing.emergency.models import EmergencyOpening

WHAT = "emergency opening"


def openings_reviewable_by(user: User) -> QuerySet[EmergencyOpening]:
    """Every opening but those of records that do not exist for this user: read on duty, by whoever reviews."""
    kept = Exists(Person.objects.filter(is_kept_from(user), pk=OuterRef("person")))
    return EmergencyOpening.objects.exclude(kept).select_related("person", "opened_by__agency", "review__reviewed_by")


def see_for_review(user: User, opening_id: uuid.UUID) -> EmergencyOpening:
    """One opening, for a reviewer, who need not see the child. Raises Refused, Hidden."""
    check_may(user, Permission.BREAK_GLASS_REVIEW)
    with duty(Duty.REVIEW):
        found = openings_reviewable_by(user).filter(id=opening_id).first()
    if found is None:
        raise Hidden(WHAT, opening_id)
    return found


def can_review(user: User, opening: EmergencyOpening) -> bool:
    return allowed(check_can_review, user, opening)


def check_can_review(user: User, opening: EmergencyOpening) -> None:
    """Raises Refused without BREAK_GLASS_REVIEW, and for one's own opening always."""
    check_may(user, Permission.BREAK_GLASS_REVIEW)
    if opening.opened_by_id == user.pk:
        raise Refused("You opened this yourself: another reviewer looks at it.", WHAT, opening.id)


def see_own_opening(user: User, opening_id: uuid.UUID) -> EmergencyOpening:
    """An opening of the user's own that is still in force. Raises Hidden."""
    found = EmergencyOpening.objects.filter(id=opening_id, opened_by=user).first()
    if found is None or not found.is_open:
        raise Hidden(WHAT, opening_id)
    return found


def can_see_openings(user: User, person: Person) -> bool:
    """Whether the user is told who opened this record in an emergency: its lead worker and who reviews."""
    if not sees_whole_record(user, person.id):
        return False
    leads = Allocation.objects.current().filter(case__person=person, worker=user, part=Allocation.Part.LEAD)
    return user.may(Permission.BREAK_GLASS_REVIEW) or leads.exists()
