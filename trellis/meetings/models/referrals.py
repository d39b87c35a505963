"""Who is brought to a panel, by whom, why, and what the young person says to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from trellis.accounts.models import User
from trellis.cases.history import StatusMove
from trellis.core.models import Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.meetings.lifecycle import REFERRAL, WAITING
from trellis.meetings.models.panels import Panel
from trellis.people.models import Person


class ConsentBy(models.TextChoices):
    CHILD = "child", "The young person"
    PARENT = "parent", "A parent or whoever has parental responsibility"
    BOTH = "both", "The young person and a parent"


class PanelReferral(Row):
    """One young person brought to one panel. ``consent_*``: who gave it and when, where the panel needs it."""

    protection = OfPerson(Part.PANELS)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="panel_referrals")
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="referrals")
    why = models.TextField()
    childs_view = models.TextField(blank=True)
    child_not_asked_why = models.TextField(blank=True)
    consent_from = models.CharField(max_length=10, choices=ConsentBy, blank=True)
    consent_name = models.CharField(max_length=150, blank=True)
    consented_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=20, choices=REFERRAL.choices, default=WAITING)
    referred_at = models.DateTimeField()
    referred_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    form_key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["-referred_at"]
        indexes = [
            models.Index(fields=["panel", "referred_at"], name="panel_referral_waiting", condition=Q(status=WAITING))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "panel"], condition=Q(status=WAITING), name="waits_once_for_a_panel"
            ),
            models.CheckConstraint(
                condition=Q(consent_from="", consented_on__isnull=True)
                | ~Q(consent_from="") & Q(consented_on__isnull=False) & ~Q(consent_name=""),
                name="consent_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel}, {self.referred_at:%-d %B %Y}"


class PanelReferralMove(StatusMove):
    """A change of a referral's status."""

    protection = Follows("referral")

    referral = models.ForeignKey(PanelReferral, on_delete=models.PROTECT, related_name="status_moves")
