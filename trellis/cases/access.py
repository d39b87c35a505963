"""Need to know: a child is seen through a grant in force to a user, their team or their agency; else not at all."""

import uuid
from collections.abc import Collection

from django.db.models import Q, QuerySet

from trellis.accounts.access import Hidden, Refused, allowed, check_may
from trellis.accounts.models import Membership, User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.models import ChronologyEntry, Grant
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


def note_listed(user: User, what: str, people: Collection[uuid.UUID]) -> None:
    """Mark in the log that a list showed these children, with every grant it used."""
    if people:
        grants = grants_of(user).filter(person__in=people).values_list("id", flat=True)
        note(Action.READ, what, children=people, grants=grants)


def note_search(user: User, people: Collection[uuid.UUID]) -> None:
    """Mark in the log that a search was made and which children it showed; what was typed is not kept."""
    grants = grants_of(user).filter(person__in=people).values_list("id", flat=True)
    note(Action.SEARCH, "search", children=people, grants=grants)


def chronology_visible_to(user: User, person: Person) -> QuerySet[ChronologyEntry]:
    """What ``user`` may read of this child's chronology."""
    if not can_see_person(user, person.id):
        return ChronologyEntry.objects.none()
    return person.chronology.all()


def see_note(user: User, person: Person, entry_id: uuid.UUID) -> ChronologyEntry:
    """A note of this child that still stands and that the user's own agency wrote. Raises Hidden, Refused."""
    found = chronology_visible_to(user, person).select_related("agency").filter(id=entry_id, kind="note").first()
    if found is None:
        raise Hidden("chronology entry", entry_id)
    check_can_correct(user, found)
    return found


def check_can_correct(user: User, entry: ChronologyEntry) -> None:
    """Raises Refused unless the entry is a note of the user's own agency and their role writes in chronologies."""
    check_may(user, Permission.CHRONOLOGY_WRITE)
    if entry.kind != "note" or entry.agency_id != user.agency_id:
        raise Refused("Only the agency that wrote an entry corrects it.", "chronology entry", entry.id)


def can_correct(user: User, entry: ChronologyEntry) -> bool:
    return allowed(check_can_correct, user, entry)
