"""A person: who they are and what they are called; other names; records that may be of one person."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q

from trellis.accounts.models import User
from trellis.core.clocks import age_in_words, age_on, today
from trellis.core.models import Row
from trellis.core.protection import OfPerson, OnDuty, Part
from trellis.people.names import search_key


class Sex(models.TextChoices):
    """The Department for Education's codes."""

    MALE = "M", "Male"
    FEMALE = "F", "Female"
    UNKNOWN = "U", "Not known"


class DefinedBy(models.TextChoices):
    """Who said which ethnicity this is."""

    SELF = "self", "The young person"
    FAMILY = "family", "Their family"
    OFFICER = "officer", "An officer who saw them"
    AGENCY = "agency", "Another agency's record"
    UNKNOWN = "unknown", "Not recorded"


class Person(Row):
    """Anybody the record names. Being a child, a sibling or an adult of concern is never a kind of person."""

    protection = OfPerson(Part.IDENTITY, person="pk")

    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=150)
    known_as = models.CharField(max_length=100, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    search_key = models.CharField(max_length=300, editable=False)
    date_of_birth = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex, default=Sex.UNKNOWN)
    ethnicity = models.CharField(max_length=4, default="NOBT")
    ethnicity_defined_by = models.CharField(max_length=10, choices=DefinedBy, default=DefinedBy.UNKNOWN)
    ethnicity_recorded_on = models.DateField(null=True, blank=True)
    nhs_number = models.CharField(max_length=10, null=True, blank=True, db_index=True)  # noqa: DJ001
    postcode = models.CharField(max_length=8, blank=True)
    locality = models.CharField(max_length=60, blank=True)
    authority = models.CharField(max_length=9)
    own_words = models.TextField(blank=True)
    safe_contact = models.TextField(blank=True)
    is_synthetic = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    # Of a row that was given to somebody to look at: to whom, and by what sight. No column; it goes with the row.
    shown_to: UUID | None = None
    shown_by: frozenset[Part] = frozenset()

    class Meta:
        ordering = ["family_name", "given_name"]
        verbose_name_plural = "people"
        indexes = [
            models.Index(fields=["date_of_birth", "search_key"], name="person_match"),
            models.Index(fields=["id"], name="person_real", condition=Q(is_synthetic=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(given_name="") & ~Q(family_name=""), name="person_has_both_names"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.set_search_key()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def set_search_key(self) -> None:
        """Before every saving, in bulk too."""
        self.search_key = search_key(self.given_name, self.family_name, self.known_as)

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def age(self) -> int:
        return age_on(self.date_of_birth, today())

    @property
    def age_in_words(self) -> str:
        return age_in_words(self.date_of_birth, today())


class Alias(Row):
    """Another name a person goes by."""

    protection = OfPerson(Part.IDENTITY)

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    search_key = models.CharField(max_length=300, editable=False)

    class Meta:
        verbose_name_plural = "aliases"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.search_key = search_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class PossibleMatch(Row):
    """Two records that may be one person, waiting for somebody to say so. Nothing is ever guessed."""

    protection = OnDuty("it names two people, and waits for whoever reviews matches")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="possible_matches")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=200)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "possible matches"
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="possible_match_asked_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="match_settled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} and {self.other_id}"
