"""What was taken in from partners' files, and what those files say that the record does not."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import User
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import OnDuty
from trellis.people.models import Person


class ImportBatch(AppendOnly, Row):
    """One file taken in whole: which bytes, what became of its rows, when and by whom."""

    protection = OnDuty("a file's name may be a child's")

    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    corrected = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    left_for_review = models.PositiveIntegerField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    system_account = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["-recorded_at"]
        verbose_name_plural = "import batches"
        indexes = [models.Index(fields=["kind", "-recorded_at"], name="import_batch_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows=F("added") + F("corrected") + F("unchanged")), name="every_row_accounted_for"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.file_name}"


class Difference(Row):
    """Something a file says of a known child that the record does not. The record stands until somebody decides."""

    protection = OnDuty("it waits for whoever reviews differences")

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="differences")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="differences")
    reference = models.CharField(max_length=40)
    column = models.CharField(max_length=40)
    on_record = models.CharField(max_length=150)
    in_file = models.CharField(max_length=150)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "column", "in_file"], name="difference_asked_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="difference_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.column} of {self.person_id}"
