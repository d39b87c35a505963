"""Who a record opened in an emergency belongs to, what is open now, what waits for review."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.queries import Filter, matching
from trellis.audit_log.trail import note
from trellis.cases.models import Case
from trellis.core.clocks import now
from trellis.core.protection import Part
from trellis.core.row_context import Duty, duty
from trellis.need_to_know.access import excludes, is_sealed, people_visible_to, sight_shown, visible_to
from trellis.people.models import Person
from trellis.people.names import search_key
from trellis.sharing.emergency.access import openings_reviewable_by
from trellis.sharing.emergency.models import EmergencyOpening

CATEGORY = "emergency_category"
REVIEWED_SHOWN = 20
NHS_DIGITS = 10


@dataclass(frozen=True)
class Asked:
    """Exactly who is asked for: by both names and birth date, by a case reference or NHS number, or by all of it."""

    given_name: str = ""
    family_name: str = ""
    date_of_birth: date | None = None
    reference: str = ""

    @property
    def key(self) -> str:
        return search_key(self.given_name, self.family_name)

    def is_exactly(self, person: Person) -> bool:
        """The very same names, but for case, accents, hyphens and apostrophes; asked by number alone, anybody."""
        return not self.key or search_key(person.given_name, person.family_name) == self.key


def the_one_who_opens(asked: Asked, user: User) -> Person | None:
    """The only person who is exactly the one asked for, whose record may open in an emergency. Asked on duty.

    One query, the same whether somebody is sealed, excluded from or not there: all three are nobody.
    """
    wanted = _named(asked) & _numbered(asked.reference)
    rows = Person.objects.filter(wanted, ~Q(excludes(user)), ~Q(is_sealed()))
    found = [person for person in rows.order_by("id") if asked.is_exactly(person)]
    return found[0] if len(found) == 1 else None


def _named(asked: Asked) -> Q:
    if not asked.date_of_birth:
        return Q()
    key = asked.key
    return Q(date_of_birth=asked.date_of_birth) & (Q(search_key=key) | Q(search_key__startswith=f"{key} "))


def _numbered(reference: str) -> Q:
    """A case reference, or an NHS number however it is spaced."""
    if not reference:
        return Q()
    digits = "".join(reference.split())
    if digits.isdecimal() and len(digits) == NHS_DIGITS:
        return Q(nhs_number=digits)
    return Q(Exists(Case.objects.filter(person=OuterRef("pk"), reference__iexact=reference)))


def open_to(user: User) -> list[EmergencyOpening]:
    """The user's own openings that are in force now, the first to end first; they see those children."""
    rows = visible_to(user, EmergencyOpening).filter(opened_by=user, ends_at__gt=now(), handed_back_at=None)
    return list(rows.select_related("person").order_by("ends_at"))


def emergency_sight_until(user: User, person: Person) -> EmergencyOpening | None:
    """The opening through which the user sees this child; None where they see the whole record anyway."""
    held = sight_shown(user, person)
    if Part.EMERGENCY not in held or Part.RECORD in held:
        return None
    return visible_to(user, EmergencyOpening).filter(person=person, opened_by=user).order_by("-ends_at").first()


def openings_of(user: User, person: Person) -> QuerySet[EmergencyOpening]:
    """Every emergency opening of this child's record, the latest first."""
    rows = visible_to(user, EmergencyOpening).filter(person=person)
    return rows.select_related("opened_by__agency", "review").order_by("-opened_at", "id")


@dataclass(frozen=True)
class Queue:
    """What waits for review, what was reviewed lately; ``seen``: children who are named to this reviewer, ``cases``:
    references for the others."""

    waiting: list[EmergencyOpening]
    reviewed: list[EmergencyOpening]
    seen: frozenset[UUID]
    cases: dict[UUID, str]


def queue_for(user: User) -> Queue:
    """The reviewer's queue, overdue first. Raises Refused."""
    check_may(user, Permission.BREAK_GLASS_REVIEW)
    with duty(Duty.REVIEW):
        waiting = list(openings_reviewable_by(user).filter(review=None).order_by("review_due_on", "opened_at", "id"))
        rows = openings_reviewable_by(user).exclude(review=None).order_by("-review__reviewed_at", "id")
        reviewed = list(rows[:REVIEWED_SHOWN])
    people = {opening.person_id for opening in [*waiting, *reviewed]}
    note(Action.READ, "emergency reviews", children=people)
    return Queue(waiting, reviewed, seen_among(user, people), case_references(people))


def waiting_for(user: User) -> int:
    """How many openings wait for a review that this user may give."""
    with duty(Duty.REVIEW):
        return openings_reviewable_by(user).filter(review=None).count()


def seen_among(user: User, people: Collection[UUID]) -> frozenset[UUID]:
    return frozenset(people_visible_to(user).filter(id__in=people).values_list("id", flat=True))


def case_references(people: Collection[UUID]) -> dict[UUID, str]:
    """The reference of each one's latest case, for a reviewer who is told no names."""
    with duty(Duty.REVIEW):
        cases = Case.objects.filter(person__in=people).order_by("person", "-opened_on").distinct("person")
        return dict(cases.values_list("person", "reference"))


def what_was_read(opening: EmergencyOpening) -> list[str]:
    """Kinds of page that the worker read while the record was open to them, as the log has it."""
    during = matching(Filter(actor=opening.opened_by_id, child=opening.person_id)).filter(
        at__gte=opening.opened_at, at__lte=opening.shut_at, action__in=(Action.READ, Action.EXPORT)
    )
    with duty(Duty.AUDIT):
        return sorted(set(during.order_by().values_list("what", flat=True)))
