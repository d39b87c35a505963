"""The history of a record's fields: what they said before and after, who changed them, when and why."""

from __future__ import annotations

from django.db import models

from trellis.accounts.models import User
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.people.models.person import Person
from trellis.people.models.relationships import Relationship


class Change(AppendOnly, Row):
    """One saving of one section. ``old`` is empty when something was added; ``subject`` names the row."""

    section = models.CharField(max_length=30)
    subject = models.UUIDField()
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)
    why = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        ordering = ["-changed_at", "id"]

    def __str__(self) -> str:
        return f"{self.section}, {self.changed_at:%-d %B %Y}"


class PersonChange(Change):
    """A change of who a person is, or of what is true of them."""

    protection = OfPerson(Part.RECORD)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="changes")


class RelationshipChange(Change):
    """A change of a relationship: it names somebody else, and is seen by whoever sees the relationship."""

    protection = Follows("relationship")

    relationship = models.ForeignKey(Relationship, on_delete=models.PROTECT, related_name="changes")
