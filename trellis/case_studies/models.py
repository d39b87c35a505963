"""A young person's story told without who they are: the draft within their record, and what is released outside it.

A released story is a row of its own that names nobody and points to nobody. The row of the record points to it.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import User
from trellis.case_studies.lifecycle import CASE_STUDY, DRAFT, RELEASED
from trellis.cases.history import StatusMove
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows, OfPerson, Open, Part
from trellis.core.revisions import Revised
from trellis.people.models import Person


class Story(models.Model):
    """The sections of a story, in the order they are read."""

    SECTIONS: ClassVar[dict[str, str]] = {
        "before": "Before",
        "turning_point": "The turning point",
        "what_helped": "What helped",
        "now": "Now",
        "own_words": "In their own words",
    }

    title = models.CharField(max_length=120)
    before = models.TextField(blank=True)
    turning_point = models.TextField(blank=True)
    what_helped = models.TextField(blank=True)
    now = models.TextField(blank=True)
    own_words = models.TextField(blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def texts(self) -> dict[str, str]:
        """Everything that is read, the title first."""
        return {"title": self.title, **{name: getattr(self, name) for name in self.SECTIONS}}

    @property
    def sections(self) -> list[tuple[str, str]]:
        """Heading and text of each section that says something."""
        return [(label, getattr(self, name)) for name, label in self.SECTIONS.items() if getattr(self, name)]


class ReleasedStudyQuerySet(models.QuerySet["ReleasedStudy"]):
    def standing(self) -> ReleasedStudyQuerySet:
        return self.filter(withdrawn_at__isnull=True)


class ReleasedStudy(Story, Row):
    """A story as it was released. Withdrawn, it is in no list and no later report; the row is kept."""

    protection = Open("holds no identity: checked and released")

    released_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ReleasedStudyQuerySet.as_manager()

    class Meta:
        ordering = ["-released_at", "id"]
        verbose_name = "released case study"
        verbose_name_plural = "released case studies"
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("released_at")),
                name="story_withdrawn_after_it_was_released",
            ),
        ]


class CaseStudy(Story, Revised, Row):
    """The draft of a story, told from a period of one record. ``pseudonym`` is the name that stands for theirs."""

    protection = OfPerson(Part.RECORD)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="case_studies")
    status = models.CharField(max_length=20, choices=CASE_STUDY.choices, default=DRAFT)
    pseudonym = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    released = models.OneToOneField(ReleasedStudy, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    form_key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["-recorded_at", "id"]
        verbose_name_plural = "case studies"
        indexes = [models.Index(fields=["person", "-recorded_at"], name="case_studies_of_a_child")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="case_study_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(status=RELEASED) | Q(released__isnull=False), name="released_case_study_has_its_story"
            ),
        ]


class CaseStudyMove(StatusMove):
    """A change of a case study's status: when, by whom and why."""

    protection = Follows("study")

    study = models.ForeignKey(CaseStudy, on_delete=models.PROTECT, related_name="status_moves")


class HarmlessReason(AppendOnly, Row):
    """Why something the checker thought possible tells nothing: for these words of this story."""

    protection = Follows("study")

    study = models.ForeignKey(CaseStudy, on_delete=models.PROTECT, related_name="reasons")
    kind = models.CharField(max_length=20)
    matched = models.CharField(max_length=200)
    why = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["matched", "id"]
        constraints = [
            models.UniqueConstraint(fields=["study", "kind", "matched"], name="one_reason_for_words_of_a_story"),
            models.CheckConstraint(condition=~Q(why=""), name="harmless_for_a_reason"),
        ]

    def __str__(self) -> str:
        return self.matched


class StudyConsent(AppendOnly, Row):
    """What the young person, or a parent or carer, said when asked. The latest of each stands; it may be taken back."""

    class Who(models.TextChoices):
        YOUNG_PERSON = "young_person", "The young person"
        PARENT = "parent", "A parent or carer"

    class Answer(models.TextChoices):
        YES = "yes", "Said yes"
        NO = "no", "Said no"
        TAKEN_BACK = "taken_back", "Took it back"

    protection = Follows("study")

    study = models.ForeignKey(CaseStudy, on_delete=models.PROTECT, related_name="consents")
    who = models.CharField(max_length=20, choices=Who)
    answer = models.CharField(max_length=20, choices=Answer)
    asked_on = models.DateField()
    words = models.TextField()
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-recorded_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="consent_has_words")]

    def __str__(self) -> str:
        return f"{self.get_who_display()}: {self.get_answer_display()}"
