"""Reads for the pages on the way to adulthood, and for who is on it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Prefetch, QuerySet

from trellis.accounts.models import Agency, User
from trellis.core.clocks import now, today
from trellis.core.models import Limit
from trellis.core.protection import Part
from trellis.need_to_know.access import sight_shown, visible_to
from trellis.need_to_know.adulthood import bases_of, comes_of_age_at
from trellis.need_to_know.models import AdultBasis, Grant
from trellis.people.models import Person
from trellis.transition.access import with_open_case
from trellis.transition.lifecycle import (
    AGES,
    LIMITS,
    LISTED,
    OF_AGE,
    YEAR,
    Alerts,
    alerts_of,
    last_year_of_primary,
    latest_birth,
    reaches_on,
)
from trellis.transition.models import (
    AdultOutcome,
    AdultThreshold,
    AdultWorker,
    CapacityAssessment,
    HandOver,
    JointMeeting,
    Readiness,
    SchoolMove,
    TransitionPlan,
)
from trellis.transition.panels import panel_words

SHOWN = 50
InArea = TypeVar("InArea", Readiness, AdultOutcome)


@dataclass(frozen=True)
class Standing:
    """What is there of what somebody needs on the way to adulthood."""

    person: Person
    alerts: Alerts
    basis: AdultBasis | None
    plan: TransitionPlan | None
    adult_worker: AdultWorker | None
    looked_on: date | None
    panel: str


def limits_on(day: date) -> dict[str, int]:
    """The limits of this app in force on a day, in one query."""
    rows = Limit.objects.filter(name__in=LIMITS, valid_from__lte=day).exclude(valid_to__lte=day)
    return dict(rows.order_by("valid_from").values_list("name", "value"))


def is_listed(person: Person, limits: dict[str, int], day: date) -> bool:
    """Whether they are old enough for the list of those on the way to adulthood."""
    return reaches_on(person.date_of_birth, limits[LISTED]) <= day


def on_the_way(user: User, day: date, limits: dict[str, int]) -> QuerySet[Person]:
    """Everybody with an open case who is old enough, the oldest first, whose whole record the user sees."""
    born_until = latest_birth(limits[LISTED], day)
    return with_open_case(user).filter(date_of_birth__lte=born_until).order_by("date_of_birth", "id")


def of_age_without_basis(user: User, day: date) -> QuerySet[Person]:
    """Those on it who are 18 and whose record holds nothing on which the work goes on: managers alone still see them,
    and whoever was granted sight of the adult."""
    holding = AdultBasis.objects.holding().filter(person=OuterRef("pk"))
    born_until = latest_birth(OF_AGE * YEAR, day)
    people = with_open_case(user).filter(~Exists(holding), date_of_birth__lte=born_until)
    return people.order_by("-date_of_birth", "id")


def leaving_primary(user: User, day: date) -> QuerySet[Person]:
    """Everybody with an open case in the last year of primary school by their day of birth."""
    return with_open_case(user).filter(date_of_birth__range=last_year_of_primary(day)).order_by("date_of_birth", "id")


def standings(user: User, people: Iterable[Person], limits: dict[str, int]) -> list[Standing]:
    """How far each of them is, in as many queries for one as for fifty."""
    people = list(people)
    ids = [person.id for person in people]
    bases = {row.person_id: row for row in visible_to(user, AdultBasis).filter(person__in=ids, ended_at=None)}
    plans = {row.person_id: row for row in visible_to(user, TransitionPlan).filter(person__in=ids)}
    named = visible_to(user, AdultWorker).filter(person__in=ids, ends_on=None).select_related("agency")
    workers = {row.person_id: row for row in named}
    looked = visible_to(user, Readiness).filter(person__in=ids).order_by()
    looked_on = dict(looked.values_list("person").annotate(Max("looked_on")))
    panels = panel_words(user, ids)
    return [
        Standing(
            person,
            alerts_of(person.date_of_birth, limits),
            bases.get(person.id),
            plans.get(person.id),
            workers.get(person.id),
            looked_on.get(person.id),
            panels.get(person.id, ""),
        )
        for person in people
    ]


def school_moves(user: User, people: Collection[UUID]) -> dict[UUID, SchoolMove]:
    return {row.person_id: row for row in visible_to(user, SchoolMove).filter(person__in=people)}


@dataclass(frozen=True)
class Whole:
    """Everything the page of one young person says. ``bases``: None to who does not see the whole record."""

    standing: Standing
    readiness: dict[str, Readiness]
    capacity: list[CapacityAssessment]
    thresholds: list[AdultThreshold]
    meetings: list[JointMeeting]
    workers_before: list[AdultWorker]
    hand_overs: list[HandOver]
    outcomes: dict[int, dict[str, AdultOutcome]]
    school_move: SchoolMove | None
    bases: list[AdultBasis] | None


def whole_transition(user: User, person: Person) -> Whole:
    [standing] = standings(user, [person], limits_on(today()))
    meetings = Prefetch("joint_meetings", JointMeeting.objects.select_related("recorded_by"))
    workers = list(
        visible_to(user, AdultWorker).filter(person=person).select_related("agency").prefetch_related(meetings)
    )
    outcomes = visible_to(user, AdultOutcome).filter(person=person)
    return Whole(
        standing=standing,
        readiness=latest_readiness(user, person),
        capacity=list(visible_to(user, CapacityAssessment).filter(person=person)[:SHOWN]),
        thresholds=list(visible_to(user, AdultThreshold).filter(person=person)[:SHOWN]),
        meetings=[meeting for worker in workers for meeting in worker.joint_meetings.all()][:SHOWN],
        workers_before=[worker for worker in workers if worker.ends_on],
        hand_overs=list(visible_to(user, HandOver).filter(person=person)[:SHOWN]),
        outcomes={age: _latest([row for row in outcomes if row.age == age]) for age in AGES},
        school_move=school_moves(user, [person.id]).get(person.id),
        bases=bases_of(user, person) if sees_basis(user, person) else None,
    )


def sees_basis(user: User, person: Person) -> bool:
    """On what the work goes on is told to who has the whole record."""
    return bool(sight_shown(user, person) & {Part.RECORD, Part.EMERGENCY})


def plan_of(user: User, person: Person) -> TransitionPlan | None:
    return visible_to(user, TransitionPlan).filter(person=person).first()


def latest_readiness(user: User, person: Person) -> dict[str, Readiness]:
    """Area to what was said of it last."""
    return _latest(visible_to(user, Readiness).filter(person=person))


def latest_outcomes(user: User, person: Person, age: int) -> dict[str, AdultOutcome]:
    return _latest(visible_to(user, AdultOutcome).filter(person=person, age=age))


def _latest(rows: Iterable[InArea]) -> dict[str, InArea]:
    return {row.area: row for row in sorted(rows, key=lambda row: (row.looked_on, row.recorded_at))}


def ending_at_18(user: User, person: Person) -> list[Grant]:
    """What ends, or ended, with the 18th birthday as things stand now. For who sees the whole record."""
    at = max(comes_of_age_at(person.date_of_birth), now())
    grants = Grant.objects.filter(person=person)
    going_on = grants.giving_sight(at).values("id")
    ending = grants.in_force(at).exclude(id__in=going_on)
    return list(ending.select_related("user__agency", "team", "agency").order_by("team__name", "agency__name", "id"))


def agencies() -> list[tuple[str, str]]:
    return [(str(agency.id), agency.name) for agency in Agency.objects.order_by("name")]
