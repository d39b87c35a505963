"""What those who look for a young person need to know, kept current before it is needed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from trellis.accounts.models import User
from trellis.core.models import Row
from trellis.core.protection import OfPerson, Part
from trellis.core.revisions import Successive
from trellis.people.models import Person


class MissingProfile(Successive, Row):
    """The profile as it was at one time; a change is the next ``revision``. After the published pattern of a form that
    carers keep and give to the police only when the child is reported missing. ``HEADINGS``: its parts, in order."""

    series: ClassVar[tuple[str, ...]] = ("person_id",)
    HEADINGS: ClassVar[dict[str, str]] = {
        "looks_like": "What they look like",
        "marks": "Scars, tattoos, piercings",
        "usual_clothes": "What they usually wear",
        "how_to_speak": "How to speak with them",
        "health": "Health, medicine, allergies",
        "friends": "Friends and who they may be with",
        "places": "Places they go to",
        "travel_and_money": "Travel and money",
        "phones": "Phones",
        "online": "Online names",
        "who_to_call": "Whom to call when they are found",
    }
    TEXTS: ClassVar[tuple[str, ...]] = tuple(HEADINGS)

    protection = OfPerson(Part.MISSING)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="missing_profiles")
    looks_like = models.TextField(blank=True)
    marks = models.CharField(max_length=300, blank=True)
    usual_clothes = models.CharField(max_length=300, blank=True)
    how_to_speak = models.TextField(blank=True)
    health = models.TextField(blank=True)
    friends = models.TextField(blank=True)
    places = models.TextField(blank=True)
    travel_and_money = models.TextField(blank=True)
    phones = models.CharField(max_length=300, blank=True)
    online = models.CharField(max_length=300, blank=True)
    who_to_call = models.TextField(blank=True)
    checked_on = models.DateField()
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["person", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["person", "revision"], name="profile_saved_over_the_one_before"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="profile_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"profile, revision {self.revision}"
