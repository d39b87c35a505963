"""When a child was missing: each report, its grades, who looks after it at the desk."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce

from trellis.accounts.models import User
from trellis.cases.history import Correction, StatusMove
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.missing.lifecycle import EPISODE, INTERVIEW_WAITING, MERGED, MISSING, RETURNED
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


class FoundBy(models.TextChoices):
    POLICE = "police", "The police"
    CARER = "carer", "A parent or carer"
    WORKER = "worker", "A worker"
    THEMSELVES = "themselves", "They came back by themselves"
    OTHER = "other", "Somebody else"


class EpisodeQuerySet(models.QuerySet["MissingEpisode"]):
    def counted(self) -> EpisodeQuerySet:
        """Each time missing once: a report merged into another is not another time."""
        return self.exclude(status=MERGED)

    def missing_now(self) -> EpisodeQuerySet:
        return self.filter(status=MISSING)

    def back_and_waiting(self) -> EpisodeQuerySet:
        """Back, with a return interview still to be offered or held."""
        return self.filter(status=RETURNED, interview__status__in=INTERVIEW_WAITING)


class MissingEpisode(Row):
    """One time a child was reported missing. It begins when they were last seen, or when reported.

    A second report of the same time is kept, ``merged_into`` the first. ``factors`` and ``harm`` are codes of the
    lists missing_reason and missing_harm. ``responsible_authority``: of a child whom another authority placed here.
    ``owner`` is who looks after it at the desk now; ``acknowledged_at``, when somebody first took it.
    """

    protection = OfPerson(Part.MISSING)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="missing_episodes")
    police_ref = models.CharField(max_length=40, unique=True, null=True)  # noqa: DJ001 unique when known
    kind = models.CharField(max_length=30, choices=Kind)
    status = models.CharField(max_length=20, choices=EPISODE.choices, default=MISSING)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    last_seen_where = models.CharField(max_length=200, blank=True)
    wearing = models.CharField(max_length=300, blank=True)
    reported_at = models.DateTimeField(db_index=True)
    reported_by = models.CharField(max_length=150, blank=True)
    risk_grade = models.CharField(max_length=30, blank=True)
    found_at = models.DateTimeField(null=True, blank=True)
    found_where = models.CharField(max_length=200, blank=True)
    found_with = models.CharField(max_length=200, blank=True)
    found_by = models.CharField(max_length=20, choices=FoundBy, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    officer = models.CharField(max_length=150, blank=True)
    out_of_area = models.BooleanField(default=False)
    responsible_authority = models.CharField(max_length=9, blank=True)
    factors = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    harm = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    harm_told = models.TextField(blank=True)
    offences = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_reports")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = EpisodeQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_at"]
        indexes = [
            models.Index(fields=["reported_at"], name="missing_now", condition=Q(status=MISSING)),
            models.Index(fields=["person", "-reported_at"], name="missing_by_child"),
            models.Index(
                fields=["reported_at"], name="missing_unacknowledged", condition=Q(status=MISSING, acknowledged_at=None)
            ),
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
                condition=~Q(status=MERGED),
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(
                condition=Q(status=MISSING, returned_at__isnull=True)
                | Q(status=RETURNED, returned_at__isnull=False)
                | Q(status=MERGED),
                name="returned_episode_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status=MERGED, merged_into__isnull=False) & ~Q(merged_into=F("id"))
                | ~Q(status=MERGED) & Q(merged_into__isnull=True),
                name="merged_report_names_another",
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(acknowledged_at__isnull=False),
                name="owned_episode_was_acknowledged",
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
    """A grade given to an episode: by whom, when and on what information. The latest stands.

    ``by_police``: the police's own, as their file tells it; a grade of the desk takes nothing from it.
    """

    protection = Follows("episode")

    episode = models.ForeignKey(MissingEpisode, on_delete=models.PROTECT, related_name="gradings")
    grade = models.CharField(max_length=30)
    graded_at = models.DateTimeField()
    graded_by = models.CharField(max_length=150, blank=True)
    information = models.TextField(blank=True)
    by_police = models.BooleanField(default=False, db_default=False)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-graded_at"]

    def __str__(self) -> str:
        return f"{self.episode}: {self.grade}"


class EpisodeCorrection(Correction):
    """What an episode said before a correction arrived: the old values, field by field.

    ``report``: the other report that was merged into this episode, or taken out of it, and thereby changed its times.
    """

    protection = Follows("episode")

    episode = models.ForeignKey(MissingEpisode, on_delete=models.PROTECT, related_name="corrections")
    report = models.ForeignKey(MissingEpisode, on_delete=models.PROTECT, null=True, related_name="+")


class DeskOwner(AppendOnly, Row):
    """Who looked after an episode at the desk, from when. The latest does."""

    protection = Follows("episode")

    episode = models.ForeignKey(MissingEpisode, on_delete=models.PROTECT, related_name="owners")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-given_at"]

    def __str__(self) -> str:
        return f"{self.episode}: {self.owner}"


class Escalation(AppendOnly, Row):
    """That nobody had taken a report within the time set, ``level`` times over, and how many people were told."""

    protection = Follows("episode")

    episode = models.ForeignKey(MissingEpisode, on_delete=models.PROTECT, related_name="escalations")
    level = models.PositiveSmallIntegerField()
    escalated_at = models.DateTimeField()
    waited_minutes = models.PositiveIntegerField()
    told = models.PositiveIntegerField()

    class Meta:
        ordering = ["-escalated_at"]
        constraints = [
            models.UniqueConstraint(fields=["episode", "level"], name="escalated_once_at_each_level"),
            models.CheckConstraint(condition=Q(level__gte=1), name="escalation_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.episode}: {self.level}"
