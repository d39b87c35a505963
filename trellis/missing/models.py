"""When a child was missing, and the independent conversation offered on return."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce

from trellis.accounts.models import User
from trellis.cases.history import Correction, StatusMove
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.missing.lifecycle import (
    AWAITING_OFFER,
    COMPLETED,
    EPISODE,
    INTERVIEW,
    INTERVIEW_WAITING,
    MISSING,
    RETURNED,
)
from trellis.people.models import Person


class TimeRange(Func):
    """``tstzrange(start, end)``: endless while the child is missing."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class Kind(models.TextChoices):
    """Where from, and whether the whereabouts were known. Police reports of all children, with times."""

    HOME = "home", "Missing from home"
    CARE = "care", "Missing from care"
    AWAY = "away_without_authorisation", "Away from placement without authorisation"


class EpisodeQuerySet(models.QuerySet["MissingEpisode"]):
    def missing_now(self) -> EpisodeQuerySet:
        return self.filter(status=MISSING)

    def back_and_waiting(self) -> EpisodeQuerySet:
        """Back, with a return interview still to be offered or held."""
        return self.filter(status=RETURNED, interview__status__in=INTERVIEW_WAITING)


class MissingEpisode(Row):
    """One time a child was reported missing. It begins when they were last seen, or when reported."""

    protection = OfPerson(Part.MISSING)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="missing_episodes")
    police_ref = models.CharField(max_length=40, unique=True, null=True)  # noqa: DJ001 unique when known
    kind = models.CharField(max_length=30, choices=Kind)
    status = models.CharField(max_length=20, choices=EPISODE.choices, default=MISSING)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(db_index=True)
    reported_by = models.CharField(max_length=150, blank=True)
    risk_grade = models.CharField(max_length=30, blank=True)
    found_at = models.DateTimeField(null=True, blank=True)
    found_where = models.CharField(max_length=200, blank=True)
    found_with = models.CharField(max_length=200, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    officer = models.CharField(max_length=150, blank=True)
    out_of_area = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_at"]
        indexes = [
            models.Index(fields=["reported_at"], name="missing_now", condition=Q(status=MISSING)),
            models.Index(fields=["person", "-reported_at"], name="missing_by_child"),
        ]
        constraints = [
            ExclusionConstraint(
                name="one_missing_episode_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (
                        TimeRange(Coalesce("last_seen_at", "reported_at"), "returned_at"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(
                condition=Q(status=MISSING, returned_at__isnull=True) | Q(status=RETURNED, returned_at__isnull=False),
                name="returned_episode_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(last_seen_at__isnull=True) | Q(last_seen_at__lte=F("reported_at")),
                name="last_seen_before_reported",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(returned_at__gt=Coalesce("last_seen_at", "reported_at")),
                name="returned_after_going_missing",
            ),
        ]

    def __str__(self) -> str:
        return self.police_ref or str(self.id)


class EpisodeMove(StatusMove):
    """A change of an episode's status."""

    protection = Follows("episode")

    episode = models.ForeignKey(MissingEpisode, on_delete=models.PROTECT, related_name="status_moves")


class RiskGrading(AppendOnly, Row):
    """A grade given to an episode: by whom, when and on what information. The latest stands."""

    protection = Follows("episode")

    episode = models.ForeignKey(MissingEpisode, on_delete=models.PROTECT, related_name="gradings")
    grade = models.CharField(max_length=30)
    graded_at = models.DateTimeField()
    graded_by = models.CharField(max_length=150, blank=True)
    information = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-graded_at"]

    def __str__(self) -> str:
        return f"{self.episode}: {self.grade}"


class EpisodeCorrection(Correction):
    """What an episode said before a correction arrived: the old values, field by field."""

    protection = Follows("episode")

    episode = models.ForeignKey(MissingEpisode, on_delete=models.PROTECT, related_name="corrections")


class ReturnInterview(Row):
    """The independent interview offered after every return. Not the police's prevention interview."""

    protection = Follows("episode")

    episode = models.OneToOneField(MissingEpisode, on_delete=models.PROTECT, related_name="interview")
    status = models.CharField(max_length=20, choices=INTERVIEW.choices, default=AWAITING_OFFER)
    due_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True, blank=True)
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=60, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=150, blank=True)
    account = models.TextField(blank=True)
    reason = models.CharField(max_length=60, blank=True)
    delay_reason = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["due_at"]
        indexes = [
            models.Index(fields=["due_at"], name="interview_waiting", condition=Q(status__in=INTERVIEW_WAITING)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=COMPLETED) | Q(completed_at__isnull=False),
                name="completed_interview_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Return interview for {self.episode}"


class InterviewMove(StatusMove):
    """A change of a return interview's status."""

    protection = Follows("interview")

    interview = models.ForeignKey(ReturnInterview, on_delete=models.PROTECT, related_name="status_moves")
