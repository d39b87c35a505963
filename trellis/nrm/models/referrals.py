"""A referral, the decisions on it, and what was said with them."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, IntegerField, Q, Value, When

from trellis.accounts.models import Agency, User
from trellis.cases.history import StatusMove
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.core.revisions import Revised
from trellis.need_to_know.handling import Handled
from trellis.nrm.lifecycle import (
    BODIES,
    CLOCKS,
    CONCLUSIVE,
    DEVOLVED,
    DUE,
    NOTIFIED,
    NRM_REFERRAL,
    OVER,
    REASONABLE,
    REFERRED,
    STAGES,
)
from trellis.people.models import Person

BODY_CHOICES = list(BODIES.items())


class YesNoNotKnown(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class NrmReferralQuerySet(models.QuerySet["NrmReferral"]):
    def overdue(self, on: date) -> NrmReferralQuerySet:
        """A decision is due and its day has passed."""
        return self.filter(clock=DUE, clock_on__lt=on)

    def by_clock(self, on: date) -> NrmReferralQuerySet:
        """Overdue first, then by the next day that matters, then those for which none is left."""
        rank = Case(
            When(clock=DUE, clock_on__lt=on, then=Value(0)),
            When(clock_on__gte=on, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return self.order_by(rank, F("clock_on").asc(nulls_last=True), "-submitted_at", "id")


class NrmReferral(Revised, Row):
    """A young person was referred by a first responder; or, for an adult who did not agree to that, the Home Office was
    notified without a referral (``consent`` is DUTY).

    ``types``: codes of the list nrm_exploitation_type. ``clock``, ``clock_on``: which day matters next, kept by the
    services whenever something is decided; a day may be the first or the last on which something can be done.
    """

    class Consent(models.TextChoices):
        NOT_NEEDED = "not_needed", "Not needed: under 18"
        GIVEN = "given", "Given"
        DUTY = "duty", "Not given: the duty to notify was met instead"

    class Where(models.TextChoices):
        UK = "uk", "In the UK"
        ABROAD = "abroad", "Abroad"
        BOTH = "both", "In the UK and abroad"
        NOT_KNOWN = "not_known", "Not known"

    protection = OfPerson(Part.NRM)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="nrm_referrals")
    status = models.CharField(max_length=20, choices=NRM_REFERRAL.choices, default=REFERRED)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    first_responder = models.CharField(max_length=150)
    consent = models.CharField(max_length=20, choices=Consent)
    consented_on = models.DateField(null=True, blank=True)
    types = ArrayField(models.CharField(max_length=40))
    county_lines = models.CharField(max_length=10, choices=YesNoNotKnown, default=YesNoNotKnown.NOT_KNOWN)
    happened_where = models.CharField(max_length=10, choices=Where, default=Where.NOT_KNOWN)
    submitted_at = models.DateTimeField()
    reference = models.CharField(max_length=40, blank=True)
    body = models.CharField(max_length=20, choices=BODY_CHOICES, blank=True)
    clock = models.CharField(max_length=20, choices=list(CLOCKS.items()), blank=True)
    clock_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = NrmReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at"]
        indexes = [
            models.Index(fields=["person", "-submitted_at"], name="nrm_referrals_of_a_child"),
            models.Index(fields=["clock_on"], name="nrm_clocks"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(status=REFERRED), name="one_nrm_referral_waits_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(consent="duty", status=NOTIFIED, body="")
                | (~Q(consent="duty") & ~Q(status=NOTIFIED) & ~Q(body="")),
                name="nrm_referral_goes_to_a_body_a_notice_to_none",
            ),
            models.CheckConstraint(
                condition=Q(consent="given", consented_on__isnull=False)
                | (~Q(consent="given") & Q(consented_on__isnull=True)),
                name="nrm_consent_given_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(clock="", clock_on__isnull=True) | (~Q(clock="") & Q(clock_on__isnull=False)),
                name="nrm_clock_has_a_day",
            ),
            models.CheckConstraint(condition=~Q(types=[]), name="nrm_referral_says_of_what"),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()}, {self.submitted_at:%-d %B %Y}"

    @property
    def is_over(self) -> bool:
        return self.status in OVER


class NrmReferralMove(StatusMove):
    """A change of a referral's status: when, by whom and why."""

    protection = Follows("referral")

    referral = models.ForeignKey(NrmReferral, on_delete=models.PROTECT, related_name="status_moves")


class NrmDecision(AppendOnly, Row):
    """What a body decided at one stage, on which day; the latest of a stage stands. The reasons are kept apart, each
    with its own handling. ``outcome``: a code of the list nrm_outcome. ``chair``: who led the local panel."""

    protection = Follows("referral")

    referral = models.ForeignKey(NrmReferral, on_delete=models.PROTECT, related_name="decisions")
    stage = models.CharField(max_length=20, choices=list(STAGES.items()))
    outcome = models.CharField(max_length=40)
    decided_on = models.DateField()
    body = models.CharField(max_length=20, choices=BODY_CHOICES)
    chair = models.CharField(max_length=150, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["decided_on", "-stage", "recorded_at"]
        indexes = [models.Index(fields=["referral", "decided_on"], name="nrm_decisions_in_order")]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=(REASONABLE, CONCLUSIVE)), name="nrm_decision_is_of_a_stage"),
            models.CheckConstraint(condition=~Q(body=DEVOLVED) | ~Q(chair=""), name="nrm_panel_says_who_led_it"),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}, {self.decided_on:%-d %B %Y}"


class NrmReconsideration(Row):
    """Somebody asked that a decision be looked at again, and what came of it. What it then says is a decision of its
    own."""

    class Outcome(models.TextChoices):
        CHANGED = "changed", "Decided otherwise"
        STANDS = "stands", "Looked at again: the decision stands"
        NOT_TAKEN_UP = "not_taken_up", "Not looked at again"

    protection = Follows("referral")

    referral = models.ForeignKey(NrmReferral, on_delete=models.PROTECT, related_name="reconsiderations")
    decision = models.ForeignKey(NrmDecision, on_delete=models.PROTECT, related_name="reconsiderations")
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=150)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-asked_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(outcome=""), name="one_nrm_reconsideration_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answered_on__isnull=True)
                | (~Q(outcome="") & Q(answered_on__isnull=False, answered_on__gte=F("asked_on"))),
                name="nrm_reconsideration_answered_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"asked {self.asked_on:%-d %B %Y}"


class NrmStatement(Handled, AppendOnly, Row):
    """What was told, sent or given as a reason, in words. It stays the writer's agency's own, handled by its code: who
    sees the referral and its decisions does not by that see what the police said of them."""

    class Kind(models.TextChoices):
        TOLD = "told", "What was told with the referral"
        EVIDENCE = "evidence", "Evidence sent"
        REASONS = "reasons", "Reasons given for the decision"
        RECONSIDER = "reconsider", "Why it should be looked at again"

    protection = OfPerson(Part.NRM, handled=True)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="nrm_statements")
    referral = models.ForeignKey(NrmReferral, on_delete=models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=20, choices=Kind)
    text = models.TextField()
    said_on = models.DateField()
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["said_on", "recorded_at"]
        indexes = [models.Index(fields=["referral", "said_on"], name="nrm_statements_in_order")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.said_on:%-d %B %Y}"
