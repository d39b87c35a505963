"""Panels as data, and the days they meet."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from trellis.accounts.models import User
from trellis.cases.history import StatusMove
from trellis.core.models import Dated, Row
from trellis.core.protection import Open
from trellis.meetings.lifecycle import MEETING, PLANNED


class Rule(models.TextChoices):
    """By what an agenda is built, besides referrals, reviews that are due and actions still to do."""

    MISSING = "missing", "Missing repeatedly, or graded high, since the last meeting"
    ADULTHOOD = "adulthood", "An open case, and adulthood comes near"
    REFERRED = "referred", "Only who was referred"


class Panel(Dated):
    """A panel. ``consent_from``: from whom consent is needed before somebody is referred, in words; empty for none."""

    protection = Open("what each panel is for")

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    purpose = models.TextField()
    consent_from = models.CharField(max_length=300, blank=True)
    rule = models.CharField(max_length=20, choices=Rule)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class PanelMeeting(Row):
    """A day on which a panel meets. ``agencies``: codes of those who came. It names no young person."""

    protection = Open("days of meetings, names of workers, codes of agencies")

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="meetings")
    meets_at = models.DateTimeField()
    updates_on = models.DateField()
    place = models.CharField(max_length=150, blank=True)
    lead = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=MEETING.choices, default=PLANNED)
    agencies = ArrayField(models.SlugField(), default=list, blank=True)
    form_key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["-meets_at"]
        indexes = [models.Index(fields=["panel", "-meets_at"], name="meetings_of_a_panel")]
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "meets_at"],
                condition=~models.Q(status="cancelled"),
                name="panel_meets_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel}, {self.meets_at:%-d %B %Y}"


class PanelMeetingMove(StatusMove):
    """A change of a meeting's status; ``why`` is one of the reasons of a list."""

    protection = Open("days of meetings and reasons of a list")

    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="status_moves")
