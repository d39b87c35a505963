"""What other agencies are asked to contribute to an assessment, and what they say."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import Agency, User
from trellis.assessments.lifecycle import ASKED, CONTRIBUTION, GIVEN
from trellis.assessments.models.assessments import Assessment
from trellis.cases.history import StatusMove
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.need_to_know.handling import Handled
from trellis.need_to_know.seeing import Within
from trellis.people.models import Person


class ContributionRequest(Row):
    """An agency, or one person there, is asked what they know and think, by a day.

    Seen with the whole record, and by the agency asked as long as it sees who the young person is. ``agencies`` names
    that agency for the database, which compares arrays.
    """

    protection = OfPerson(Part.IDENTITY, named="agencies")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contribution_requests")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="contribution_requests")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agencies = ArrayField(models.UUIDField())
    asked_of = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    question = models.TextField()
    status = models.CharField(max_length=20, choices=CONTRIBUTION.choices, default=ASKED)
    due_on = models.DateField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    chased_at = models.DateTimeField(null=True, blank=True)
    form_key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["due_on", "recorded_at"]
        indexes = [
            models.Index(fields=["agency", "due_on"], name="contribution_waiting", condition=Q(status=ASKED)),
            models.Index(fields=["assessment"], name="contributions_of_assessment"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Within(F("agencies"), F("agency_id")), name="contribution_names_who_is_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.get_status_display()}"


class ContributionMove(StatusMove):
    """A change of a request's status."""

    protection = Follows("request")

    request = models.ForeignKey(ContributionRequest, on_delete=models.PROTECT, related_name="status_moves")


class Contribution(Handled, AppendOnly, Row):
    """What an agency says when asked. It stays the agency's own: handled by its code, put right by a later one."""

    protection = OfPerson(Part.ASSESSMENTS, handled=True)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contributions")
    request = models.ForeignKey(ContributionRequest, on_delete=models.PROTECT, related_name="contributions")
    text = models.TextField()
    strengths = models.TextField(blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    form_key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["-given_at"]

    def __str__(self) -> str:
        return f"{GIVEN} {self.given_at:%-d %B %Y}"
