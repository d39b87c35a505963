"""Need to know: a child is seen through a grant in force to a user, their team or their agency; else not at all."""

import uuid

from django.db.models import Q, QuerySet

from trellis.accounts.access import Hidden, check_may
from trellis.accounts.models import Membership, User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.models import Case, ChronologyEntry, Grant
from trellis.people.models import Person


def grants_of(user: User) -> QuerySet[Grant]:
    """Every grant in force that reaches this user; none once the account is closed."""
    if not user.may(Permission.CHILD_READ):
        return Grant.objects.none()
    teams = Membership.objects.filter(user=user).current().values("team")
    return Grant.objects.in_force().filter(Q(user=user) | Q(team__in=teams) | Q(agency=user.agency_id))


def people_visible_to(user: User) -> QuerySet[Person]:
    """The people this user may see, for lists and searches."""
    return Person.objects.filter(id__in=grants_of(user).values("person"))


def can_see_person(user: User, person_id: uuid.UUID) -> bool:
    return grants_of(user).filter(person=person_id).exists()


def see_person(user: User, person_id: uuid.UUID, what: str = "child's record") -> Person:
    """The person, and a mark in the log naming the grants used. Raises Hidden when none is in force."""
    check_may(user, Permission.CHILD_READ)
    grants = list(grants_of(user).filter(person=person_id).values_list("id", flat=True))
    if not grants:
        raise Hidden(what, person_id)
    note(Action.READ, what, object_id=person_id, children=[person_id], grants=grants)
    return Person.objects.get(id=person_id)


def cases_visible_to(user: User) -> QuerySet[Case]:
    return Case.objects.filter(person__in=grants_of(user).values("person"))


def chronology_visible_to(user: User, person: Person) -> QuerySet[ChronologyEntry]:
    """What ``user`` may read of this child's chronology."""
    if not can_see_person(user, person.id):
        return ChronologyEntry.objects.none()
    return person.chronology.all()
