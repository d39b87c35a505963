"""What is true of a person from a day until a day: legal status, where they learn, live and are registered."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from trellis.core.models import Row, no_overlap
from trellis.core.protection import OfPerson, Part
from trellis.people.models.person import Person


def ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name=name)


class Episode(Row):
    """Something true of a person from a day until a day; the last day is not included."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="%(class)s_episodes")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["starts_on"]

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or self.ends_on > day)


class StatusKind(models.TextChoices):
    """Legal statuses overlap in life: a looked-after child is in law also a child in need."""

    CHILD_IN_NEED = "child_in_need", "Child in need"
    CHILD_PROTECTION_PLAN = "child_protection_plan", "Child protection plan"
    LOOKED_AFTER = "looked_after", "Looked after"
    CARE_LEAVER = "care_leaver", "Care leaver"


class LegalStatus(Episode):
    protection = OfPerson(Part.FAMILY)

    kind = models.CharField(max_length=30, choices=StatusKind)
    authority = models.CharField(max_length=9)

    class Meta(Episode.Meta):
        verbose_name_plural = "legal statuses"
        constraints = [
            ends_after_start("status_ends_after_start"),
            no_overlap("one_status_of_a_kind_at_a_time", "person", "kind"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Provision(models.TextChoices):
    MAINSTREAM = "mainstream", "Mainstream school"
    SPECIAL = "special", "Special school"
    ALTERNATIVE_PROVISION = "alternative_provision", "Alternative provision"
    PUPIL_REFERRAL_UNIT = "pupil_referral_unit", "Pupil referral unit"
    ELECTIVE_HOME = "elective_home", "Educated at home"
    NOT_IN_EDUCATION = "not_in_education", "Not in education"
    POST_16 = "post_16", "College or training"


class SendSupport(models.TextChoices):
    NONE = "none", "No special educational need recorded"
    SEN_SUPPORT = "sen_support", "SEN support"
    EHC_PLAN = "ehc_plan", "Education, health and care plan"
    WAITING = "waiting", "Waiting for an assessment of need"
    NOT_KNOWN = "not_known", "Not known"


class Education(Episode):
    protection = OfPerson(Part.FAMILY)

    provision = models.CharField(max_length=30, choices=Provision)
    send = models.CharField(max_length=20, choices=SendSupport, default=SendSupport.NOT_KNOWN)
    place_name = models.CharField(max_length=150, blank=True)

    class Meta(Episode.Meta):
        verbose_name_plural = "education"
        constraints = [
            ends_after_start("education_ends_after_start"),
            no_overlap("one_education_at_a_time", "person"),
        ]

    def __str__(self) -> str:
        return self.get_provision_display()


class Placement(Episode):
    """Where a young person lives who does not live at home. Its address is kept apart: see ``Address``."""

    protection = OfPerson(Part.FAMILY)

    kind = models.CharField(max_length=30)
    place_name = models.CharField(max_length=150, blank=True)
    authority = models.CharField(max_length=9)

    class Meta(Episode.Meta):
        constraints = [ends_after_start("placement_ends_after_start"), no_overlap("one_placement_at_a_time", "person")]

    def __str__(self) -> str:
        return self.place_name or self.kind


class AddressKind(models.TextChoices):
    HOME = "home", "Home"
    PLACEMENT = "placement", "Where they are placed"
    FAMILY = "family", "Another home of the family"
    STAYS = "stays", "Somewhere they stay"


class Address(Episode):
    """Where somebody lives or lived. ``kept_apart``: pages show it only to who asks for it by itself, and the log says
    so; copies and lists leave it out."""

    protection = OfPerson(Part.RECORD)

    kind = models.CharField(max_length=20, choices=AddressKind, default=AddressKind.HOME)
    lines = models.CharField(max_length=300)
    postcode = models.CharField(max_length=8, blank=True)
    kept_apart = models.BooleanField(default=False)
    who_may_know = models.CharField(max_length=300, blank=True)

    class Meta(Episode.Meta):
        verbose_name_plural = "addresses"
        constraints = [ends_after_start("address_ends_after_start")]

    def __str__(self) -> str:
        return self.get_kind_display()


class PracticeRegistration(Episode):
    """The GP practice a young person is registered with."""

    protection = OfPerson(Part.FAMILY)

    practice_name = models.CharField(max_length=150)
    practice_code = models.CharField(max_length=6, blank=True)
    phone = models.CharField(max_length=20, blank=True)

    class Meta(Episode.Meta):
        constraints = [ends_after_start("practice_ends_after_start"), no_overlap("one_practice_at_a_time", "person")]

    def __str__(self) -> str:
        return self.practice_name
