"""What health knows that the meeting should know, which services are involved, and what health is asked."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import User
from trellis.cases.history import Correction, StatusMove
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.health_needs.lifecycle import ASKED, HEALTH_QUESTION
from trellis.need_to_know.handling import Handled
from trellis.people.models import Person


class HealthQuestion(Row):
    """Somebody asks health for an update on a young person, by a day."""

    protection = OfPerson(Part.HEALTH)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="health_questions")
    question = models.TextField()
    status = models.CharField(max_length=20, choices=HEALTH_QUESTION.choices, default=ASKED)
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "asked_at"]
        indexes = [
            models.Index(fields=["due_on"], name="health_question_waiting", condition=Q(status=ASKED)),
            models.Index(fields=["person"], name="health_questions_of_a_child"),
        ]

    def __str__(self) -> str:
        return f"question to health, {self.get_status_display().lower()}"


class HealthQuestionMove(StatusMove):
    """A change of a question's status."""

    protection = Follows("question")

    question = models.ForeignKey(HealthQuestion, on_delete=models.PROTECT, related_name="status_moves")


class HealthUpdate(Handled, AppendOnly, Row):
    """What a meeting should know of a young person's health, in words. A correction is a new update that supersedes
    the old one. ``told_on``: the day it was, or is, told."""

    protection = OfPerson(Part.HEALTH, handled=True)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="health_updates")
    told_on = models.DateField()
    words = models.TextField()
    answers = models.ForeignKey(HealthQuestion, on_delete=models.PROTECT, null=True, blank=True, related_name="updates")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-told_on", "-recorded_at"]
        indexes = [models.Index(fields=["person", "-told_on"], name="health_updates_of_a_child")]

    def __str__(self) -> str:
        return f"health update {self.told_on:%-d %B %Y}"


class HealthService(Handled, Row):
    """A health service that is involved with a young person, from a day until a day, and what for."""

    protection = OfPerson(Part.HEALTH, handled=True)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="health_services")
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=150, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    what_for = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_because = models.CharField(max_length=200, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = [F("ends_on").desc(nulls_first=True), "-starts_on"]
        indexes = [models.Index(fields=["person"], name="health_services_of_a_child")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="health_service_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.kind


class HealthServiceCorrection(Correction):
    """What was said of a service before it was put right or ended."""

    protection = Follows("service")

    service = models.ForeignKey(HealthService, on_delete=models.PROTECT, related_name="corrections")
