"""Direct work, and the team around the young person."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import Agency, User
from trellis.cases.history import StatusMove
from trellis.core.models import Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.core.revisions import Revised
from trellis.people.models import Person
from trellis.plans.lifecycle import CANCELLED, DIRECT_WORK, HELD, PLANNED
from trellis.plans.models.plans import Plan


class DirectWork(Revised, Row):
    """One time a worker meant to spend with the young person, and how it went."""

    class Kind(models.TextChoices):
        VISIT = "visit", "Visit"
        SESSION = "direct_work", "Session together"
        CALL = "call", "Call or message"
        ACTIVITY = "activity", "Activity together"

    protection = OfPerson(Part.PLAN)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="direct_work")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="direct_work")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.VISIT)
    status = models.CharField(max_length=20, choices=DIRECT_WORK.choices, default=PLANNED)
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="direct_work")
    planned_at = models.DateTimeField()
    happened_at = models.DateTimeField(null=True, blank=True)
    seen_alone = models.BooleanField(null=True, blank=True)
    where = models.CharField(max_length=200, blank=True)
    with_whom = models.CharField(max_length=200, blank=True)
    childs_words = models.TextField(blank=True)
    what_happened = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-planned_at"]
        indexes = [
            models.Index(fields=["person", "-planned_at"], name="direct_work_of_a_child"),
            models.Index(fields=["worker", "planned_at"], name="direct_work_planned", condition=Q(status=PLANNED)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=(PLANNED, CANCELLED)) | Q(happened_at__isnull=False),
                name="direct_work_done_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=HELD) | Q(seen_alone__isnull=False), name="direct_work_held_says_whether_seen_alone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_status_display().lower()}"


class DirectWorkMove(StatusMove):
    """A change of its status; or, its status unchanged, of the time or worker that were planned."""

    protection = Follows("direct_work")

    direct_work = models.ForeignKey(DirectWork, on_delete=models.PROTECT, related_name="status_moves")


class TeamMember(Row):
    """Somebody of the team around the young person, in a part, from a day until a day. The trusted adult is the one
    the young person named."""

    protection = OfPerson(Part.PLAN)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="team_around")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=150)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    part = models.CharField(max_length=100)
    phone = models.CharField(max_length=40, blank=True)
    is_trusted_adult = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-is_trusted_adult", "starts_on", "name"]
        indexes = [
            models.Index(fields=["person"], name="team_around_now", condition=Q(ends_on__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_trusted_adult=True, ends_on__isnull=True),
                name="one_trusted_adult_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="team_member_leaves_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.part}"
