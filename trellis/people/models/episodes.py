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


def reason_only_when_ended(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(ended_because="") | Q(ends_on__isnull=False), name=name)


class LegalStatus(Episode):
    """``need``, the category of need, and ``ended_because``, why being looked after ended, are codes of the statutory
    return of looked-after children (lists category_of_need and care_end_reason)."""

    protection = OfPerson(Part.FAMILY)

    kind = models.CharField(max_length=30, choices=StatusKind)
    authority = models.CharField(max_length=9)
    need = models.CharField(max_length=2, blank=True)
    ended_because = models.CharField(max_length=4, blank=True)

    class Meta(Episode.Meta):
        verbose_name_plural = "legal statuses"
        constraints = [
            ends_after_start("status_ends_after_start"),
            no_overlap("one_status_of_a_kind_at_a_time", "person", "kind"),
            reason_only_when_ended("status_ended_for_a_reason_when_ended"),
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
    """A place of education. One at a time is the main one; ``alongside`` it there may be others, such as a college
    that somebody with alternative provision goes to on some days. Figures count the main one."""

    protection = OfPerson(Part.FAMILY)

    provision = models.CharField(max_length=30, choices=Provision)
    send = models.CharField(max_length=20, choices=SendSupport, default=SendSupport.NOT_KNOWN)
    place_name = models.CharField(max_length=150, blank=True)
    alongside = models.BooleanField(default=False, db_default=False)

    class Meta(Episode.Meta):
        verbose_name_plural = "education"
        constraints = [
            ends_after_start("education_ends_after_start"),
            no_overlap("one_education_at_a_time", "person", among=Q(alongside=False)),
        ]

    def __str__(self) -> str:
        return self.get_provision_display()


class Placement(Episode):
    """Where a young person lives who does not live at home. Its address is kept apart: see ``Address``.

    The last five fields are codes of the statutory return of looked-after children (lists care_legal_status,
    placement_type, placement_provider, placement_change_reason; ``registration`` is the provider's own number). A new
    row begins when one of them changes, as an episode of that return does.
    """

    protection = OfPerson(Part.FAMILY)

    kind = models.CharField(max_length=30)
    place_name = models.CharField(max_length=150, blank=True)
    authority = models.CharField(max_length=9)
    legal_status = models.CharField(max_length=2, blank=True)
    placement_type = models.CharField(max_length=3, blank=True)
    provider = models.CharField(max_length=3, blank=True)
    registration = models.CharField(max_length=8, blank=True)
    ended_because = models.CharField(max_length=6, blank=True)

    class Meta(Episode.Meta):
        constraints = [
            ends_after_start("placement_ends_after_start"),
            no_overlap("one_placement_at_a_time", "person"),
            reason_only_when_ended("placement_ended_for_a_reason_when_ended"),
        ]

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
