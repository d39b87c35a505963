"""What a meeting talks about, one young person at a time, and what somebody does after it."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from trellis.accounts.models import User
from trellis.cases.history import StatusMove
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.core.revisions import Revised
from trellis.meetings.lifecycle import ACTION, ITEM, TALKED_ABOUT, TO_DO, TO_TALK_ABOUT
from trellis.meetings.models.panels import PanelMeeting
from trellis.meetings.models.referrals import PanelReferral
from trellis.people.models import Person


class AgendaItem(Revised, Row):
    """One young person on the agenda of one meeting. ``reason``: why they are on it, in words; ``rank`` their place.

    ``said`` is what was said of them, short; ``decision`` a code of the list panel_decision.
    """

    protection = OfPerson(Part.PANELS)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agenda_items")
    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="items")
    referral = models.ForeignKey(PanelReferral, on_delete=models.PROTECT, null=True, related_name="items")
    rank = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=400)
    status = models.CharField(max_length=20, choices=ITEM.choices, default=TO_TALK_ABOUT)
    said = models.TextField(blank=True)
    decision = models.CharField(max_length=60, blank=True)
    decided_why = models.CharField(max_length=300, blank=True)
    review_on = models.DateField(null=True, blank=True)
    talked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "rank", "recorded_at", "id"]
        indexes = [models.Index(fields=["person", "-recorded_at"], name="agenda_items_of_a_child")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="on_an_agenda_once"),
            models.CheckConstraint(
                condition=~Q(status=TALKED_ABOUT) | Q(talked_at__isnull=False) & ~Q(decision=""),
                name="talked_about_says_when_and_what_was_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.rank}"


class AgendaItemMove(StatusMove):
    """A change of an agenda item's status."""

    protection = Follows("item")

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="status_moves")


class PanelActionQuerySet(models.QuerySet["PanelAction"]):
    def to_do(self) -> PanelActionQuerySet:
        return self.filter(status=TO_DO)

    def due_by(self, day: date) -> PanelActionQuerySet:
        return self.to_do().filter(due_on__lte=day)


class PanelAction(Revised, Row):
    """Something agreed at a panel, that somebody does by a day; ``effect``: what came of it."""

    protection = OfPerson(Part.PANELS)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="panel_actions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="panel_actions")
    due_on = models.DateField()
    status = models.CharField(max_length=20, choices=ACTION.choices, default=TO_DO)
    effect = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PanelActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "recorded_at"]
        indexes = [
            models.Index(fields=["person"], name="panel_actions_to_do", condition=Q(status=TO_DO)),
            models.Index(fields=["owner", "due_on"], name="panel_action_of_owner", condition=Q(status=TO_DO)),
        ]

    def __str__(self) -> str:
        return self.what


class PanelActionMove(StatusMove):
    """A change of an action's status."""

    protection = Follows("action")

    action = models.ForeignKey(PanelAction, on_delete=models.PROTECT, related_name="status_moves")


class CarriedPanelAction(AppendOnly, Row):
    """An action that was still to be done when the panel met again was carried into that meeting."""

    protection = Follows("action")

    action = models.ForeignKey(PanelAction, on_delete=models.PROTECT, related_name="carried")
    into = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="carried_in")
    carried_at = models.DateTimeField()
    carried_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-carried_at"]
        constraints = [
            models.UniqueConstraint(fields=["action", "into"], name="panel_action_carried_once_into_a_meeting"),
        ]

    def __str__(self) -> str:
        return f"carried on {self.carried_at:%-d %B %Y}"
