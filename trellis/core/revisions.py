"""Rows that several people write: whoever saves says which revision they had seen, and a save too late is refused.

``Revised`` is written over in place. ``Successive`` is only added to: a change is the next revision, and what it said
before is kept.
"""

from typing import Any, ClassVar, Self, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import F

from trellis.core.bulk_insert import insert_rows
from trellis.core.models import AppendOnly

Some = TypeVar("Some", bound="Successive")


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


class SuccessiveQuerySet(models.QuerySet[Some]):
    def standing(self) -> Self:
        """The latest of each series, one row each."""
        series = self.model.series
        return self.order_by(*series, "-revision").distinct(*series)


class Successive(AppendOnly):
    """What was written at one time of one thing; the latest of its ``series`` stands. ``series``: the columns that all
    revisions of one thing have alike (``plan_id``: asked for by ``plan``, the rows would be sorted as plans are). The
    model keeps them unique together with ``revision``."""

    series: ClassVar[tuple[str, ...]]

    revision = models.PositiveIntegerField(default=1)

    objects = SuccessiveQuerySet.as_manager()

    class Meta:
        abstract = True

    def standing(self) -> Self | None:
        """The latest of this row's own series, whether this row is stored or not."""
        same = {name: getattr(self, name) for name in self.series}
        rows: models.QuerySet[Self] = type(self)._default_manager.filter(**same)  # type: ignore[assignment]
        return rows.order_by("-revision").first()

    def follows(self, stands: Self | None) -> bool:
        """Whether this is the revision next after the one that stands; the first follows none."""
        return self.revision == (stands.revision if stands else 0) + 1

    def add_after(self, after: int) -> Self:
        """Store this row as the revision next after ``after`` (0: there is none yet) and give it back. The same form
        sent again (``form_key``, by the same ``recorded_by``) gives back the row it made: whoever asks whether theirs
        is new compares the two.

        Raises ChangedMeanwhile with the row that stands: of two written at once the database refuses the second.
        """
        self.revision = after + 1
        if already := self._made_before():
            return already
        stands = self.standing()
        if not self.follows(stands):
            raise ChangedMeanwhile(stands or self)
        try:
            with transaction.atomic():
                insert_rows([self])
        except IntegrityError:
            already, stands = self._made_before(), self.standing()
            if already:
                return already
            if stands is None or self.follows(stands):
                raise
            raise ChangedMeanwhile(stands) from None
        return self

    def _made_before(self) -> Self | None:
        """What the same form made when it was sent the first time."""
        sent = {name: getattr(self, name) for name in ("form_key", "recorded_by_id")}
        rows: models.QuerySet[Self] = type(self)._default_manager.filter(**sent)  # type: ignore[assignment]
        return rows.first() if sent["form_key"] else None
