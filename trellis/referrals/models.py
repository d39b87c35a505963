"""The front door: who is worried about which child, and what the hub decided."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import Agency, User
from trellis.cases.history import Correction, StatusMove
from trellis.core.models import Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.people.models import Person
from trellis.referrals.lifecycle import RECEIVED, REFERRAL


class ExploitationType(models.TextChoices):
    CSE = "CSE", "Child sexual exploitation"
    CCE = "CCE", "Child criminal exploitation"
    SERIOUS_VIOLENCE = "serious_violence", "Serious violence"
    THREAT_TO_LIFE = "threat_to_life", "Threat to life"
    MODERN_SLAVERY = "modern_slavery", "Modern slavery"
    OTHER = "other", "Other"


class ReferralQuerySet(models.QuerySet["Referral"]):
    def awaiting_decision(self) -> ReferralQuerySet:
        return self.filter(status=RECEIVED)


class Referral(Row):
    """One worry, brought by one partner, about one child. ``exploitation_types`` has the primary one first.

    Harm that was seen stands apart from ``concerns``, what is feared.
    """

    protection = OfPerson(Part.REFERRALS)

    reference = models.CharField(max_length=40, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals")
    status = models.CharField(max_length=30, choices=REFERRAL.choices, default=RECEIVED)
    received_at = models.DateTimeField(db_index=True)
    source_code = models.CharField(max_length=3)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="referrals")
    referrer = models.CharField(max_length=150, blank=True)
    primary_type = models.CharField(max_length=20, choices=ExploitationType)
    exploitation_types = ArrayField(models.CharField(max_length=20, choices=ExploitationType))
    harm_seen = models.TextField(blank=True)
    concerns = models.TextField(blank=True)
    strengths = models.TextField(blank=True)
    child_knows = models.BooleanField(null=True)
    immediate_danger = models.BooleanField(default=False)
    decision_due_on = models.DateField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision_reason = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        indexes = [
            models.Index(
                fields=["decision_due_on", "received_at"],
                name="referral_waiting",
                condition=Q(status=RECEIVED),
            ),
            models.Index(fields=["person", "-received_at"], name="referral_by_child"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(exploitation_types__0=F("primary_type")), name="primary_type_comes_first"
            ),
            models.CheckConstraint(
                condition=Q(status=RECEIVED, decided_at__isnull=True)
                | (~Q(status=RECEIVED) & Q(decided_at__gte=F("received_at"))),
                name="decided_referral_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ReferralMove(StatusMove):
    """A change of a referral's status: the decision, when, by whom and why."""

    protection = Follows("referral")

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="status_moves")


class ReferralCorrection(Correction):
    """What a referral said before a correction arrived: the old values, field by field."""

    protection = Follows("referral")

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="corrections")
