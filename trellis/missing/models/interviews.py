"""The independent conversation offered on return, and the police's own, which is another."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import User
from trellis.cases.history import StatusMove
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows
from trellis.missing.lifecycle import AWAITING_OFFER, COMPLETED, COVERED, INTERVIEW, INTERVIEW_WAITING
from trellis.missing.models.episodes import MissingEpisode


class DeclinedBy(models.TextChoices):
    CHILD = "child", "The young person"
    CARER = "carer", "A parent or carer"
    OTHER = "other", "Somebody else"


class ReturnInterview(Row):
    """The independent interview offered after every return. Not the police's prevention interview.

    One conversation may cover several episodes: it is recorded on one, and the interviews of the others are
    ``covered_by`` it. ``independence``: a code of the list interview_independence.
    """

    protection = Follows("episode")

    episode = models.OneToOneField(MissingEpisode, on_delete=models.PROTECT, related_name="interview")
    status = models.CharField(max_length=20, choices=INTERVIEW.choices, default=AWAITING_OFFER)
    due_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.CharField(max_length=10, choices=DeclinedBy, blank=True)
    decline_reason = models.CharField(max_length=60, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    covered_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="covers")
    independence = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=150, blank=True)
    present = models.CharField(max_length=200, blank=True)
    account = models.TextField(blank=True)
    reason = models.CharField(max_length=60, blank=True)
    other_reasons = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    carer_view = models.TextField(blank=True)
    delay_reason = models.CharField(max_length=60, blank=True)
    delay_told = models.CharField(max_length=300, blank=True)
    police_told_at = models.DateTimeField(null=True, blank=True)
    worker_told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at"]
        indexes = [
            models.Index(fields=["due_at"], name="interview_waiting", condition=Q(status__in=INTERVIEW_WAITING)),
            models.Index(fields=["completed_at"], name="interview_completed", condition=Q(completed_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=COMPLETED) | Q(completed_at__isnull=False),
                name="completed_interview_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status=COVERED, covered_by__isnull=False) & ~Q(covered_by=F("id"))
                | ~Q(status=COVERED) & Q(covered_by__isnull=True),
                name="covered_interview_names_another",
            ),
        ]

    def __str__(self) -> str:
        return f"Return interview for {self.episode}"


class InterviewMove(StatusMove):
    """A change of a return interview's status."""

    protection = Follows("interview")

    interview = models.ForeignKey(ReturnInterview, on_delete=models.PROTECT, related_name="status_moves")


class InterviewAttempt(AppendOnly, Row):
    """One attempt to reach the young person about an interview: how, and what came of it."""

    protection = Follows("interview")

    class How(models.TextChoices):
        VISIT = "visit", "A visit"
        CALL = "call", "A call"
        MESSAGE = "message", "A message"
        THROUGH = "through", "Through somebody they know"

    interview = models.ForeignKey(ReturnInterview, on_delete=models.PROTECT, related_name="attempts")
    attempted_at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=How)
    came_of_it = models.CharField(max_length=300)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-attempted_at"]

    def __str__(self) -> str:
        return f"{self.get_how_display()}, {self.attempted_at:%-d %B %Y}"


class Mention(Row):
    """A person, place, phone or other thing the young person spoke of: information until somebody grades it.

    ``key`` is what two mentions of the same thing share, however they were typed; it links young people's records as
    a question, never as a fact. ``set_aside_at``: looked at, and not to be drawn on.
    """

    protection = Follows("interview")

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        PLACE = "place", "Place"
        PHONE = "phone", "Phone"
        VEHICLE = "vehicle", "Vehicle"
        ONLINE = "online", "Online name"

    interview = models.ForeignKey(ReturnInterview, on_delete=models.PROTECT, related_name="mentions")
    kind = models.CharField(max_length=10, choices=Kind)
    words = models.CharField(max_length=200)
    key = models.CharField(max_length=200, db_index=True)
    is_adult = models.BooleanField(default=False)
    told = models.CharField(max_length=300, blank=True)
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    set_aside_why = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["kind", "words"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "kind", "key"], name="mentioned_once_in_an_interview"),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True, set_aside_by__isnull=True)
                | Q(set_aside_at__isnull=False, set_aside_by__isnull=False),
                name="mention_set_aside_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class SafetyAction(Row):
    """What somebody will do so that the young person is safer, as agreed in a return interview."""

    protection = Follows("interview")

    interview = models.ForeignKey(ReturnInterview, on_delete=models.PROTECT, related_name="safety_actions")
    what = models.CharField(max_length=300)
    who = models.CharField(max_length=150)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    came_of_it = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on"]
        indexes = [models.Index(fields=["due_on"], name="safety_action_due", condition=Q(done_on__isnull=True))]

    def __str__(self) -> str:
        return self.what


class PreventionInterview(AppendOnly, Row):
    """The police's own conversation on return: safe now, harm, offences, what helps to find them. Never counted as a
    return interview."""

    protection = Follows("episode")

    episode = models.ForeignKey(MissingEpisode, on_delete=models.PROTECT, related_name="prevention_interviews")
    held_at = models.DateTimeField()
    officer = models.CharField(max_length=150)
    safe_now = models.CharField(max_length=300, blank=True)
    harm_told = models.TextField(blank=True)
    offences = models.TextField(blank=True)
    information = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-held_at"]

    def __str__(self) -> str:
        return f"Prevention interview for {self.episode}"
