"""Telling one user something about a child, and who answers for a child and is told.

The words of a notice repeat nothing of the record: whoever may read the record reads it there.
"""

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from trellis.accounts.models import Membership, User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.models import Allocation, Notice
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now
from trellis.core.protection import Part
from trellis.need_to_know.access import visible_to
from trellis.need_to_know.seeing import sight_of_person
from trellis.need_to_know.services import MANAGEMENT
from trellis.people.models import Person


def tell(*, to: Iterable[User], person: Person, kind: str, words: str) -> None:
    """Tell each of them; ``words`` name nobody and nothing of the record. On duty where the teller does not see."""
    notices = [Notice(to=user, person=person, kind=kind, words=words) for user in to]
    insert_rows(notices)
    if notices:
        note(Action.WRITE, "notice", children=[person.id])


def notices_for(user: User) -> QuerySet[Notice]:
    """What this user has been told and not yet marked as seen, about children they see; the latest first."""
    return visible_to(user, Notice).filter(to=user, seen_at=None).select_related("person").order_by("-told_at", "id")


def mark_seen(*, notice_id: uuid.UUID, by: User) -> None:
    """Only a user's own notice is marked; any other, or one marked already, changes nothing."""
    notices_for(by).filter(id=notice_id).update(seen_at=now())


def managers_of(person: Person) -> list[User]:
    """The hub's managers who see this child. Asked on duty."""
    team = Membership.objects.current().filter(team__code=MANAGEMENT).values("user")
    return list(_seeing(person).filter(id__in=team))


def those_who_answer_for(person: Person) -> list[User]:
    """The lead worker, if they see the child; else the managers who do; else everybody who does. Asked on duty."""
    leads = Allocation.objects.current().filter(case__person=person, case__status="open", part=Allocation.Part.LEAD)
    lead = list(_seeing(person).filter(id__in=leads.values("worker")))
    return lead or managers_of(person) or list(_seeing(person))


def _seeing(person: Person) -> QuerySet[User]:
    return User.objects.filter(id__in=sight_of_person(person.id, Part.RECORD).values("user")).order_by("name", "id")
