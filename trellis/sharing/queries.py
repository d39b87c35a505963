"""Reads for the ledger, the lists of pointers and the questions put through them."""

import calendar
import uuid
from collections.abc import Collection
from datetime import date

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.lookups import LessThan

from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.core.clocks import now, today
from trellis.core.models import Code
from trellis.core.reference_data import limit
from trellis.need_to_know.access import people_visible_to
from trellis.need_to_know.adulthood import is_of_age
from trellis.need_to_know.models import AdultBasis, AdultFrom
from trellis.people.models import Person
from trellis.sharing.access import decisions_visible_to, pointers_visible_to, requests_visible_to
from trellis.sharing.lifecycle import ASKED
from trellis.sharing.models import SHARED_OUTCOMES, Pointer, PointerRequest, SharingDecision

BASIS = "lawful_basis"
PURPOSE = "sharing_purpose"


def decisions_of(user: User, person: Person) -> QuerySet[SharingDecision]:
    """The ledger of one child, the latest decision first."""
    rows = decisions_visible_to(user).filter(person=person).order_by("-decided_at", "id")
    rows = rows.annotate(over_at_18=_ended_at_18()) if is_of_age(person) else rows
    return rows.select_related("agency", "user__agency", "decided_by__agency", "recalled_by")


def _ended_at_18() -> ExpressionWrapper:
    """Of a decision about somebody who is of age: it was made before, and no basis from 18 covers partners."""
    bases = AdultBasis.objects.holding().filter(person=OuterRef("person"), with_partners=True)
    before = LessThan(F("decided_at"), AdultFrom("person__date_of_birth"))
    return ExpressionWrapper(Q(before) & ~Q(Exists(bases)), output_field=BooleanField())


def shares_in_force(user: User, person: Person) -> list[SharingDecision]:
    """What is shared of this record now."""
    open_end = Q(expires_at__isnull=True) | Q(expires_at__gt=now())
    rows = decisions_of(user, person).filter(open_end, outcome__in=SHARED_OUTCOMES, recalled_at__isnull=True)
    return [decision for decision in rows if decision.in_force]


def codes_in_force(code_list: str) -> list[Code]:
    """The codes of a list that hold today, in the list's own order."""
    day = today()
    current = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))
    return list(Code.objects.filter(current, list=code_list).order_by("position", "code"))


def usual_last_day() -> date:
    """The last day of a share made today, by the limit ``sharing.expiry``."""
    return months_after(today(), limit("sharing.expiry", today()))


def months_after(day: date, months: int) -> date:
    """The same day some months on; the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def pointers_of(user: User, person: Person) -> QuerySet[Pointer]:
    """The pointers to one child that still stand."""
    standing = Q(ends_at__isnull=True) | Q(ends_at__gt=now())
    return pointers_visible_to(user).filter(standing, person=person).select_related("agency", "contact")


def pointers_for(user: User) -> QuerySet[Pointer]:
    """The pointers that name the user's agency and still stand, by the young person's name."""
    standing = Q(ends_at__isnull=True) | Q(ends_at__gt=now())
    told = pointers_visible_to(user).filter(standing, agencies__contains=[user.agency_id])
    return told.select_related("agency", "contact").order_by("child_name", "id")


def requests_of(user: User, person: Person) -> QuerySet[PointerRequest]:
    """Questions about one child, those that wait first."""
    return _with_names(requests_visible_to(user).filter(person=person)).order_by("answered_at", "due_at", "id")


def requests_to_answer(user: User) -> QuerySet[PointerRequest]:
    """Questions that wait for the user's agency, the earliest due first; none for whose role answers none."""
    waiting = requests_visible_to(user).filter(status=ASKED, pointer__agency=user.agency_id)
    if not user.may(Permission.POINTER_ASK):
        return waiting.none()
    return _with_names(waiting).order_by("due_at", "id")


def requests_by(user: User) -> QuerySet[PointerRequest]:
    """What the user asked, the latest first."""
    return _with_names(requests_visible_to(user).filter(asked_by=user)).order_by("-asked_at", "id")


def _with_names(requests: QuerySet[PointerRequest]) -> QuerySet[PointerRequest]:
    return requests.select_related("pointer__agency", "pointer__contact", "agency", "asked_by", "answered_by")


def whose_record_opens(user: User, people: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of ``people`` of whose record at least a part opens to the user."""
    return set(people_visible_to(user).filter(id__in=people).values_list("id", flat=True))
