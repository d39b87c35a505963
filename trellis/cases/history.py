"""What was so before: the shape of rows that keep a change of status, or the values a correction replaced."""

from django.db import models

from trellis.accounts.models import User
from trellis.core.models import AppendOnly, Row


class StatusMove(AppendOnly, Row):
    """A change of status. The model that has the status names its own with ``related_name="status_moves"``."""

    old = models.CharField(max_length=30, blank=True)
    new = models.CharField(max_length=30)
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["moved_at"]

    def __str__(self) -> str:
        return f"{self.old} to {self.new}"


class Correction(AppendOnly, Row):
    """What a row said before a correction arrived: the old values, field by field."""

    old_values = models.JSONField()
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=200)

    class Meta:
        abstract = True
        ordering = ["corrected_at"]

    def __str__(self) -> str:
        return f"corrected {self.corrected_at:%-d %B %Y}"
