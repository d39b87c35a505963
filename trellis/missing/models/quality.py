"""The audit of return interviews by peers: a sample, ratings by a shared form, what was learnt and what is done."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from trellis.accounts.models import User
from trellis.core.models import Row
from trellis.core.protection import Follows, Open
from trellis.missing.models.interviews import ReturnInterview


class AuditRound(Row):
    """Interviews held from ``starts_on`` up to and with ``ends_on``, of which ``size`` were drawn by ``seed``."""

    protection = Open("rounds of an audit: days and counts")

    starts_on = models.DateField()
    ends_on = models.DateField()
    held = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    seed = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    form_key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["-starts_on", "-drawn_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="audit_round_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(size__lte=models.F("held")), name="audit_round_draws_what_was_held"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%-d %B %Y} to {self.ends_on:%-d %B %Y}"


class InterviewAudit(Row):
    """One interview read by somebody who did not hold it. ``ratings``: by criterion (list interview_quality) a rating
    (list interview_rating); empty until it was read."""

    protection = Follows("interview")

    round = models.ForeignKey(AuditRound, on_delete=models.PROTECT, related_name="audits")
    interview = models.ForeignKey(ReturnInterview, on_delete=models.PROTECT, related_name="audits")
    ratings = models.JSONField(default=dict, blank=True)
    overall = models.CharField(max_length=60, blank=True)
    done_well = models.TextField(blank=True)
    to_learn = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["round", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "interview"], name="interview_drawn_once_in_a_round"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False),
                name="interview_audit_read_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"audit of {self.interview_id}"


class AuditAction(Row):
    """What a round of the audit led to: a theme, what is done about it, by whom, until when."""

    protection = Open("actions of a round: themes and names of workers")

    round = models.ForeignKey(AuditRound, on_delete=models.PROTECT, related_name="actions")
    theme = models.CharField(max_length=150)
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    came_of_it = models.CharField(max_length=300, blank=True)
    form_key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["due_on"]
        indexes = [models.Index(fields=["due_on"], name="audit_action_due", condition=Q(done_on__isnull=True))]

    def __str__(self) -> str:
        return self.what
