"""Who may see which child and why: grants give sight, exclusions and seals take it, handling codes narrow it."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q

from trellis.accounts.models import Agency, Team, User
from trellis.core.clocks import london_date, now
from trellis.core.models import AppendOnly, Dated, Row
from trellis.core.protection import OfPerson, OnDuty, Open, OwnSight, Part
from trellis.people.models import Person


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self, at: datetime | None = None) -> GrantQuerySet:
        at = at or now()
        return self.filter(Q(starts_at__lte=at), Q(ends_at__isnull=True) | Q(ends_at__gt=at))

    def giving_sight(self, at: datetime | None = None) -> GrantQuerySet:
        """In force, and not ended with the childhood of whom it opens: what lists of who sees somebody show. Asked by
        who sees the whole record, or on duty."""
        at = at or now()
        bases = AdultBasis.objects.holding(at).filter(person=OuterRef("person"))
        return (
            self.in_force(at)
            .alias(adult_from=AdultFrom("person__date_of_birth"))
            .filter(
                Q(adult_from__gt=at)
                | Q(starts_at__gte=F("adult_from"))
                | Q(parts=[Part.EMERGENCY.value])
                | Q(team__code="management")
                | (Q(agency__isnull=True, parts=[]) & Q(Exists(bases)))
                | Q(Exists(bases.filter(with_partners=True)))
            )
        )


class AdultFrom(Func):
    """The moment somebody born on a day comes of age, as the database works it out."""

    function = "trellis_adult_from"
    output_field = models.DateTimeField()


class Grant(Row):
    """Sight of one child, for one user, team or agency, from a moment, for a reason. There is no other sight.

    ``parts``: the parts of the record it opens; none named opens all of it.
    """

    protection = OfPerson(Part.IDENTITY)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    parts = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    reason = models.CharField(max_length=200)
    source = models.UUIDField(null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        indexes = [
            models.Index(fields=["team", "person"], name="grant_by_team"),
            models.Index(fields=["agency", "person"], name="grant_by_agency"),
            models.Index(fields=["user", "person"], name="grant_by_user"),
            models.Index(fields=["source"], name="grant_by_source"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, team__isnull=True, agency__isnull=True)
                | Q(user__isnull=True, team__isnull=False, agency__isnull=True)
                | Q(user__isnull=True, team__isnull=True, agency__isnull=False),
                name="grant_is_to_one_user_team_or_agency",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="grant_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user or self.team or self.agency}: {self.reason}"


class Sight(models.Model):
    """Who sees which part of whose record, from when to when: worked out by the database from everything else here
    whenever any of it changes. Read it; nothing writes it but the database."""

    protection = OwnSight()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    part = models.CharField(max_length=20)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "sights"
        indexes = [
            models.Index(fields=["user", "person"], name="sight_of_a_user", include=["part", "starts_at", "ends_at"]),
            models.Index(fields=["person"], name="sight_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.part}"


class AdultBasisQuerySet(models.QuerySet["AdultBasis"]):
    def holding(self, at: datetime | None = None) -> AdultBasisQuerySet:
        at = at or now()
        return self.filter(Q(starts_on__lte=london_date(at)), Q(ended_at__isnull=True) | Q(ended_at__gt=at))


class AdultBasis(AppendOnly, Row):
    """On what the hub's work with somebody goes on from their 18th birthday, such as their consent. What was granted
    while they were a child ends at the midnight their birthday begins, but while one of these holds; managers keep
    sight of what was done. ``with_partners``: it covers agencies and what was shared with them, too."""

    changeable = ("ended_at", "ended_because", "ended_by")
    protection = OfPerson(Part.RECORD)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="adult_bases")
    kind = models.CharField(max_length=60)
    with_partners = models.BooleanField(default=False)
    words = models.TextField()
    starts_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    form_key = models.UUIDField(null=True, unique=True)

    objects = AdultBasisQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-recorded_at"]
        verbose_name_plural = "adult bases"
        indexes = [models.Index(fields=["person"], name="adult_basis_of_a_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="one_adult_basis_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.starts_on:%-d %B %Y}"


class Exclusion(Row):
    """A worker who must not see a child, being related to them or to somebody who is a risk to them. It beats every
    grant, whoever gave it."""

    protection = OnDuty("Nobody learns from this table who is kept from whom")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exclusions")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="exclusions")
    reason = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.TextField(blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "user"], condition=Q(ends_at__isnull=True), name="excluded_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="exclusion_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} does not see {self.person_id}"


class Seal(Row):
    """A record that only the people named may see, whatever was granted. To everybody else it does not exist."""

    protection = OnDuty("A seal tells that there is something to hide")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seals")
    reason = models.TextField()
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    unsealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sealed_at"]
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(unsealed_at__isnull=True), name="sealed_once"),
        ]

    def __str__(self) -> str:
        return f"sealed {self.sealed_at:%-d %B %Y}"


class SealHolder(Row):
    """Somebody who keeps their sight of a sealed record; it still takes a grant to have any."""

    protection = OnDuty("A seal tells that there is something to hide")

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="holders")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal", "user"], name="seal_holder_once")]

    def __str__(self) -> str:
        return f"{self.user}"


class UnsealProposal(Row):
    """A holder asks that a seal be taken off. It takes another holder, of another agency, to agree before it lapses."""

    protection = OnDuty("A seal tells that there is something to hide")

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="proposals")
    reason = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lapses_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["seal"],
                condition=Q(agreed_at__isnull=True, withdrawn_at__isnull=True),
                name="one_unseal_proposal_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | (Q(agreed_at__isnull=False, agreed_by__isnull=False) & ~Q(agreed_by=F("proposed_by"))),
                name="two_people_unseal",
            ),
        ]

    def __str__(self) -> str:
        return f"asked {self.proposed_at:%-d %B %Y}"


class HandlingCode(Dated):
    """What may be done with an item of information, by the scheme of those who made it."""

    protection = Open("a code list")

    code = models.CharField(max_length=20, unique=True)
    scheme = models.CharField(max_length=20)
    label = models.CharField(max_length=200)
    needs_conditions = models.BooleanField(default=False)
    for_new_items = models.BooleanField(default=True)

    class Meta:
        ordering = ["scheme", "code"]

    def __str__(self) -> str:
        return f"{self.code}: {self.label}"


class HandlingRule(Row):
    """An agency that may hold items with a code; ``is_default``: its own items have this code unless it says otherwise,
    with ``conditions`` where the code needs them."""

    protection = Open("agencies and codes")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="handling_rules")
    code = models.ForeignKey(HandlingCode, on_delete=models.PROTECT, to_field="code", related_name="rules")
    is_default = models.BooleanField(default=False)
    conditions = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["agency", "code"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="handling_rule_once"),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(is_default=True), name="one_default_handling_of_an_agency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.code_id}"
