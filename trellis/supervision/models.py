"""What a worker, a manager and a psychologist say to each other about the work with one young person.

Whoever talks about several young people in one supervision writes a row for each: nobody who sees one of them reads
of another.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from trellis.accounts.models import User
from trellis.cases.history import StatusMove
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.core.revisions import Revised, Successive
from trellis.people.models import Person
from trellis.supervision.lifecycle import ACTION, TO_DO


class OversightNote(AppendOnly, Row):
    """A manager looked at the work: at what, what they think of it, what is to happen."""

    protection = OfPerson(Part.RECORD)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="oversight_notes")
    noted_on = models.DateField()
    looked_at = models.TextField()
    view = models.TextField()
    direction = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-noted_on", "-recorded_at"]
        indexes = [models.Index(fields=["person", "-noted_on"], name="oversight_of_a_child")]

    def __str__(self) -> str:
        return f"oversight of {self.noted_on:%-d %B %Y}"


class Supervision(AppendOnly, Row):
    """One young person talked about in one supervision. ``worker``: whose supervision it was; ``session``: the same for
    all young people talked about in it; ``agencies``: codes of those who took part."""

    class Kind(models.TextChoices):
        REFLECTIVE = "reflective", "Reflective supervision"
        JOINT = "joint", "Joint supervision"
        CASE = "case", "Case supervision"

    protection = OfPerson(Part.RECORD)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="supervisions")
    session = models.UUIDField()
    kind = models.CharField(max_length=20, choices=Kind)
    held_on = models.DateField()
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="supervisions")
    took_part = models.TextField(blank=True)
    agencies = ArrayField(models.SlugField(), default=list, blank=True)
    talked_about = models.TextField()
    childs_experience = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-held_on", "-recorded_at"]
        indexes = [
            models.Index(fields=["person", "-held_on"], name="supervisions_of_a_child"),
            models.Index(fields=["worker", "-held_on"], name="supervisions_of_a_worker"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="young_person_once_in_a_supervision"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.held_on:%-d %B %Y}"


class SupervisionActionQuerySet(models.QuerySet["SupervisionAction"]):
    def to_do(self) -> SupervisionActionQuerySet:
        return self.filter(status=TO_DO)

    def overdue(self, day: date) -> SupervisionActionQuerySet:
        return self.to_do().filter(due_on__lt=day)


class SupervisionAction(Revised, Row):
    """Something agreed in supervision, that somebody does by a day; ``effect``: what came of it."""

    protection = OfPerson(Part.RECORD)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="supervision_actions")
    supervision = models.ForeignKey(Supervision, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="supervision_actions")
    due_on = models.DateField()
    status = models.CharField(max_length=20, choices=ACTION.choices, default=TO_DO)
    effect = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SupervisionActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "recorded_at"]
        indexes = [
            models.Index(fields=["person"], name="supervision_actions_to_do", condition=Q(status=TO_DO)),
            models.Index(fields=["owner", "due_on"], name="supervision_action_of_owner", condition=Q(status=TO_DO)),
        ]

    def __str__(self) -> str:
        return self.what


class SupervisionActionMove(StatusMove):
    """A change of an action's status."""

    protection = Follows("action")

    action = models.ForeignKey(SupervisionAction, on_delete=models.PROTECT, related_name="status_moves")


class CarriedAction(AppendOnly, Row):
    """An action that was still to be done was taken over into the next supervision: by whom, and why."""

    protection = Follows("action")

    action = models.ForeignKey(SupervisionAction, on_delete=models.PROTECT, related_name="carried")
    into = models.ForeignKey(Supervision, on_delete=models.PROTECT, related_name="carried_in")
    carried_at = models.DateTimeField()
    carried_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-carried_at"]
        constraints = [
            models.UniqueConstraint(fields=["action", "into"], name="action_carried_once_into_a_supervision"),
        ]

    def __str__(self) -> str:
        return f"carried on {self.carried_at:%-d %B %Y}"


class Formulation(Successive, Row):
    """How a young person's difficulties and strengths are understood, led by a psychologist, as it was at one time. A
    change is the next ``revision``: of two saved over the same one the database refuses the second."""

    PARTS: ClassVar[tuple[str, ...]] = ("what_happened", "family", "identity", "strengths", "keeps_going", "helps")

    series: ClassVar[tuple[str, ...]] = ("person_id",)
    protection = OfPerson(Part.RECORD)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="formulations")
    formulated_on = models.DateField()
    lead = models.ForeignKey(User, on_delete=models.PROTECT, related_name="formulations")
    took_part = models.TextField(blank=True)
    what_happened = models.TextField(blank=True)
    family = models.TextField(blank=True)
    identity = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    keeps_going = models.TextField(blank=True)
    helps = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["person", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["person", "revision"], name="formulation_saved_over_the_one_before"),
        ]

    def __str__(self) -> str:
        return f"formulation, revision {self.revision}"
