"""Reads for the pages of supervision of one young person, and for caseloads."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from trellis.accounts.models import Membership, User
from trellis.assessments.models import Assessment
from trellis.cases.models import Allocation, Case
from trellis.core.clocks import today
from trellis.core.presenters import plural
from trellis.core.reference_data import limit
from trellis.need_to_know.access import seen_by, visible_to
from trellis.people.models import Person
from trellis.plans.models import OVER, Task
from trellis.supervision.models import (
    CarriedAction,
    Formulation,
    OversightNote,
    Supervision,
    SupervisionAction,
    SupervisionActionMove,
)

SHOWN = 20
TEAM = "hub"


@dataclass(frozen=True)
class WholeSupervision:
    """Everything the page of one young person says."""

    oversight: list[OversightNote]
    supervisions: list[Supervision]
    formulations: list[Formulation]
    to_do: list[SupervisionAction]
    finished: list[SupervisionAction]
    carried: dict[UUID, list[CarriedAction]]


def whole_supervision(user: User, person: Person) -> WholeSupervision:
    """What was said about one young person, as far as the user may read it; as many queries for little as for much."""
    actions = visible_to(user, SupervisionAction).filter(person=person).select_related("owner", "supervision")
    to_do = list(actions.filter(status="to_do").order_by("due_on", "id")[:SHOWN])
    return WholeSupervision(
        oversight=list(visible_to(user, OversightNote).filter(person=person).select_related("recorded_by")[:SHOWN]),
        supervisions=list(
            visible_to(user, Supervision).filter(person=person).select_related("worker", "recorded_by")[:SHOWN]
        ),
        formulations=list(visible_to(user, Formulation).filter(person=person).select_related("lead")[:SHOWN]),
        to_do=to_do,
        finished=list(actions.exclude(status="to_do").order_by("-due_on", "id")[:SHOWN]),
        carried=carried_of(user, to_do),
    )


def carried_of(user: User, actions: Iterable[SupervisionAction]) -> dict[UUID, list[CarriedAction]]:
    """How each action was carried on, latest first."""
    rows = visible_to(user, CarriedAction).filter(action__in=[action.id for action in actions])
    found: dict[UUID, list[CarriedAction]] = {}
    for row in rows.select_related("carried_by", "into").order_by("-carried_at"):
        found.setdefault(row.action_id, []).append(row)
    return found


def actions_to_do(user: User, people: Collection[UUID]) -> list[SupervisionAction]:
    rows = visible_to(user, SupervisionAction).filter(person__in=people, status="to_do")
    return list(rows.select_related("owner").order_by("due_on", "id"))


def moves_of(action: SupervisionAction) -> list[SupervisionActionMove]:
    return list(action.status_moves.select_related("moved_by"))


def latest_formulation(user: User, person: Person) -> Formulation | None:
    return visible_to(user, Formulation).filter(person=person).order_by("-revision").first()


def workers() -> list[User]:
    """Who works cases now, by name."""
    here = Membership.objects.current().filter(team__code=TEAM).values("user")
    return list(User.objects.filter(id__in=here, is_active=True).order_by("name", "id"))


@dataclass(frozen=True)
class Load:
    """What one worker has in hand, as far as whoever asks may see it."""

    worker: User
    leads: int
    joint: int
    assessments: int
    overdue: int
    actions_overdue: int
    supervised_on: date | None
    most: int

    @property
    def above(self) -> bool:
        return self.assessments > self.most

    @property
    def in_words(self) -> str:
        """``Bethan Maddock, Police: 4 cases, 6 assessments (above 5)``."""
        above = f" (above {self.most})" if self.above else ""
        cases, assessments = plural(self.leads + self.joint, "case"), plural(self.assessments, "assessment")
        return f"{self.worker.name}, {self.worker.agency}: {cases}, {assessments}{above}"


def loads(user: User, of: Collection[User]) -> list[Load]:
    """The load of each of these workers, in as many queries for one as for forty."""
    ids, day, most = [worker.id for worker in of], today(), limit("assessment.caseload", today())
    held = visible_to(user, Allocation).filter(worker__in=ids, ends_on=None, case__status="open")
    leads = _by(held.filter(part=Allocation.Part.LEAD), "worker")
    joint = _by(held.filter(part=Allocation.Part.JOINT), "worker")
    under_way = _by(Assessment.objects.under_way().filter(seen_by(user, Assessment), worker__in=ids), "worker")
    tasks = Task.objects.overdue(day).filter(seen_by(user, Task), owner__in=ids).exclude(plan__status__in=OVER)
    overdue = _by(tasks, "owner")
    actions = SupervisionAction.objects.overdue(day).filter(seen_by(user, SupervisionAction), owner__in=ids)
    late = _by(actions, "owner")
    last = dict(
        visible_to(user, Supervision).filter(worker__in=ids).order_by().values_list("worker").annotate(Max("held_on"))
    )
    return [
        Load(
            worker=worker,
            leads=leads.get(worker.id, 0),
            joint=joint.get(worker.id, 0),
            assessments=under_way.get(worker.id, 0),
            overdue=overdue.get(worker.id, 0),
            actions_overdue=late.get(worker.id, 0),
            supervised_on=last.get(worker.id),
            most=most,
        )
        for worker in of
    ]


def _by(rows: QuerySet[Any], name: str) -> dict[UUID, int]:
    return dict(rows.order_by().values_list(name).annotate(Count("id")))


def with_nobody(user: User) -> QuerySet[Case]:
    """Open cases that nobody works, the oldest first."""
    working = Allocation.objects.current().filter(case=OuterRef("pk"))
    rows = visible_to(user, Case).filter(~Exists(working), status="open")
    return rows.select_related("person").order_by("opened_on", "id")


@dataclass(frozen=True)
class Worked:
    """One case of a worker, and what waits in it."""

    allocation: Allocation
    assessment: Assessment | None
    overdue: int
    supervised_on: date | None

    @property
    def person(self) -> Person:
        return self.allocation.case.person


def caseload_of(user: User, worker: User) -> list[Worked]:
    """The open cases of a worker that ``user`` may see, the longest held first; a fixed number of queries."""
    rows = visible_to(user, Allocation).filter(worker=worker, ends_on=None, case__status="open")
    held = list(rows.select_related("case__person").order_by("starts_on", "id"))
    people = [allocation.case.person_id for allocation in held]
    assessed = Assessment.objects.under_way().filter(seen_by(user, Assessment), person__in=people)
    under_way = {one.person_id: one for one in assessed.order_by("-due_on")}
    tasks = Task.objects.overdue(today()).filter(seen_by(user, Task), plan__person__in=people)
    overdue = _by(tasks.exclude(plan__status__in=OVER), "plan__person")
    talked = visible_to(user, Supervision).filter(person__in=people).order_by().values_list("person")
    last = dict(talked.annotate(Max("held_on")))
    return [
        Worked(a, under_way.get(a.case.person_id), overdue.get(a.case.person_id, 0), last.get(a.case.person_id))
        for a in held
    ]


def allocations_now(user: User, case: Case) -> list[Allocation]:
    """Who works a case now, the lead worker first."""
    rows = visible_to(user, Allocation).filter(case=case, ends_on=None).select_related("worker__agency")
    return list(rows.order_by("-part", "starts_on", "id"))
