"""Editions: a report as it was made, with its figures, its files and the snapshot it came from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from trellis.accounts.models import User
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Open
from trellis.measures.periods import in_full


class Kind(models.TextChoices):
    ANNUAL = "annual", "Annual report"
    MISSING = "missing", "Missing report"


class Edition(AppendOnly, Row):
    """One making of a report. It is kept whole, so that it can be read and recomputed years later.

    ``figures`` are the published ones, disclosure control applied; ``definitions`` say how each was made then;
    ``local`` holds the sentences the hub wrote; ``findings`` what the sense check said.
    """

    protection = Open("published figures, small numbers suppressed")

    kind = models.CharField(max_length=20, choices=Kind)
    period = models.CharField(max_length=10)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    snapshot = models.CharField(max_length=80)
    as_at = models.DateTimeField()
    figures = models.JSONField()
    definitions = models.JSONField()
    local = models.JSONField(default=dict)
    findings = models.JSONField(default=list)

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["kind", "period", "-made_at"], name="edition_latest")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return titled(self)


class EditionFile(AppendOnly, Row):
    """One of the files of an edition, byte for byte."""

    protection = Open("published figures, small numbers suppressed")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=60)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["edition", "name"], name="one_file_of_a_name")]

    def __str__(self) -> str:
        return self.name


class EditionRequestQuerySet(models.QuerySet["EditionRequest"]):
    def being_made(self) -> EditionRequestQuerySet:
        return self.filter(edition__isnull=True, failed_at__isnull=True)

    def failed(self) -> EditionRequestQuerySet:
        return self.filter(failed_at__isnull=False)


class EditionRequest(Row):
    """Somebody asked for an edition; a job makes it. ``form_key`` makes a form sent twice one request."""

    protection = Open("which report was asked for")

    form_key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    period = models.CharField(max_length=10)
    requested_at = models.DateTimeField(auto_now_add=True)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, null=True, related_name="request")
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    objects = EditionRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(failed_at__isnull=True, failure="")
                | (Q(failed_at__isnull=False, edition__isnull=True) & ~Q(failure="")),
                name="failed_request_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, asked for"

    @property
    def title(self) -> str:
        return titled(self)


def titled(one: Edition | EditionRequest) -> str:
    """``Annual report 2022/23``, ``Missing report February 2023``."""
    return f"{one.get_kind_display()} {in_full(one.period)}"
