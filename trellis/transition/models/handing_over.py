"""Who takes over, what was handed over, and the move from primary to secondary school."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import Agency, User
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.core.revisions import Revised
from trellis.people.models import Person

NOT_RECEIVED = Q(received_by="", received_on__isnull=True)


class AdultWorker(Row):
    """Who works with them from 18 on, from the day they were named until another is."""

    protection = OfPerson(Part.TRANSITION)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="adult_workers")
    name = models.CharField(max_length=150)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    service = models.CharField(max_length=150, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = [F("ends_on").desc(nulls_first=True), "-starts_on", "-recorded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ends_on__isnull=True), name="one_adult_worker_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="adult_worker_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class JointMeeting(AppendOnly, Row):
    """A meeting with the adult worker; the first with the young person is when the two met."""

    protection = Follows("adult_worker")

    adult_worker = models.ForeignKey(AdultWorker, on_delete=models.PROTECT, related_name="joint_meetings")
    met_on = models.DateField()
    young_person_came = models.BooleanField()
    who_took_part = models.TextField(blank=True)
    childs_words = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-met_on", "-recorded_at"]

    def __str__(self) -> str:
        return f"joint meeting of {self.met_on:%-d %B %Y}"


class HandOver(Revised, Row):
    """What was handed over to whom; ``received_by`` and ``received_on`` are the receipt."""

    protection = OfPerson(Part.TRANSITION)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hand_overs")
    what = models.TextField()
    to_whom = models.CharField(max_length=150)
    handed_on = models.DateField()
    received_by = models.CharField(max_length=150, blank=True)
    received_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-handed_on", "-recorded_at"]
        indexes = [models.Index(fields=["person"], name="hand_overs_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=NOT_RECEIVED | (~Q(received_by="") & Q(received_on__gte=F("handed_on"))),
                name="hand_over_received_by_somebody_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"handed over on {self.handed_on:%-d %B %Y}"


class SchoolMove(Revised, Row):
    """The move of one child from primary to secondary school: who knows them there, what helps, who took over."""

    protection = OfPerson(Part.TRANSITION)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="school_moves")
    from_school = models.CharField(max_length=150, blank=True)
    to_school = models.CharField(max_length=150, blank=True)
    moves_on = models.DateField(null=True, blank=True)
    childs_words = models.TextField(blank=True)
    who_knows_them = models.TextField(blank=True)
    what_helps = models.TextField(blank=True)
    visits = models.TextField(blank=True)
    received_by = models.CharField(max_length=150, blank=True)
    received_on = models.DateField(null=True, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], name="one_school_move_for_a_child"),
            models.CheckConstraint(
                condition=NOT_RECEIVED | (~Q(received_by="") & Q(received_on__isnull=False)),
                name="school_move_received_by_somebody_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"school move of {self.recorded_at:%-d %B %Y}"
