"""Who reviews access, and which children they may learn of by it.

Whoever reads the audit log answers for every record, and reviews the grants of every child; anybody else those of the
children they see. Sealed records are the exception for all of them, and those they are excluded from: such a child does
not exist in anything they review: not in a list, a count or a file.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from enum import Enum

from trellis.accounts.access import Hidden, Refused, allowed, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.cases.models import Allocation
from trellis.core.protection import Part
from trellis.core.row_context import Duty, duty
from trellis.need_to_know.access import all_kept_from, visible_to
from trellis.need_to_know.models import Grant, GrantQuerySet


class Stem(Enum):
    """What a grant stems from: in short, and what to do to end it."""

    TEAM = ("", "A team sees a young person because of a case, a referral or a missing report. It ends with these.")
    ALLOCATION = (
        "Ends with the allocation",
        "They see the record because the case is allocated to them. Allocate it to somebody else first.",
    )
    POINTER = (
        "Ends with the pointer",
        "It tells an agency of a pointer. End the pointer on the young person's sharing page.",
    )
    SHARE = (
        "Ends with the decision to share",
        "It stems from a decision to share. Recall the decision on the young person's sharing page.",
    )

    def __init__(self, in_short: str, what_to_do: str) -> None:
        self.in_short, self.what_to_do = in_short, what_to_do


def check_can_review(user: User) -> None:
    """Raises Refused unless the user's role includes one of the reviews."""
    if not user.may(Permission.AUDIT_READ):
        check_may(user, Permission.ACCESS_REVIEW)


def can_review(user: User) -> bool:
    return allowed(check_can_review, user)


def reviews_every_child(user: User) -> bool:
    return user.may(Permission.AUDIT_READ)


@contextmanager
def reviewing(user: User) -> Iterator[None]:
    """Opens the second lock for whoever reviews every child, and for nobody else."""
    with duty(Duty.REVIEW) if reviews_every_child(user) else nullcontext():
        yield


def left_out(user: User) -> frozenset[uuid.UUID]:
    """The people whom ``user`` may not know of: sealed without them, or they are excluded from the record."""
    return all_kept_from(user)


def grants_reviewed_by(user: User) -> GrantQuerySet:
    """Every grant giving sight now that this user looks over; asked inside ``reviewing(user)``. Raises Refused."""
    check_may(user, Permission.ACCESS_REVIEW)
    if reviews_every_child(user):
        return Grant.objects.giving_sight().exclude(person__in=left_out(user))
    seen: GrantQuerySet = visible_to(user, Grant)  # type: ignore[assignment]
    return seen.giving_sight()


def see_grant(user: User, grant_id: uuid.UUID) -> Grant:
    """A grant in force that the user reviews. Raises Refused, Hidden."""
    with reviewing(user):
        found = grants_reviewed_by(user).select_related("user__agency", "team", "agency").filter(id=grant_id).first()
    if found is None:
        raise Hidden("grant", grant_id)
    return found


def check_can_end_grant(user: User, grant: Grant) -> None:
    """Raises Refused, with what to do instead, unless the grant stands by itself and the user may end it."""
    check_may(user, Permission.ACCESS_REVIEW)
    check_may(user, Permission.CASE_ALLOCATE)
    stem = stem_of(grant, allocations_held([grant.source]))
    if stem:
        raise Refused(stem.what_to_do, "grant", grant.id)


def stem_of(grant: Grant, allocated: Collection[uuid.UUID]) -> Stem | None:
    """What a grant stems from and ends with; None for one that a review may end. ``allocated``: the sources of grants
    that are allocations held now."""
    if grant.team_id:
        return Stem.TEAM
    if grant.source in allocated:
        return Stem.ALLOCATION
    if grant.source and grant.parts == [Part.POINTER]:
        return Stem.POINTER
    if grant.source and grant.parts and grant.parts != [Part.EMERGENCY]:
        return Stem.SHARE
    return None


def allocations_held(sources: Iterable[uuid.UUID | None]) -> frozenset[uuid.UUID]:
    """Those of the sources of grants that are allocations held now."""
    with duty(Duty.REVIEW):
        held = Allocation.objects.current().filter(id__in=[source for source in sources if source])
        return frozenset(held.values_list("id", flat=True))


def can_end_grant(user: User, grant: Grant) -> bool:
    return allowed(check_can_end_grant, user, grant)


def check_can_review_opening(user: User, worker: User) -> None:
    """Raises Refused unless the user reads the log, and it is not their own opening that they are to judge."""
    check_may(user, Permission.AUDIT_READ)
    if user.id == worker.id:
        raise Refused("Somebody else looks at what you opened yourself.", "unusual access")


def can_review_opening(user: User, worker: User) -> bool:
    return allowed(check_can_review_opening, user, worker)
