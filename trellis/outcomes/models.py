"""How things stood in each area of a young person's life, what a closure needs, and who looks again afterwards."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from trellis.accounts.models import User
from trellis.cases.models import Case
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import OfPerson, Part
from trellis.core.revisions import Successive
from trellis.people.models import Person


class Point(models.TextChoices):
    """When it is asked how things stand."""

    START = "start", "At the start"
    MID = "mid", "Half way"
    CLOSE = "close", "At closing"
    SIX = "six", "Six months after"
    TWELVE = "twelve", "Twelve months after"


AFTER = (Point.SIX, Point.TWELVE)


class Standing(models.TextChoices):
    """How things stand in one area. Not known is an answer, and what is taken where nobody said anything."""

    ACHIEVED = "achieved", "Achieved"
    IMPROVED = "improved", "Improved"
    SAME = "same", "The same"
    WORSE = "worse", "Worse"
    NOT_A_NEED = "not_a_need", "Not a need"
    NOT_KNOWN = "not_known", "Not known"


class Says(models.TextChoices):
    CHILD = "child", "The young person"
    FAMILY = "family", "Their family or carers"
    WORKER = "worker", "A worker"
    DATA = "data", "What is on record"


class OutcomeRecord(Successive, Row):
    """How things stood in one area at one point of a case, and who says so. A change is the next revision."""

    series: ClassVar[tuple[str, ...]] = ("case_id", "point", "area")
    protection = OfPerson(Part.OUTCOMES)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="outcomes")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="outcomes")
    point = models.CharField(max_length=10, choices=Point)
    area = models.CharField(max_length=60)
    stands = models.CharField(max_length=20, choices=Standing)
    evidence = models.TextField(blank=True)
    who_says = models.CharField(max_length=10, choices=Says, blank=True)
    recorded_on = models.DateField()
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["case", "point", "area", "-revision"]
        indexes = [models.Index(fields=["person"], name="outcomes_of_a_child")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "point", "area", "revision"], name="outcome_saved_over_the_one_before"
            ),
            models.CheckConstraint(
                condition=Q(stands=Standing.NOT_KNOWN) | ~Q(who_says=""), name="outcome_known_says_who_says_so"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.get_point_display().lower()}: {self.get_stands_display().lower()}"


class ClosureChallenge(AppendOnly, Row):
    """A manager who does not lead the work asked, before it ended without having reached the young person, what was
    tried and what else could be. ``met``, ``attempted``, ``cancelled``: the direct work on record on that day."""

    protection = OfPerson(Part.RECORD)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="closure_challenges")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closure_challenges")
    reason = models.CharField(max_length=60)
    met = models.PositiveSmallIntegerField()
    attempted = models.PositiveSmallIntegerField()
    cancelled = models.PositiveSmallIntegerField()
    tried = models.TextField()
    what_else = models.TextField()
    who_else = models.TextField()
    young_person_said = models.TextField()
    may_close = models.BooleanField()
    decided_why = models.TextField()
    decided_on = models.DateField()
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-recorded_at"]
        indexes = [models.Index(fields=["case", "-recorded_at"], name="closure_challenges_of_a_case")]

    def __str__(self) -> str:
        return f"challenge: {'may close' if self.may_close else 'goes on'}"


class ClosureTold(AppendOnly, Row):
    """Whom the end of the work was told, or why not: the school; the area that took over, whose word that it did is
    the receipt."""

    class Whom(models.TextChoices):
        SCHOOL = "school", "School or college"
        AREA = "area", "The area that takes over"

    protection = OfPerson(Part.RECORD)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="told_of_closure")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="told_of_closure")
    whom = models.CharField(max_length=10, choices=Whom)
    told_on = models.DateField(null=True, blank=True)
    name = models.CharField(max_length=200, blank=True)
    how = models.CharField(max_length=200, blank=True)
    why_not = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-recorded_at"]
        indexes = [models.Index(fields=["case", "-recorded_at"], name="told_of_a_closure")]
        constraints = [
            models.CheckConstraint(
                condition=Q(told_on__isnull=False, why_not="") & ~Q(name="")
                | Q(told_on__isnull=True, whom="school") & ~Q(why_not=""),
                name="told_of_closure_or_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_whom_display()}: {'told' if self.told_on else 'not told'}"


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def to_do(self) -> FollowUpQuerySet:
        return self.filter(done_on__isnull=True)

    def overdue(self, day: date) -> FollowUpQuerySet:
        return self.to_do().filter(due_on__lt=day)


class FollowUp(Row):
    """Somebody asks how things are some time after a case closed, and sees the outcomes until they have. ``why_not``:
    nobody could be asked, or the young person did not want it."""

    protection = OfPerson(Part.OUTCOMES)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="follow_ups")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="follow_ups")
    point = models.CharField(max_length=10, choices=Point)
    due_on = models.DateField()
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="follow_ups")
    done_on = models.DateField(null=True, blank=True)
    who_asked = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    why_not = models.TextField(blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "recorded_at"]
        indexes = [models.Index(fields=["due_on"], name="follow_ups_to_do", condition=Q(done_on__isnull=True))]
        constraints = [
            models.UniqueConstraint(fields=["case", "point"], name="one_follow_up_a_point"),
            models.CheckConstraint(condition=Q(point__in=("six", "twelve")), name="follow_up_is_after_closing"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, who_asked__isnull=True, why_not="")
                | Q(done_on__isnull=False, who_asked__isnull=False),
                name="follow_up_done_has_day_and_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_point_display()}, due {self.due_on:%-d %B %Y}"


class ClosureLook(AppendOnly, Row):
    """A manager looked at a closure again, because the young person was referred anew soon after it."""

    protection = OfPerson(Part.RECORD)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="closure_looks")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closure_looks")
    referred_on = models.DateField()
    learnt = models.TextField()
    change = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-recorded_at"]
        indexes = [models.Index(fields=["case", "-recorded_at"], name="looks_at_a_closure")]

    def __str__(self) -> str:
        return f"looked at again after {self.referred_on:%-d %B %Y}"
