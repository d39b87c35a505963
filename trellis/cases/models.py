"""The spine: a case, who works it, and everything that happened to or around the child."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import Agency, User
from trellis.cases.chronology import NOTE, WRITTEN
from trellis.cases.history import StatusMove
from trellis.cases.lifecycle import CASE, OPEN
from trellis.core.clocks import now
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.need_to_know.handling import Handled, Recoding
from trellis.people.models import Person


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> CaseQuerySet:
        return self.filter(status=OPEN)


class Case(Row):
    """The hub's work with one child, from opening to closure. One may be open at a time."""

    protection = OfPerson(Part.IDENTITY)

    reference = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    status = models.CharField(max_length=20, choices=CASE.choices, default=OPEN)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closure_reason = models.CharField(max_length=60, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on"]
        indexes = [models.Index(fields=["person"], name="case_open", condition=Q(status=OPEN))]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(status=OPEN), name="one_open_case_for_a_child"),
            models.CheckConstraint(
                condition=Q(status=OPEN, closed_on__isnull=True, closure_reason="")
                | (Q(status="closed", closed_on__isnull=False, closed_on__gte=F("opened_on")) & ~Q(closure_reason="")),
                name="closed_case_has_day_and_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class CaseMove(StatusMove):
    """A change of a case's status: when, by whom and why."""

    protection = Follows("case")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="status_moves")


class AllocationQuerySet(models.QuerySet["Allocation"]):
    def current(self) -> AllocationQuerySet:
        return self.filter(ends_on__isnull=True)


class Allocation(Row):
    """Who works a case, in which part, from when to when."""

    protection = Follows("case")

    class Part(models.TextChoices):
        LEAD = "lead", "Lead worker"
        JOINT = "joint", "Joint worker"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="allocations")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="allocations")
    part = models.CharField(max_length=10, choices=Part, default=Part.LEAD)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        indexes = [models.Index(fields=["worker"], name="allocation_now", condition=Q(ends_on__isnull=True))]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(part="lead", ends_on__isnull=True),
                name="one_lead_worker_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="allocation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker}, {self.get_part_display()}"


class Significance(models.IntegerChoices):
    ROUTINE = 1, "Routine"
    NOTABLE = 2, "Notable"
    CRITICAL = 3, "Critical"


class ChronologyEntry(Handled, AppendOnly, Row):
    """One thing that happened to or around a child. A correction is a new entry that supersedes the old."""

    protection = OfPerson(Part.CHRONOLOGY, handled=True, about="about")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="chronology")
    happened_at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    significance = models.PositiveSmallIntegerField(choices=Significance, default=Significance.ROUTINE)
    subject = models.UUIDField(null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    recorded_at = models.DateTimeField(default=now)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-happened_at", "-recorded_at"]
        verbose_name_plural = "chronology entries"
        indexes = [
            models.Index(fields=["person", "-happened_at", "-recorded_at"], name="chronology_of_a_child"),
            models.Index(fields=["-recorded_at"], name="chronology_latest"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def written_by_worker(self) -> bool:
        """Not by a form of its own elsewhere, and not by a partner's file. In SQL: queries.SOURCES."""
        of_its_kind = self.kind in WRITTEN and self.subject is None and self.recorded_by_id is not None
        return self.kind == NOTE or of_its_kind


class RawText(AppendOnly, Row):
    """What a source said, word for word, beside the entry that says it safely. Only the agency that owns the entry
    reads it; it is in no search, list, message or export."""

    protection = Follows("entry", owner="agency")

    entry = models.OneToOneField(ChronologyEntry, on_delete=models.PROTECT, related_name="raw")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()

    def __str__(self) -> str:
        return f"raw text of {self.entry_id}"


class EntryRecoding(Recoding):
    """A chronology entry was given another handling code."""

    protection = Follows("entry")

    entry = models.ForeignKey(ChronologyEntry, on_delete=models.PROTECT, related_name="recodings")


class Notice(Row):
    """Something one user is to know about a child: told once, in words that repeat nothing of the record."""

    protection = OfPerson(Part.IDENTITY)

    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    words = models.CharField(max_length=300)
    told_at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-told_at", "id"]
        indexes = [models.Index(fields=["to", "-told_at"], name="notice_unseen", condition=Q(seen_at__isnull=True))]

    def __str__(self) -> str:
        return self.words
