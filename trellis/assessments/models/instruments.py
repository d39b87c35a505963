"""Assessment tools as data: drawn up as a draft, published as a version that never changes again."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import User
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Open
from trellis.core.revisions import Revised


class Purpose(models.TextChoices):
    SCREENING = "screening", "Screening: is a full assessment needed?"
    ASSESSMENT = "assessment", "Assessment"
    REVIEW = "review", "Review"
    SELF_REPORT = "self_report", "Filled in by the young person"


class Instrument(Row):
    """An assessment tool, whatever its version. ``is_sample``: made for this system, and no real tool's questions."""

    protection = Open("the name of an assessment tool")

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.ASSESSMENT)
    about = models.TextField(blank=True)
    exploitation_types = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    age_from = models.PositiveSmallIntegerField(default=0)
    age_to = models.PositiveSmallIntegerField(default=25)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(age_to__gte=F("age_from")), name="instrument_ages_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class InstrumentDraft(Revised, Row):
    """What the next version of a tool will ask, while it is drawn up. ``definition`` as ``instruments.definition``
    reads it; it may be unfinished."""

    protection = Open("an assessment tool being drawn up")

    instrument = models.OneToOneField(Instrument, on_delete=models.PROTECT, related_name="draft")
    definition = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"draft of {self.instrument}"


class VersionQuerySet(models.QuerySet["InstrumentVersion"]):
    def in_use(self, day: date) -> VersionQuerySet:
        """Those a new assessment may be made with on ``day``."""
        return self.filter(valid_from__lte=day, retired_at=None)


class InstrumentVersion(AppendOnly, Row):
    """A published tool. The database lets nobody change what it asks or how it counts; it may only be retired."""

    protection = Open("a published assessment tool")
    changeable = ("retired_at", "retired_by")

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    definition = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    valid_from = models.DateField()
    retired_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    retired_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what_changed = models.TextField(blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["instrument", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="instrument_version_once"),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(retired_at__gte=F("published_at")),
                name="instrument_version_retired_after_publishing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument}, version {self.number}"
