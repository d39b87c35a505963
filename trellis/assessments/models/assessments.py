"""What is understood of one young person at one time: answers, views, judgement."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import Agency, User
from trellis.assessments.lifecycle import ASSESSMENT, IN_PROGRESS, SIGNED_OFF, STOPPED, SUBMITTED
from trellis.assessments.models.instruments import InstrumentVersion
from trellis.cases.history import StatusMove
from trellis.cases.models import Case
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.core.revisions import Revised, Successive
from trellis.people.models import Person

UNDER_WAY = (IN_PROGRESS, SUBMITTED)


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def under_way(self) -> AssessmentQuerySet:
        return self.filter(status__in=UNDER_WAY)

    def completed(self) -> AssessmentQuerySet:
        return self.filter(status=SIGNED_OFF)


class Assessment(Revised, Row):
    """One assessment, pinned to the version of the tool it was begun with.

    ``clock_started_on`` is the day the clock counts from, ``due_on`` reckoned from it when the assessment began.
    ``learning_disability``: null while not known; a tool's rule may ask for it. ``result`` is kept when it is
    submitted: what the version's own rule gives for the answers, as ``instruments.scoring`` writes it.
    """

    class NrmConsidered(models.TextChoices):
        YES = "yes", "Yes, and a referral is to be made or was made"
        NO = "no", "Yes, and a referral is not to be made"
        NOT_YET = "not_yet", "Not yet considered"

    protection = OfPerson(Part.ASSESSMENTS)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assessments")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="assessments")
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="assessments")
    status = models.CharField(max_length=20, choices=ASSESSMENT.choices, default=IN_PROGRESS)
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assessments")
    clock_started_on = models.DateField()
    due_on = models.DateField()
    learning_disability = models.BooleanField(null=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    childs_view = models.TextField(blank=True)
    childs_view_how = models.CharField(max_length=200, blank=True)
    child_not_heard_why = models.TextField(blank=True)
    carers_view = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    nrm_considered = models.CharField(max_length=10, choices=NrmConsidered, default=NrmConsidered.NOT_YET)
    nrm_why = models.TextField(blank=True)
    result = models.JSONField(null=True, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-clock_started_on", "-recorded_at"]
        indexes = [
            models.Index(fields=["person", "-clock_started_on"], name="assessments_of_a_child"),
            models.Index(fields=["worker", "due_on"], name="assessment_under_way", condition=Q(status__in=UNDER_WAY)),
            models.Index(fields=["signed_off_at"], name="assessment_signed_off", condition=Q(status=SIGNED_OFF)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "version"],
                condition=Q(status__in=UNDER_WAY),
                name="one_assessment_with_a_tool_at_once",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("clock_started_on")), name="assessment_due_after_start"),
            models.CheckConstraint(
                condition=Q(status__in=(IN_PROGRESS, STOPPED)) | Q(submitted_at__isnull=False),
                name="submitted_assessment_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status__in=(IN_PROGRESS, STOPPED)) | Q(result__isnull=False),
                name="submitted_assessment_has_a_result",
            ),
            models.CheckConstraint(
                condition=Q(status=SIGNED_OFF, signed_off_at__isnull=False, signed_off_by__isnull=False)
                | (~Q(status=SIGNED_OFF) & Q(signed_off_at__isnull=True, signed_off_by__isnull=True)),
                name="signed_off_assessment_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(signed_off_by__isnull=True) | ~Q(signed_off_by=F("worker")),
                name="assessment_not_signed_off_by_its_worker",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(SUBMITTED, SIGNED_OFF)) | ~Q(nrm_considered="not_yet"),
                name="submitted_assessment_considered_the_nrm",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.clock_started_on:%-d %B %Y}"

    @property
    def is_over(self) -> bool:
        """Submitted or signed off: its result is kept."""
        return self.status in (SUBMITTED, SIGNED_OFF)


class AssessmentMove(StatusMove):
    """A change of an assessment's status: when, by whom and why. Or, its status unchanged, of its worker."""

    protection = Follows("assessment")

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="status_moves")


class Answer(Successive, Row):
    """The answer to one item, as somebody gave it at one time. A later answer has the next ``revision``: of two saved
    over the same one the database refuses the second, and nothing that was said is lost.

    ``value``: the code of a level, a whole number, or text, as the item's scale asks; null when the answer was taken
    back. ``window``: which of the scale's times it is about; empty when the scale has one. ``informant``: who says so.
    """

    class Informant(models.TextChoices):
        CHILD = "child", "The young person"
        FAMILY = "family", "Family or carer"
        PROFESSIONAL = "professional", "A professional"
        RECORD = "record", "The record"

    series: ClassVar[tuple[str, ...]] = ("assessment_id", "item", "window")
    protection = Follows("assessment")

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="answers")
    item = models.CharField(max_length=60)
    window = models.CharField(max_length=20, blank=True)
    value = models.JSONField(null=True)
    evidence = models.TextField(blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    informant = models.CharField(max_length=20, choices=Informant, default=Informant.PROFESSIONAL)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["assessment", "item", "window", "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "item", "window", "revision"], name="answer_saved_over_the_one_before"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.value}"

    @property
    def asked(self) -> tuple[str, str]:
        """What it answers: the item, and of which time."""
        return (self.item, self.window)


class Judgement(AppendOnly, Row):
    """What the worker judges, beside what the tool's rule gives; the latest stands. A band of the tool, or words where
    it has none; ``why`` is asked when it differs from the rule."""

    protection = Follows("assessment")

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="judgements")
    band = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True)
    why = models.TextField(blank=True)
    judged_at = models.DateTimeField()
    judged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    form_key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["-judged_at"]

    def __str__(self) -> str:
        return self.band or self.words[:40]


class OutcomeView(Row):
    """Of one outcome area: how things stand, and how that compares with the assessment before, as the worker judges.

    It is what two assessments with different tools are compared by. ``area``: a code of the list outcome_area.
    """

    class Change(models.TextChoices):
        IMPROVED = "improved", "Improved"
        SAME = "same", "The same"
        WORSE = "worse", "Worse"
        NOT_KNOWN = "not_known", "Not known"

    protection = Follows("assessment")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="outcome_views")
    area = models.CharField(max_length=60)
    words = models.TextField(blank=True)
    change = models.CharField(max_length=10, choices=Change, default=Change.NOT_KNOWN)

    class Meta:
        ordering = ["assessment", "area"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "area"], name="outcome_area_said_once"),
        ]

    def __str__(self) -> str:
        return f"{self.area}: {self.get_change_display()}"


class BestPlaced(Row):
    """Who is best placed to work with this young person, as the assessment sees it, and why."""

    protection = Follows("assessment")

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="best_placed")
    who = models.CharField(max_length=150)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.TextField()

    def __str__(self) -> str:
        return self.who
