"""Who is in a child's life, and as what, from when to when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from trellis.core.protection import OfPerson, Part
from trellis.people.models.episodes import Episode, ends_after_start
from trellis.people.models.person import Person


class RelationshipKind(models.TextChoices):
    """What ``other`` is to ``person``, from a day: a role stands on the relationship, never on the person."""

    PARENT = "parent", "Parent"
    CARER = "carer", "Carer"
    SIBLING = "sibling", "Brother or sister"
    TWIN = "twin", "Twin"
    FRIEND = "friend", "Friend"
    TRUSTED_ADULT = "trusted_adult", "Trusted adult"
    CONCERN = "concern", "Adult of concern"


class Relationship(Episode):
    """Somebody in a child's life, by the name this child's record has for them: their own record need not open.

    ``other`` is empty for somebody who is known by a name only. ``other_sealed`` is kept by the database.
    """

    protection = OfPerson(Part.FAMILY, also="other")

    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="named_by", null=True, blank=True)
    other_name = models.CharField(max_length=251)
    other_sealed = models.BooleanField(default=False, editable=False)
    kind = models.CharField(max_length=20, choices=RelationshipKind)
    note = models.CharField(max_length=200, blank=True)

    class Meta(Episode.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("other")), name="nobody_is_their_own_relation"),
            models.CheckConstraint(
                condition=Q(other__isnull=False) | ~Q(other_name=""), name="relation_is_somebody_or_has_a_name"
            ),
            ends_after_start("relationship_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.other_name}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.other_name = self.other_name or (self.other.name if self.other else "")
        super().save(*args, **kwargs)  # type: ignore[arg-type]
