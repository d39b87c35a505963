"""Reads for the plan's pages, and for what waits for a worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from trellis.accounts.models import Agency, Membership, User
from trellis.core.clocks import start_of_day, today
from trellis.need_to_know.access import visible_to
from trellis.people.models import Person
from trellis.plans.lifecycle import AGREED, HELD, PLANNED, TO_DO, WANTED
from trellis.plans.models import (
    OVER,
    DirectWork,
    DirectWorkMove,
    Goal,
    GoalCorrection,
    LinkedPlan,
    Plan,
    PlanMove,
    Review,
    SafetyPlan,
    Task,
    TeamMember,
)

SHOWN = 50
FEW = 5
SOON = timedelta(days=7)


@dataclass(frozen=True)
class WholePlan:
    """Everything the page of one plan says. ``tasks``: the first of those to do, of ``to_do`` altogether."""

    plan: Plan
    goals: list[Goal]
    goals_then: list[Goal]
    safety: SafetyPlan | None
    tasks: list[Task]
    to_do: int
    finished: list[Task]
    reviews: list[Review]
    linked: list[LinkedPlan]
    moves: list[PlanMove]

    @property
    def person(self) -> Person:
        return self.plan.person


def whole_plan(plan: Plan) -> WholePlan:
    """The plan with what belongs to it, in as many queries for one goal as for many. ``plan``: one the asker sees."""
    goals = list(plan.goals.prefetch_related("corrections")[:SHOWN])
    tasks, to_do = tasks_of(plan), plan.tasks.to_do().count()
    return WholePlan(
        plan=plan,
        goals=[goal for goal in goals if goal.status in (WANTED, AGREED)],
        goals_then=[goal for goal in goals if goal.status not in (WANTED, AGREED)],
        safety=plan.safety_plans.first(),
        tasks=list(tasks.filter(status=TO_DO)[:SHOWN]),
        to_do=to_do,
        finished=list(tasks.exclude(status=TO_DO).order_by("-done_on", "-recorded_at")[:FEW]),
        reviews=list(plan.reviews.select_related("recorded_by")[:FEW]),
        linked=list(plan.linked_plans.select_related("agency")[:SHOWN]),
        moves=list(plan.status_moves.select_related("moved_by").order_by("moved_at")[:SHOWN]),
    )


def tasks_of(plan: Plan) -> QuerySet[Task]:
    """Every task of a plan the asker sees, by due date."""
    return plan.tasks.select_related("owner__agency", "goal").order_by("due_on", "recorded_at", "id")


def safety_before(plan: Plan) -> list[SafetyPlan]:
    """What the safety plan said before, latest first."""
    return list(plan.safety_plans.select_related("recorded_by")[1 : 1 + FEW])


def words_before(goal: Goal) -> list[GoalCorrection]:
    """What a goal said before, the latest first."""
    return list(goal.corrections.select_related("corrected_by").order_by("-corrected_at")[:SHOWN])


def direct_work_of(user: User, person: Person) -> QuerySet[DirectWork]:
    """Direct work with a young person, the latest first; what is planned stands before what was."""
    rows = visible_to(user, DirectWork).filter(person=person)
    return rows.select_related("worker__agency").order_by("-planned_at", "id")


def times_before(direct_work: DirectWork) -> list[DirectWorkMove]:
    """How often what is planned was moved, the latest first."""
    moved = direct_work.status_moves.filter(old=PLANNED, new=PLANNED)
    return list(moved.select_related("moved_by").order_by("-moved_at")[:SHOWN])


def next_and_last_direct_work(user: User, person: Person) -> tuple[DirectWork | None, DirectWork | None]:
    rows = direct_work_of(user, person)
    return (
        rows.filter(status=PLANNED).order_by("planned_at", "id").first(),
        rows.filter(status=HELD).order_by("-happened_at", "id").first(),
    )


def first_met_on(person: Person) -> DirectWork | None:
    """The first direct work that was held with a young person the asker sees."""
    return person.direct_work.filter(status=HELD).order_by("happened_at").first()


def team_of(user: User, person: Person) -> list[TeamMember]:
    """Who is in the team around a young person now, the trusted adult first."""
    rows = visible_to(user, TeamMember).filter(person=person, ends_on=None).select_related("agency", "user__agency")
    return list(rows.order_by("-is_trusted_adult", "starts_on", "name", "id")[:SHOWN])


def team_before(user: User, person: Person) -> list[TeamMember]:
    rows = visible_to(user, TeamMember).filter(person=person, ends_on__isnull=False).select_related("agency")
    return list(rows.order_by("-ends_on", "name", "id")[:SHOWN])


def tasks_for(user: User, day: date | None = None) -> QuerySet[Task]:
    """Tasks of open plans that this user does and that are overdue or due within a week, the earliest first."""
    until = (day or today()) + SOON
    rows = visible_to(user, Task).filter(owner=user, status=TO_DO, due_on__lte=until).exclude(plan__status__in=OVER)
    return rows.select_related("plan__person").order_by("due_on", "id")


def direct_work_for(user: User) -> QuerySet[DirectWork]:
    """Direct work this user plans until the end of tomorrow, and those before of which nobody said how they went."""
    until = start_of_day(today() + timedelta(days=2))
    rows = visible_to(user, DirectWork).filter(worker=user, status=PLANNED, planned_at__lt=until)
    return rows.select_related("person").order_by("planned_at", "id")


def workers() -> list[tuple[str, str]]:
    """Id and name with agency of everybody who works here now, by name."""
    here = Membership.objects.current().values("user")
    found = User.objects.filter(id__in=here, is_active=True).order_by("name", "email")
    return [(str(key), f"{name}, {agency}") for key, name, agency in found.values_list("id", "name", "agency__name")]


def worker(key: str) -> User:
    """Whoever was chosen among the workers."""
    return User.objects.select_related("agency").get(id=key)


def agencies() -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in Agency.objects.order_by("name").values_list("id", "name")]


def goal_choices(plan: Plan) -> Sequence[tuple[str, str]]:
    """The goals a task may serve."""
    rows = plan.goals.filter(status__in=(WANTED, AGREED))
    return [(str(goal.id), goal.words[:90]) for goal in rows]
