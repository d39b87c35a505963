"""What a young person said at a step, what they said to the plan read through with them, and what changed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from trellis.accounts.models import User
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import OfPerson, Part
from trellis.people.models import Person
from trellis.voice.models.feedback import Feedback


class ViewQuerySet(models.QuerySet["View"]):
    def standing(self) -> ViewQuerySet:
        """Those that no correction took the place of."""
        return self.filter(corrected_by=None)


class View(AppendOnly, Row):
    """What a young person said at one step, in their words; or that they did not, and why: that is an answer too.

    ``step``, ``how``, ``not_said``: codes of the lists voice_step, voice_how, voice_not_said. ``confirmed``: it was
    read back to them and they said that this is what they meant. A correction is a row that names the one it corrects.
    """

    protection = OfPerson(Part.VOICE)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="views")
    step = models.CharField(max_length=60)
    said_on = models.DateField()
    words = models.TextField(blank=True)
    asked = models.CharField(max_length=300, blank=True)
    not_said = models.CharField(max_length=60, blank=True)
    not_said_why = models.CharField(max_length=300, blank=True)
    how = models.CharField(max_length=60, blank=True)
    heard_by = models.CharField(max_length=150)
    confirmed = models.BooleanField(default=False)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    why_corrected = models.CharField(max_length=300, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ViewQuerySet.as_manager()

    class Meta:
        ordering = ["-said_on", "-recorded_at"]
        indexes = [models.Index(fields=["person", "-said_on"], name="views_of_a_child")]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(words="") & ~Q(how="") & Q(not_said="")) | (Q(words="") & ~Q(not_said="")),
                name="view_says_something_or_why_not",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(why_corrected=""), name="corrected_view_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step}, {self.said_on:%-d %B %Y}"


class ChangeMade(AppendOnly, Row):
    """Something that changed because of what a young person said, linked to what they said where it is written down,
    and how they were told."""

    class Where(models.TextChoices):
        PLAN = "plan", "In their plan"
        PANEL = "panel", "At a panel"
        SERVICE = "service", "In the service, for others too"
        OTHER = "other", "Somewhere else"

    protection = OfPerson(Part.VOICE)
    changeable = ("told_on", "told_how", "teller")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="changes_made")
    where = models.CharField(max_length=10, choices=Where)
    what = models.TextField()
    changed_on = models.DateField()
    view = models.ForeignKey(View, on_delete=models.PROTECT, null=True, related_name="changes")
    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, null=True, related_name="changes")
    told_on = models.DateField(null=True)
    told_how = models.CharField(max_length=300, blank=True)
    teller = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-changed_on", "-recorded_at"]
        indexes = [models.Index(fields=["person", "-changed_on"], name="changes_for_a_child")]
        constraints = [
            models.CheckConstraint(
                condition=Q(told_on__isnull=True, told_how="") | (Q(told_on__isnull=False) & ~Q(told_how="")),
                name="change_told_back_on_a_day_and_how",
            ),
            models.CheckConstraint(
                condition=Q(view__isnull=True) | Q(feedback__isnull=True), name="change_because_of_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return self.what[:60]


class ReadBack(AppendOnly, Row):
    """The copy of the plan was read through together. ``plan`` names the plan, ``plan_revision`` what it said then."""

    class Answer(models.TextChoices):
        AGREED = "agreed", "It is right"
        CHANGES = "changes", "They want something changed"
        UNSURE = "unsure", "They are not sure yet"

    protection = OfPerson(Part.VOICE)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="read_backs")
    plan = models.UUIDField()
    plan_revision = models.PositiveIntegerField()
    read_on = models.DateField()
    answer = models.CharField(max_length=10, choices=Answer)
    words = models.TextField(blank=True)
    read_with = models.CharField(max_length=150)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-read_on", "-recorded_at"]
        indexes = [models.Index(fields=["person", "plan", "-read_on"], name="read_backs_of_a_plan")]

    def __str__(self) -> str:
        return f"{self.get_answer_display()}, {self.read_on:%-d %B %Y}"
