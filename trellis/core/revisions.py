"""Rows that several people write: whoever saves says which revision they had seen, and a save too late is refused."""

from typing import Any, Self

from django.db import models
from django.db.models import F


class ChangedMeanwhile(ValueError):
    """Somebody saved first. ``now``: the row as it stands, to be shown beside what was typed."""

    def __init__(self, now: models.Model) -> None:
        super().__init__("Somebody else saved this while you were writing. Both versions are below: nothing is lost")
        self.now = now


class Revised(models.Model):
    """A row with a number that each save raises by one. A form carries the number it was filled in beside."""

    revision = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def save_over(self, after: int, **values: Any) -> Self:
        """Write ``values`` over revision ``after`` and give the row back as it is then. Raises ChangedMeanwhile.

        The database compares and writes in one statement, so that of two savings at once the second is refused.
        """
        rows = type(self)._default_manager.filter(pk=self.pk)
        written = rows.filter(revision=after).update(**values, revision=F("revision") + 1)
        self.refresh_from_db()
        if not written:
            raise ChangedMeanwhile(self)
        return self
