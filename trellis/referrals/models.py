"""The front door: who is worried about which child, and what the hub decided."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import Agency, User
from trellis.cases.history import Correction, StatusMove
from trellis.core.models import Row
from trellis.core.protection import Follows, OfPerson, Open, Part
from trellis.people.models import Person
from trellis.referrals.lifecycle import RECEIVED, REFERRAL


class ExploitationType(models.TextChoices):
    CSE = "CSE", "Child sexual exploitation"
    CCE = "CCE", "Child criminal exploitation"
    SERIOUS_VIOLENCE = "serious_violence", "Serious violence"
    THREAT_TO_LIFE = "threat_to_life", "Threat to life"
    MODERN_SLAVERY = "modern_slavery", "Modern slavery"
    OTHER = "other", "Other"


class Telling(models.TextChoices):
    """How a referrer is told what was decided. ``RING``: somebody still has to."""

    RING = "ring", "Somebody rings them: keep it as a task"
    EMAIL = "email", "By e-mail now, with the reference only"
    PHONE = "phone", "Told by telephone"
    PERSON = "person", "Told in person"
    LETTER = "letter", "Told by letter"


class ReferralQuerySet(models.QuerySet["Referral"]):
    def awaiting_decision(self) -> ReferralQuerySet:
        return self.filter(status=RECEIVED)

    def to_be_told(self) -> ReferralQuerySet:
        """Decided, and the referrer is still to be rung."""
        return self.exclude(status=RECEIVED).filter(told_how=Telling.RING)


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
    family_knows = models.BooleanField(null=True)
    knowledge = models.TextField(blank=True, default="", db_default="")
    immediate_danger = models.BooleanField(default=False)
    decision_due_on = models.DateField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision_reason = models.TextField(blank=True)
    redirected_to = models.CharField(max_length=200, blank=True, default="", db_default="")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="owned_referrals")
    owned_at = models.DateTimeField(null=True, blank=True)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="later")
    told_how = models.CharField(max_length=10, choices=Telling, blank=True, default="", db_default="")
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    guest_name = models.CharField(max_length=150, blank=True, default="", db_default="")
    guest_role = models.CharField(max_length=150, blank=True, default="", db_default="")
    guest_organisation = models.CharField(max_length=150, blank=True, default="", db_default="")
    guest_email = models.EmailField(blank=True, default="", db_default="")
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
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
                | (~Q(status=RECEIVED) & Q(decided_at__isnull=False, decided_at__gte=F("received_at"))),
                name="decided_referral_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(owner=None, owned_at=None) | Q(owner__isnull=False, owned_at__isnull=False),
                name="owned_referral_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(decided_at__isnull=False, told_at__gte=F("decided_at")),
                name="outcome_is_told_once_decided",
            ),
            models.CheckConstraint(
                condition=(Q(guest_email="") | Q(email_confirmed_at__isnull=False)),
                name="guest_confirmed_their_address",
            ),
            models.CheckConstraint(condition=~Q(previous=F("id")), name="referral_never_follows_itself"),
        ]

    def __str__(self) -> str:
        return self.reference


class GuestPass(Row):
    """An e-mail address somebody without an account confirms before they refer. The address, and the code until it
    was typed, lie sealed; ``email_hash`` and ``code_hash`` say whether two are the same, and nothing else."""

    protection = Open("sealed addresses of people who refer, and no young person")

    sealed = models.BinaryField()
    email_hash = models.CharField(max_length=64, db_index=True)
    code_hash = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    made = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "guest passes"

    def __str__(self) -> str:
        return f"Guest pass of {self.recorded_at:%-d %B %Y}"


class ReferralMove(StatusMove):
    """A change of a referral's status: the decision, when, by whom and why."""

    protection = Follows("referral")

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="status_moves")


class ReferralCorrection(Correction):
    """What a referral said before a correction arrived: the old values, field by field."""

    protection = Follows("referral")

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="corrections")
