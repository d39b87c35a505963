"""Sitting together: a worker hands the device over, and the young person writes for themselves."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from trellis.accounts.models import User
from trellis.core.models import Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.people.models import Person
from trellis.voice.models.views import ReadBack, View


class Together(Row):
    """One time together. Its id is the key of its address. ``ended``: how it came to an end."""

    class Ended(models.TextChoices):
        FINISHED = "finished", "They gave the device back"
        LEFT = "left", "They left by the way out"

    protection = OfPerson(Part.VOICE)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="together")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="together")
    plan = models.UUIDField(null=True)
    plan_revision = models.PositiveIntegerField(null=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=10, choices=Ended, blank=True)
    form_key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["-begun_at"]
        verbose_name_plural = "together"
        indexes = [models.Index(fields=["worker", "-begun_at"], name="together_of_a_worker")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended="", ended_at__isnull=True) | (~Q(ended="") & Q(ended_at__isnull=False)),
                name="together_ended_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(plan__isnull=True, plan_revision__isnull=True)
                | Q(plan__isnull=False, plan_revision__isnull=False),
                name="together_reads_a_plan_as_it_was",
            ),
        ]

    def __str__(self) -> str:
        return f"together on {self.begun_at:%-d %B %Y}"


class TogetherStep(Row):
    """One page of it: a question, or the plan's copy. What is typed is kept as it comes, and is no view yet: the worker
    asks whether this is what was meant. ``answer``: agreed, changes or unsure of a plan, rather_not of a question."""

    protection = Follows("together")

    together = models.ForeignKey(Together, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)
    answer = models.CharField(max_length=20, blank=True)
    saved_at = models.DateTimeField(null=True)
    view = models.OneToOneField(View, on_delete=models.PROTECT, null=True, related_name="together_step")
    read_back = models.OneToOneField(ReadBack, on_delete=models.PROTECT, null=True, related_name="together_step")
    set_aside_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["together", "position"]
        constraints = [
            models.UniqueConstraint(fields=["together", "position"], name="together_one_step_at_a_place"),
        ]

    def __str__(self) -> str:
        return self.question or "The plan"

    @property
    def is_plan(self) -> bool:
        return not self.question

    @property
    def waits(self) -> bool:
        """Something was said that is neither kept nor set aside yet."""
        said = self.words or self.answer
        return bool(said and not self.view_id and not self.read_back_id and not self.set_aside_why)
