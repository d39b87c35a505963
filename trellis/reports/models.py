"""Editions: a report as it was made, with the figures and the snapshot it came from."""

from __future__ import annotations

from django.db import models

from trellis.accounts.models import User
from trellis.core.models import AppendOnly, Row


class Edition(AppendOnly, Row):
    """One making of a report. It is kept whole, so that it can be read and recomputed years later."""

    class Kind(models.TextChoices):
        ANNUAL = "annual", "Annual report"

    kind = models.CharField(max_length=20, choices=Kind)
    period = models.CharField(max_length=10)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    snapshot = models.CharField(max_length=80)
    figures = models.JSONField()

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["kind", "period", "-made_at"], name="edition_latest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period}"
