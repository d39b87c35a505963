"""The guardian of a trafficked child, and the defence in court."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import User
from trellis.core.models import Row
from trellis.core.protection import OfPerson, Part
from trellis.core.revisions import Revised
from trellis.nrm.models.referrals import YesNoNotKnown
from trellis.people.models import Person


class Guardian(Revised, Row):
    """An Independent Child Trafficking Guardian: asked for, named, met, ended."""

    protection = OfPerson(Part.NRM)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="guardians")
    asked_on = models.DateField()
    service = models.CharField(max_length=150)
    name = models.CharField(max_length=150, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    first_contact_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-asked_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_on__isnull=True), name="one_guardian_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(first_contact_on__isnull=True) | Q(first_contact_on__gte=F("asked_on")),
                name="guardian_met_after_asked_for",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_why="")
                | (Q(ended_on__isnull=False, ended_on__gte=F("asked_on")) & ~Q(ended_why="")),
                name="guardian_ended_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.service


class Section45(Revised, Row):
    """Whether the defence of section 45 of the Modern Slavery Act 2015 was considered in one matter, who was told, what
    came of it, and whether the court heard of the decision."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", "Not decided yet"
        NOT_CHARGED = "not_charged", "Not charged, or charges dropped"
        ACCEPTED = "accepted", "The defence succeeded"
        NOT_ACCEPTED = "not_accepted", "The defence did not succeed"
        NOT_RAISED = "not_raised", "The defence was not raised"
        NOT_KNOWN = "not_known", "Not known"

    protection = OfPerson(Part.NRM)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="section_45")
    matter = models.CharField(max_length=150)
    considered_on = models.DateField()
    raised = models.CharField(max_length=10, choices=YesNoNotKnown, default=YesNoNotKnown.NOT_KNOWN)
    solicitor_told = models.CharField(max_length=10, choices=YesNoNotKnown, default=YesNoNotKnown.NOT_KNOWN)
    cps_told = models.CharField(max_length=10, choices=YesNoNotKnown, default=YesNoNotKnown.NOT_KNOWN)
    schedule_4 = models.CharField(max_length=10, choices=YesNoNotKnown, default=YesNoNotKnown.NOT_KNOWN)
    used_in_court = models.CharField(max_length=10, choices=YesNoNotKnown, default=YesNoNotKnown.NOT_KNOWN)
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.WAITING)
    outcome_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-considered_on"]
        verbose_name = "section 45 defence"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome_on__isnull=True) | (~Q(outcome="waiting") & Q(outcome_on__gte=F("considered_on"))),
                name="section_45_outcome_after_it_was_considered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter}, {self.get_outcome_display().lower()}"
