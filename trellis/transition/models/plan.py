"""What a young person wants from 18, how ready each area of their life is, what adult services were asked."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from trellis.accounts.models import User
from trellis.cases.history import Correction
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.core.revisions import Revised
from trellis.people.models import Person
from trellis.transition.lifecycle import AGES


class TransitionPlan(Revised, Row):
    """What one young person wants from 18 on, in their words, and when it is looked at again."""

    protection = OfPerson(Part.TRANSITION)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="transition_plans")
    what_i_want = models.TextField(blank=True)
    who_beside_me = models.TextField(blank=True)
    what_worries_me = models.TextField(blank=True)
    own_words = models.BooleanField(default=False)
    said_on = models.DateField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person"], name="one_transition_plan_for_a_person")]

    def __str__(self) -> str:
        return f"transition plan of {self.recorded_at:%-d %B %Y}"


class TransitionPlanCorrection(Correction):
    """What the plan said before it was written anew."""

    protection = Follows("plan")

    plan = models.ForeignKey(TransitionPlan, on_delete=models.PROTECT, related_name="corrections")


class InAnArea(AppendOnly, Row):
    """How one area of somebody's life stood on a day, as somebody said it."""

    area = models.CharField(max_length=60)
    standing = models.CharField(max_length=60)
    words = models.TextField(blank=True)
    looked_on = models.DateField()
    form_key = models.UUIDField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.area}: {self.standing}"


class Readiness(InAnArea):
    """How ready they are for adult life in one area, on a day. The latest stands; what was said before is kept."""

    protection = OfPerson(Part.TRANSITION)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="readiness")

    class Meta:
        ordering = ["-looked_on", "-recorded_at"]
        verbose_name_plural = "readiness"
        indexes = [models.Index(fields=["person", "area"], name="readiness_of_a_person")]
        constraints = [models.UniqueConstraint(fields=["form_key", "area"], name="readiness_once_for_a_form")]


class AdultOutcome(InAnArea):
    """How one area of their life was at 18, 21 or 25."""

    protection = OfPerson(Part.TRANSITION)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="adult_outcomes")
    age = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["age", "-looked_on", "-recorded_at"]
        indexes = [models.Index(fields=["person", "age"], name="adult_outcomes_of_a_person")]
        constraints = [
            models.UniqueConstraint(fields=["form_key", "area"], name="adult_outcome_once_for_a_form"),
            models.CheckConstraint(condition=Q(age__in=AGES), name="adult_outcome_at_18_21_or_25"),
        ]


class CapacityAssessment(AppendOnly, Row):
    """Whether they could make one decision themselves, as somebody assessed it. Where there is none, they can."""

    class Outcome(models.TextChoices):
        CAN = "can", "They can make this decision"
        CANNOT = "cannot", "They cannot make this decision now, with all help given"
        UNSETTLED = "unsettled", "Not settled: it is looked at again"
        NOT_KNOWN = "not_known", "Not known"

    protection = OfPerson(Part.TRANSITION)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="capacity_assessments")
    decision = models.CharField(max_length=300)
    assessed_on = models.DateField()
    assessed_by = models.CharField(max_length=150)
    outcome = models.CharField(max_length=20, choices=Outcome)
    help_given = models.TextField(blank=True)
    why = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-assessed_on", "-recorded_at"]
        indexes = [models.Index(fields=["person"], name="capacity_of_a_person")]

    def __str__(self) -> str:
        return f"{self.decision}: {self.get_outcome_display()}"


class AdultThreshold(Revised, Row):
    """Something adult services were asked about somebody, and what they answered: whether they help from 18 on."""

    protection = OfPerson(Part.TRANSITION)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="adult_thresholds")
    kind = models.CharField(max_length=60)
    asked_of = models.CharField(max_length=150)
    asked_on = models.DateField()
    answer = models.CharField(max_length=60, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["asked_on", "recorded_at"]
        indexes = [models.Index(fields=["person"], name="adult_thresholds_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False, answered_on__gte=models.F("asked_on"))),
                name="answered_threshold_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, asked {self.asked_on:%-d %B %Y}"
