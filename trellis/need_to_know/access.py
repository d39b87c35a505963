"""Need to know, asked in one place: which people a user sees, and of them which parts."""

import uuid
from collections.abc import Collection
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from trellis.accounts.access import Hidden, allowed, check_may
from trellis.accounts.models import Membership, User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.protection import Part
from trellis.core.row_context import Duty, duty
from trellis.need_to_know.models import Exclusion, Grant, Seal, SealHolder, Sight
from trellis.need_to_know.seeing import Reader, seen, sight_now
from trellis.people.models import Person

Some = TypeVar("Some", bound=Model)


def seen_by(user: User, model: type[Model]) -> Q:
    """The condition for the rows of any protected model that this user may see."""
    return seen(model, Reader(user))


def visible_to(user: User, model: type[Some]) -> QuerySet[Some]:
    """The rows of any protected model that this user may see."""
    rows: QuerySet[Some] = model._default_manager.all()
    return rows.filter(seen_by(user, model))


def sight_of(user: User, part: Part = Part.IDENTITY) -> QuerySet[Sight]:
    """Whom this user sees now, as far as a part of the record goes; ``.values("person")`` for a list."""
    return sight_now(Reader(user), Part.RECORD, part, Part.EMERGENCY)


def people_visible_to(user: User) -> QuerySet[Person]:
    """The people this user may see, for lists and searches."""
    return visible_to(user, Person)


def can_see_person(user: User, person_id: uuid.UUID, part: Part = Part.IDENTITY) -> bool:
    return sight_of(user, part).filter(person=person_id).exists()


def sees_whole_record(user: User, person_id: uuid.UUID) -> bool:
    """Whether this person's whole record is open to the user: not parts of it, and not for an emergency."""
    return sight_now(Reader(user), Part.RECORD).filter(person=person_id).exists()


def excludes(user: User) -> Exists:
    """Of a person's row: the user is excluded from their record. Asked on duty."""
    held = Q(ends_at__isnull=True) | Q(ends_at__gt=Now())
    return Exists(Exclusion.objects.filter(held, user=user, person=OuterRef("pk"), starts_at__lte=Now()))


def is_sealed() -> Exists:
    """Of a person's row: the record is sealed. Asked on duty."""
    return Exists(Seal.objects.filter(unsealed_at=None, person=OuterRef("pk")))


def is_kept_from(user: User) -> Q:
    """Of a person's row: to this user it does not exist, being sealed without them or the user being excluded.
    Asked on duty."""
    holds = Exists(SealHolder.objects.filter(seal__unsealed_at=None, seal__person=OuterRef("pk"), user=user))
    return Q(excludes(user)) | (Q(is_sealed()) & ~Q(holds))


def all_kept_from(user: User) -> frozenset[uuid.UUID]:
    """Everybody who does not exist for this user, for reviews that else read every record. One query."""
    in_force = Exclusion.objects.filter(user=user, starts_at__lte=Now()).exclude(ends_at__lte=Now())
    sealed = Seal.objects.filter(unsealed_at=None).exclude(holders__user=user)
    with duty(Duty.SEAL):
        return frozenset(
            in_force.order_by()
            .values_list("person")
            .union(sealed.order_by().values_list("person"))
            .values_list("person", flat=True)
        )


def kept_from(user: User | None, people: Collection[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of ``people`` who do not exist for this user: sealed without them, or the user is excluded. For somebody
    without an account everybody sealed does not exist."""
    if not people:
        return frozenset()
    hidden = is_kept_from(user) if user else Q(is_sealed())
    with duty(Duty.SEAL):
        return frozenset(Person.objects.filter(hidden, id__in=people).values_list("id", flat=True))


def can_keep_apart(user: User, person: Person) -> bool:
    return allowed(check_can_keep_apart, user, person)


def check_can_keep_apart(user: User, person: Person) -> None:
    """Whether the user may exclude somebody from this record. Raises Refused; Hidden without the whole record."""
    check_may(user, Permission.EXCLUSION_MANAGE)
    check_sees_whole(user, person)


def can_seal(user: User, person: Person) -> bool:
    return allowed(check_can_seal, user, person)


def check_can_seal(user: User, person: Person) -> None:
    """Whether the user may seal this record. Raises Refused; Hidden without the whole record."""
    check_may(user, Permission.SEAL_MANAGE)
    check_sees_whole(user, person)


def check_sees_whole(user: User, person: Person) -> None:
    """Raises Hidden for who does not see the whole record."""
    if not sees_whole_record(user, person.id):
        raise Hidden("child's record", person.id)


def sight_held(user: User, person_id: uuid.UUID) -> frozenset[Part]:
    """What the user's sight of this person is of: RECORD for the whole, EMERGENCY, or parts; nothing for none."""
    return frozenset(map(Part, sight_now(Reader(user), *Part).filter(person=person_id).values_list("part", flat=True)))


def parts_opened(held: frozenset[Part]) -> frozenset[Part]:
    """The parts of a record that this sight opens: all of them, some, or none."""
    return frozenset(Part) if held & {Part.RECORD, Part.EMERGENCY} else held


def parts_seen(user: User, person_id: uuid.UUID) -> frozenset[Part]:
    return parts_opened(sight_held(user, person_id))


def sight_shown(user: User, person: Person) -> frozenset[Part]:
    """``sight_held``, asked once for a row that ``see_person`` gave to this user."""
    if person.shown_to == user.id:
        return person.shown_by
    return sight_held(user, person.id)


def see_person(user: User, person_id: uuid.UUID, what: str = "child's record", part: Part = Part.IDENTITY) -> Person:
    """The person, and a mark in the log naming the grants used. Raises Refused; Hidden when this part is not open."""
    check_may(user, Permission.CHILD_READ)
    held = sight_held(user, person_id)
    if part not in parts_opened(held):
        raise Hidden(what, person_id)
    grants = grants_used(user, [person_id]).values_list("id", flat=True)
    note(Action.READ, what, object_id=person_id, children=[person_id], grants=grants)
    person = Person.objects.get(id=person_id)
    person.shown_to, person.shown_by = user.id, held
    return person


def grants_used(user: User, people: Collection[uuid.UUID]) -> QuerySet[Grant]:
    """The grants in force through which this user sees these people, for the log."""
    teams = Membership.objects.filter(user=user).current().values("team")
    reaching = Q(user=user) | Q(team__in=teams) | Q(agency=user.agency_id)
    return Grant.objects.in_force().filter(reaching, person__in=people)


def note_listed(user: User, what: str, people: Collection[uuid.UUID]) -> None:
    """Mark in the log that a list showed these children, with every grant it used."""
    if people:
        note(Action.READ, what, children=people, grants=grants_used(user, people).values_list("id", flat=True))


def note_search(user: User, people: Collection[uuid.UUID]) -> None:
    """Mark in the log that a search was made and which children it showed; what was typed is not kept."""
    note(Action.SEARCH, "search", children=people, grants=grants_used(user, people).values_list("id", flat=True))
