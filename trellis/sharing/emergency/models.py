"""Records opened in an emergency, and what a reviewer made of it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import User
from trellis.core.clocks import now
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.people.models import Person


class EmergencyOpening(Row):
    """Somebody opened a record that was closed to them, because somebody was in danger. Its own grant ends by itself.

    The second lock opens it to whoever sees the whole record; who is listed for review is asked on duty.
    """

    protection = OfPerson(Part.RECORD)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="emergency_openings")
    category = models.CharField(max_length=60)
    reason = models.TextField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="emergency_openings")
    ends_at = models.DateTimeField()
    handed_back_at = models.DateTimeField(null=True, blank=True)
    review_due_on = models.DateField()

    class Meta:
        app_label = "sharing"
        ordering = ["-opened_at"]
        indexes = [
            models.Index(fields=["person", "-opened_at"], name="emergency_of_a_child"),
            models.Index(fields=["review_due_on", "opened_at"], name="emergency_by_due_day"),
            models.Index(fields=["opened_by", "-ends_at"], name="emergency_of_a_worker"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("opened_at")), name="emergency_ends_after_opening"),
            models.CheckConstraint(
                condition=Q(handed_back_at__isnull=True) | Q(handed_back_at__gte=F("opened_at")),
                name="emergency_handed_back_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return f"opened {self.opened_at:%-d %B %Y}"

    @property
    def is_open(self) -> bool:
        """Whether it gives sight at this moment."""
        return self.shut_at > now()

    @property
    def shut_at(self) -> datetime:
        return self.handed_back_at or self.ends_at


class Outcome(models.TextChoices):
    JUSTIFIED = "justified", "Justified"
    NOT_JUSTIFIED = "not_justified", "Not justified"


class EmergencyReview(AppendOnly, Row):
    """What somebody else made of an emergency opening, and why. It is not changed afterwards."""

    protection = Follows("opening")

    opening = models.OneToOneField(EmergencyOpening, on_delete=models.PROTECT, related_name="review")
    outcome = models.CharField(max_length=20, choices=Outcome)
    reason = models.TextField()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        app_label = "sharing"
        ordering = ["-reviewed_at"]

    def __str__(self) -> str:
        return self.get_outcome_display()
