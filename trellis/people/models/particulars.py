"""What else is recorded of a person once somebody has asked: one row beside the person."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from trellis.core.models import Row
from trellis.core.protection import OfPerson, Part
from trellis.people.models.person import Person


class NumberSource(models.TextChoices):
    """Where an identifier was read."""

    HEALTH = "health", "A health record"
    SCHOOL = "school", "A school or education record"
    SOCIAL_CARE = "social_care", "A social care record"
    FAMILY = "family", "The young person or their family"
    OTHER = "other", "Somewhere else"


class Interpreter(models.TextChoices):
    NEEDED = "needed", "Needs an interpreter"
    SIGN = "sign", "Needs a sign language interpreter"
    FAMILY = "family", "The family needs one, the young person does not"
    NONE = "none", "No interpreter needed"


class Mother(models.TextChoices):
    """The statutory return asks it of every girl who is looked after."""

    NO = "no", "No"
    YES = "yes", "Yes, she has a child of her own"


class Particulars(Row):
    """Identifiers with their sources, gender identity, languages, disability; and ``asked``: by question, what came of
    asking where nothing is recorded ({"outcome": "not_told" or "not_known", "on": day}).

    ``social_care_number`` is the authority's own number of a looked-after child; it, ``upn_unknown`` (a code of that
    list), ``mother`` and ``own_child_born_on`` are what the statutory return asks besides.
    """

    protection = OfPerson(Part.FAMILY)

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="particulars")
    gender_identity = models.CharField(max_length=60, blank=True)
    nhs_source = models.CharField(max_length=20, choices=NumberSource, blank=True)
    upn = models.CharField(max_length=13, blank=True, db_index=True)
    upn_source = models.CharField(max_length=20, choices=NumberSource, blank=True)
    first_language = models.CharField(max_length=60, blank=True)
    other_languages = models.CharField(max_length=200, blank=True)
    interpreter = models.CharField(max_length=10, choices=Interpreter, blank=True)
    disabilities = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    disability_note = models.CharField(max_length=300, blank=True)
    asked = models.JSONField(default=dict, blank=True)
    social_care_number = models.CharField(max_length=20, blank=True, db_index=True)
    upn_unknown = models.CharField(max_length=3, blank=True)
    mother = models.CharField(max_length=3, choices=Mother, blank=True)
    own_child_born_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "particulars"

    def __str__(self) -> str:
        return f"particulars of {self.person_id}"
