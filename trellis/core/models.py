"""Rows every app builds on, and the dated data (codes, limits, bank holidays) that carries its authority."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q

from trellis.core.ids import new_id
from trellis.core.protection import Open


class Row(models.Model):
    """A row with a random identifier and the time the system learnt of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class AppendOnly(models.Model):
    """A row that is added and never changed: the app's database role may only select and insert it.

    A model may name fields, ``changeable``, that are no part of what it tells.
    """

    append_only: ClassVar[bool] = True

    class Meta:
        abstract = True


class DateRange(Func):
    """``daterange(start, end)``: closed at the start, open at the end, endless while the end is null."""

    function = "daterange"
    output_field = DateRangeField()


def no_overlap(
    name: str, *same: str, start: str = "starts_on", end: str = "ends_on", among: Q | None = None
) -> ExclusionConstraint:
    """The database refuses two rows alike in ``same`` whose dates overlap; ``among``: of these rows only."""
    return ExclusionConstraint(
        name=name,
        condition=among,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in same),
            (DateRange(start, end), RangeOperators.OVERLAPS),
        ],
    )


class Dated(Row):
    """A fact with authority: when it holds, who says so, and whether its source was read."""

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.TextField()
    verified = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Code(Dated):
    """One entry of a code list, such as an ethnicity code. ``group`` is its place in a roll-up."""

    protection = Open("a code list")

    list = models.CharField(max_length=60)
    code = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    group = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["list", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["list", "code", "valid_from"], name="code_once_from_a_day"),
        ]

    def __str__(self) -> str:
        return self.label


class Limit(Dated):
    """A time limit or threshold, such as the 72 hours of a return interview."""

    protection = Open("time limits")

    name = models.CharField(max_length=80)
    value = models.PositiveIntegerField()
    unit = models.CharField(max_length=40)
    meaning = models.TextField()

    class Meta:
        ordering = ["name", "valid_from"]
        constraints = [
            no_overlap("limit_has_one_value_a_day", "name", start="valid_from", end="valid_to"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value} {self.unit}"


class BankHoliday(models.Model):
    """A bank holiday in England and Wales."""

    protection = Open("bank holidays")

    on = models.DateField(primary_key=True)
    name = models.CharField(max_length=100)
    source = models.TextField()

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.name}, {self.on:%-d %B %Y}"
