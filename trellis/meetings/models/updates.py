"""What partners are asked before a meeting, and what they say."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import Agency, User
from trellis.cases.history import StatusMove
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.meetings.lifecycle import ASKED, UPDATE
from trellis.meetings.models.panels import PanelMeeting
from trellis.need_to_know.handling import Handled
from trellis.need_to_know.seeing import Within
from trellis.people.models import Person


class UpdateRequest(Row):
    """An agency is asked before a meeting what it knows of one young person, by a day.

    Seen with the whole record, and by the agency asked as long as it sees who the young person is. It names the
    meeting and not the agenda item, whose reason the agency asked does not read.
    """

    protection = OfPerson(Part.IDENTITY, named="agencies")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="update_requests")
    meeting = models.ForeignKey(PanelMeeting, on_delete=models.PROTECT, related_name="update_requests")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agencies = ArrayField(models.UUIDField())
    question = models.CharField(max_length=500)
    status = models.CharField(max_length=20, choices=UPDATE.choices, default=ASKED)
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    chased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "recorded_at"]
        indexes = [
            models.Index(fields=["agency", "due_on"], name="panel_update_waiting", condition=Q(status=ASKED)),
            models.Index(fields=["meeting", "person"], name="updates_of_a_meeting"),
        ]
        constraints = [
            models.CheckConstraint(condition=Within(F("agencies"), F("agency_id")), name="update_names_who_is_asked"),
            models.UniqueConstraint(fields=["meeting", "person", "agency"], name="agency_asked_once_for_a_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.get_status_display()}"


class UpdateRequestMove(StatusMove):
    """A change of a request's status."""

    protection = Follows("request")

    request = models.ForeignKey(UpdateRequest, on_delete=models.PROTECT, related_name="status_moves")


class PanelUpdate(Handled, AppendOnly, Row):
    """What an agency says when asked. It stays the agency's own, handled by its code."""

    protection = OfPerson(Part.PANELS, handled=True)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="panel_updates")
    request = models.ForeignKey(UpdateRequest, on_delete=models.PROTECT, related_name="updates")
    text = models.TextField()
    going_well = models.TextField(blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    form_key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["-given_at"]

    def __str__(self) -> str:
        return f"given {self.given_at:%-d %B %Y}"
