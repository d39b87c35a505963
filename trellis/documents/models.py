"""Files about a young person, and their bytes, which lie in the database: one backup, one set of locks."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import User
from trellis.core.models import Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.need_to_know.handling import Handled, Recoding
from trellis.people.models import Person


class Document(Handled, Row):
    """A file. ``subject``: what it came with, such as a referral. ``given_sha256``: of the file as it was sent,
    ``sha256`` as it is stored. It opens once it was scanned, or once somebody took it on themselves."""

    class State(models.TextChoices):
        HELD = "held", "Held: not scanned yet"
        CLEAN = "clean", "Scanned, nothing found"
        INFECTED = "infected", "Infected: its content was thrown away"

    class Kind(models.TextChoices):
        LETTER = "letter", "Letter"
        REPORT = "report", "Report or assessment"
        MINUTES = "minutes", "Minutes of a meeting"
        ORDER = "order", "Court order or legal document"
        PLAN = "plan", "Plan of another agency"
        THEIRS = "theirs", "Something the young person wrote or made"
        PICTURE = "picture", "Photograph or screenshot"
        OTHER = "other", "Something else"

    protection = OfPerson(Part.RECORD, handled=True)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="documents")
    subject = models.UUIDField(null=True, db_index=True)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OTHER, db_default=Kind.OTHER)
    description = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    given_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.HELD)
    scanned_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    release_reason = models.CharField(max_length=500, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-recorded_at"]
        indexes = [models.Index(fields=["person", "-recorded_at"], name="document_by_child")]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="document_is_never_empty"),
            models.CheckConstraint(
                condition=Q(state="held", scanned_at=None) | (~Q(state="held") & Q(scanned_at__isnull=False)),
                name="document_scanned_or_held",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None, release_reason="")
                | Q(released_at__isnull=False, released_at__gte=F("recorded_at"), released_by__isnull=False)
                & ~Q(release_reason=""),
                name="document_released_by_somebody_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Document of {self.recorded_at:%-d %B %Y}"

    @property
    def opens(self) -> bool:
        released = self.state == Document.State.HELD and self.released_at is not None
        return released or self.state == Document.State.CLEAN


class DocumentRecoding(Recoding):
    """A document was given another handling code."""

    protection = Follows("document")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="recodings")


class DocumentContent(Row):
    """The bytes of a document, apart, so that no list reads them."""

    protection = Follows("document")

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="content")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"Content of {self.document_id}"
