"""Reads for the outcomes of a case, what its closure still needs, and what is to be followed up."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from trellis.accounts.models import User
from trellis.cases import returning
from trellis.cases.lifecycle import CLOSED
from trellis.cases.models import Case
from trellis.core.clocks import today
from trellis.core.models import Code
from trellis.core.reference_data import limit
from trellis.need_to_know.access import visible_to
from trellis.outcomes.areas import Area, areas_on
from trellis.outcomes.models import ClosureChallenge, ClosureLook, ClosureTold, FollowUp, OutcomeRecord, Point
from trellis.people.models import Person
from trellis.plans.lifecycle import ATTEMPTED, CANCELLED, HELD
from trellis.plans.models import DirectWork

CHALLENGED = "challenge"
SPARES, REASONS = "closure_spares", "case_closure_reason"


@dataclass(frozen=True)
class Attempts:
    """The direct work on record while a case was open: held, attempted, cancelled."""

    met: int
    attempted: int
    cancelled: int


def attempts_of(case: Case) -> Attempts:
    """Counted over the days of the case. Asked by whoever sees the whole record."""
    inside = DirectWork.objects.filter(person=case.person_id, planned_at__date__gte=case.opened_on)
    counted = {name: Count("id", filter=Q(status=status)) for name, status in STATUSES.items()}
    return Attempts(**inside.aggregate(**counted))


STATUSES = {"met": HELD, "attempted": ATTEMPTED, "cancelled": CANCELLED}


def spares(reason: str) -> frozenset[str]:
    """What a closure with this reason does not ask for: outcomes, school, follow_up. Any other reason asks for all."""
    rows = Code.objects.filter(list=SPARES, code=reason).order_by("-valid_from").values_list("group", flat=True)
    return frozenset((rows.first() or "").split())


def is_challenged(reason: str) -> bool:
    """Whether a manager's challenge comes before a closure with this reason."""
    return Code.objects.filter(list=REASONS, code=reason, group=CHALLENGED).exists()


def challenged_reasons() -> dict[str, str]:
    """Code to label of the reasons that need a challenge."""
    rows = Code.objects.filter(list=REASONS, group=CHALLENGED).order_by("position", "valid_from")
    return dict(rows.values_list("code", "label"))


def standing_of(user: User, case: Case) -> dict[tuple[str, str], OutcomeRecord]:
    """Point and area to what stands there, as far as the user may see."""
    rows = visible_to(user, OutcomeRecord).filter(case=case).select_related("recorded_by").standing()  # type: ignore[attr-defined]
    return {(row.point, row.area): row for row in rows}


def points_before(point: str) -> list[Point]:
    """The points before this one, the nearest first."""
    order = list(Point)
    return order[: order.index(Point(point))][::-1]


def areas_of(case: Case, recorded: Iterable[str] = ()) -> list[Area]:
    """The areas asked about in this case: those in force now or when it closed, and any other somebody answered."""
    areas = areas_on(case.closed_on or today())
    known = {area.code for area in areas}
    return areas + [Area(code, code.replace("_", " ").capitalize(), ()) for code in sorted(set(recorded) - known)]


def unanswered(case: Case, point: str) -> list[Area]:
    """The areas that nobody answered yet at this point. Asked by whoever sees the whole record."""
    said = set(OutcomeRecord.objects.filter(case=case, point=point).values_list("area", flat=True))
    return [area for area in areas_on(case.closed_on or today()) if area.code not in said]


def follow_ups_to_do(user: User) -> QuerySet[FollowUp]:
    """Those the user may see, the soonest first; of records that were opened for an emergency none."""
    rows: QuerySet[FollowUp] = visible_to(user, FollowUp).to_do()  # type: ignore[attr-defined]
    return rows.select_related("person", "worker__agency", "case").order_by("due_on", "id")


def follow_ups_of(user: User, case: Case) -> list[FollowUp]:
    return list(visible_to(user, FollowUp).filter(case=case).select_related("worker", "who_asked"))


def challenges_of(user: User, case: Case) -> list[ClosureChallenge]:
    """The latest first."""
    return list(visible_to(user, ClosureChallenge).filter(case=case).select_related("recorded_by"))


def told_of(user: User, case: Case) -> list[ClosureTold]:
    """The latest first."""
    return list(visible_to(user, ClosureTold).filter(case=case).select_related("recorded_by"))


@dataclass(frozen=True)
class Returned:
    """A closure followed by a referral within the limit; ``looks``: who looked at the closure again since."""

    case: Case
    referral: returning.Referred
    looks: list[ClosureLook]

    @property
    def days(self) -> int:
        assert self.case.closed_on
        return (self.referral.on - self.case.closed_on).days


def returned(user: User) -> list[Returned]:
    """Every closure the user may see that a referral followed within the limit, the latest referral first."""
    within = limit(RETURNED, today())
    cases = visible_to(user, Case).filter(status=CLOSED, closed_on__gte=today() - timedelta(days=2 * within))
    found = list(cases.select_related("person"))
    referrals = returning.referrals_of(user, {case.person_id for case in found}) if found else []
    looks = looks_at(user, [case.id for case in found])
    pairs = [(case, first_after(case, referrals, within)) for case in found]
    rows = [Returned(case, referral, looks.get(case.id, [])) for case, referral in pairs if referral]
    return sorted(rows, key=lambda row: (row.referral.on, str(row.case.id)), reverse=True)


RETURNED = "closing.returned"


def first_after(case: Case, referrals: Iterable[returning.Referred], within: int) -> returning.Referred | None:
    """The first referral of this young person from the day of the closure until ``within`` days after it."""
    closed = case.closed_on
    if closed is None:
        return None
    near = [one for one in referrals if one.person_id == case.person_id and 0 <= (one.on - closed).days <= within]
    return min(near, key=lambda one: one.on, default=None)


def referral_after(user: User, case: Case) -> returning.Referred | None:
    """The first referral that followed this closure within the limit."""
    referrals = returning.referrals_of(user, {case.person_id})
    return first_after(case, referrals, limit(RETURNED, case.closed_on or today()))


def looks_at(user: User, cases: Collection[uuid.UUID]) -> dict[uuid.UUID, list[ClosureLook]]:
    found: dict[uuid.UUID, list[ClosureLook]] = {}
    for look in visible_to(user, ClosureLook).filter(case__in=cases).select_related("recorded_by"):
        found.setdefault(look.case_id, []).append(look)
    return found


def closed_before(user: User, person: Person, on: date) -> Case | None:
    """The latest case of this young person that had closed by ``on``, within the limit."""
    within = timedelta(days=limit(RETURNED, on))
    rows = visible_to(user, Case).filter(person=person, status=CLOSED, closed_on__lte=on, closed_on__gte=on - within)
    return rows.select_related("person").order_by("-closed_on", "-opened_on").first()
