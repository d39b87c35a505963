"""The one plan for a young person: what they want, what keeps them safe, who does what by when."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import Agency, User
from trellis.cases.history import Correction, StatusMove
from trellis.cases.models import Case
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.core.revisions import Revised, Successive
from trellis.people.models import Person
from trellis.plans.lifecycle import (
    ACCEPTED,
    ACTIVE,
    AGREED,
    CLOSED,
    DONE,
    FOLLOW_UP,
    GOAL,
    GOALS_AGREED,
    PLAN,
    REACHED,
    STEPPING_DOWN,
    TASK,
    TO_DO,
    WANTED,
)

OVER = (CLOSED, FOLLOW_UP)
GOALS_STAND = (GOALS_AGREED, ACTIVE, STEPPING_DOWN)


class PlanQuerySet(models.QuerySet["Plan"]):
    def open(self) -> PlanQuerySet:
        return self.exclude(status__in=OVER)


class Plan(Revised, Row):
    """The one plan for a young person while a case is open. Goals are to be agreed by ``goals_due_on``, counted from
    the first engagement. ``what_matters``: in the young person's words, above all goals."""

    protection = OfPerson(Part.PLAN)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="plans")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plans")
    status = models.CharField(max_length=20, choices=PLAN.choices, default=ACCEPTED)
    opened_on = models.DateField()
    first_engaged_on = models.DateField(null=True, blank=True)
    goals_due_on = models.DateField(null=True, blank=True)
    goals_agreed_on = models.DateField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    what_matters = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on"]
        indexes = [
            models.Index(fields=["person", "-opened_on"], name="plans_of_a_child"),
            models.Index(fields=["review_due_on"], name="plan_review_due", condition=~Q(status__in=OVER)),
            models.Index(
                fields=["goals_due_on"],
                name="plan_goals_due",
                condition=Q(goals_agreed_on__isnull=True, goals_due_on__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=~Q(status__in=OVER), name="one_open_plan_for_a_child"),
            models.CheckConstraint(
                condition=Q(status__in=OVER, closed_on__isnull=False, closed_on__gte=F("opened_on"))
                | (~Q(status__in=OVER) & Q(closed_on__isnull=True)),
                name="closed_plan_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(first_engaged_on__isnull=True, goals_due_on__isnull=True)
                | Q(
                    first_engaged_on__isnull=False,
                    goals_due_on__isnull=False,
                    goals_due_on__gte=F("first_engaged_on"),
                ),
                name="goals_due_from_first_engagement",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=GOALS_STAND)
                | Q(
                    first_engaged_on__isnull=False,
                    goals_agreed_on__isnull=False,
                    goals_agreed_on__gte=F("first_engaged_on"),
                ),
                name="plan_at_work_has_agreed_goals",
            ),
        ]

    def __str__(self) -> str:
        return f"plan of {self.opened_on:%-d %B %Y}"


class PlanMove(StatusMove):
    """A change of a plan's phase: when, by whom and why."""

    protection = Follows("plan")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="status_moves")


class SafetyPlan(Successive, Row):
    """The safety plan as it was at one time, in the young person's words. A change is the next ``revision``: of two
    saved over the same one the database refuses the second."""

    series: ClassVar[tuple[str, ...]] = ("plan_id",)
    protection = Follows("plan")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="safety_plans")
    triggers = models.TextField(blank=True)
    people_i_trust = models.TextField(blank=True)
    what_i_will_do = models.TextField(blank=True)
    what_adults_will_do = models.TextField(blank=True)
    when_missing = models.TextField(blank=True)
    said_by_child = models.BooleanField(default=False)
    agreed_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["plan", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "revision"], name="safety_plan_saved_over_the_one_before"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="safety_plan_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"safety plan, revision {self.revision}"


class Goal(Revised, Row):
    """Something the young person wants, in their words. ``area``: a code of the list outcome_area, where one fits."""

    protection = Follows("plan")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    words = models.TextField()
    area = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=20, choices=GOAL.choices, default=WANTED)
    position = models.PositiveSmallIntegerField(default=0)
    agreed_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["plan", "position", "recorded_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="goal_says_something"),
            models.CheckConstraint(
                condition=~Q(status__in=(AGREED, REACHED)) | Q(agreed_on__isnull=False), name="agreed_goal_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class GoalMove(StatusMove):
    """A change of a goal's status."""

    protection = Follows("goal")

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="status_moves")


class GoalCorrection(Correction):
    """What a goal said before it was put into other words."""

    protection = Follows("goal")

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="corrections")


class TaskQuerySet(models.QuerySet["Task"]):
    def to_do(self) -> TaskQuerySet:
        return self.filter(status=TO_DO)

    def overdue(self, day: date) -> TaskQuerySet:
        return self.to_do().filter(due_on__lt=day)


class Task(Revised, Row):
    """Something somebody does by a day, for a goal or to keep the young person safe; ``effect``: what came of it.

    ``on_own_copy``: it stands on the young person's own copy of the plan. ``source``: what it came out of, elsewhere.
    """

    protection = Follows("plan")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="tasks")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_tasks")
    owner_name = models.CharField(max_length=150, blank=True)
    due_on = models.DateField()
    status = models.CharField(max_length=20, choices=TASK.choices, default=TO_DO)
    done_on = models.DateField(null=True, blank=True)
    effect = models.TextField(blank=True)
    on_own_copy = models.BooleanField(default=False)
    source = models.UUIDField(null=True, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "recorded_at"]
        indexes = [
            models.Index(fields=["plan", "due_on"], name="tasks_of_a_plan"),
            models.Index(fields=["owner", "due_on"], name="task_to_do", condition=Q(status=TO_DO)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=False, owner_name="") | (Q(owner__isnull=True) & ~Q(owner_name="")),
                name="task_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(status=DONE, done_on__isnull=False) | (~Q(status=DONE) & Q(done_on__isnull=True)),
                name="done_task_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.what


class TaskMove(StatusMove):
    """A change of a task's status."""

    protection = Follows("task")

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="status_moves")


class LinkedPlan(Row):
    """A plan somebody else holds for the young person, such as a care plan: where it is, not what it says."""

    class Kind(models.TextChoices):
        CHILD_IN_NEED = "child_in_need", "Child in need plan"
        CHILD_PROTECTION = "child_protection", "Child protection plan"
        CARE = "care", "Care plan"
        PATHWAY = "pathway", "Pathway plan"
        EDUCATION = "education", "Education, health and care plan"
        YOUTH_JUSTICE = "youth_justice", "Youth justice plan"
        OTHER = "other", "Another plan"

    protection = Follows("plan")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="linked_plans")
    kind = models.CharField(max_length=20, choices=Kind)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    held_by = models.CharField(max_length=150)
    reference = models.CharField(max_length=60, blank=True)
    review_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["kind", "recorded_at"]

    def __str__(self) -> str:
        return self.get_kind_display()


class Review(AppendOnly, Row):
    """The plan was looked at together: who took part, what the young person said, what changes."""

    protection = Follows("plan")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    held_on = models.DateField()
    who_took_part = models.TextField()
    childs_view = models.TextField(blank=True)
    what_changed = models.TextField()
    next_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-held_on", "-recorded_at"]

    def __str__(self) -> str:
        return f"review of {self.held_on:%-d %B %Y}"
