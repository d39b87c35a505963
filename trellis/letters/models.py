"""A letter about a young person to somebody outside, its links, and the paragraphs letters are written from."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from trellis.accounts.models import User
from trellis.cases.history import StatusMove
from trellis.cases.models import Case
from trellis.core.models import AppendOnly, Dated, Row
from trellis.core.protection import Follows, OfPerson, Open, Part
from trellis.letters.lifecycle import ACKNOWLEDGED, COLLECTED, LETTER, NOT_SENT, OTHER_WAY, READY, RETURNED, SENT
from trellis.people.models import Person


class Kind(models.TextChoices):
    GP = "gp", "GP practice"
    SCHOOL = "school", "School or college"
    OTHER = "other", "Somebody else"


class Occasion(models.TextChoices):
    OPENING = "opening", "The case was opened"
    CLOSING = "closing", "The case is closing"
    OTHER = "other", "Something else"


class HowSent(models.TextChoices):
    EMAIL = "email", "By e-mail, collected here"
    POST = "post", "By post"
    HAND = "hand", "Handed over"
    SECURE = "secure", "By secure e-mail of another system"


class LetterQuerySet(models.QuerySet["Letter"]):
    def under_way(self) -> LetterQuerySet:
        """What somebody still has to look at."""
        return self.filter(status__in=(READY, SENT, RETURNED))

    def gone_out(self) -> LetterQuerySet:
        return self.filter(told_on__isnull=False)


class Letter(AppendOnly, Row):
    """The words as they were sent, to whom, why. They never change; how the letter stands does.

    The access code is kept as a hash and was shown once. ``told_on``: the day it went out.
    """

    protection = OfPerson(Part.HEALTH)
    changeable = (
        *("status", "address", "told_on", "sent_how", "chase_on", "collected_at", "acknowledged_at"),
        *("code_hash", "code_made_at", "code_tries"),
    )

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="letters")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="letters")
    kind = models.CharField(max_length=20, choices=Kind)
    occasion = models.CharField(max_length=20, choices=Occasion)
    recipient = models.CharField(max_length=150)
    practice_code = models.CharField(max_length=6, blank=True)
    words = models.TextField()
    written_on = models.DateField()
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    status = models.CharField(max_length=20, choices=LETTER.choices, default=READY)
    address = models.EmailField(max_length=254, blank=True)
    told_on = models.DateField(null=True, blank=True)
    sent_how = models.CharField(max_length=20, choices=HowSent, blank=True)
    chase_on = models.DateField(null=True, blank=True)
    collected_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_made_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at"]
        indexes = [
            models.Index(fields=["person", "-recorded_at"], name="letters_of_a_child"),
            models.Index(fields=["case", "kind", "occasion"], name="letter_of_a_case"),
            models.Index(fields=["status", "chase_on"], name="letters_under_way"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=(READY, RETURNED, NOT_SENT)) | Q(told_on__isnull=False),
                name="letter_gone_out_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(told_on__isnull=True) | ~Q(sent_how=""), name="letter_gone_out_says_how"
            ),
            models.CheckConstraint(
                condition=~Q(status=COLLECTED) | Q(collected_at__isnull=False), name="letter_collected_has_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(status=ACKNOWLEDGED) | Q(acknowledged_at__isnull=False),
                name="letter_acknowledged_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(SENT, OTHER_WAY)) | ~Q(sent_how=""), name="letter_sent_says_how"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_occasion_display().lower()}"


class LetterMove(StatusMove):
    """A change of how a letter stands; or, its status unchanged, that somebody was asked to collect it."""

    protection = Follows("letter")

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="status_moves")


class LetterLink(AppendOnly, Row):
    """A link that was e-mailed: its token as a hash, to which address, good until when."""

    protection = Follows("letter")
    changeable = ("withdrawn_at",)

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="links")
    address = models.EmailField(max_length=254)
    token_hash = models.CharField(max_length=64, unique=True)
    lapses_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-recorded_at"]

    def __str__(self) -> str:
        return f"link until {self.lapses_at:%-d %B %Y}"


class NoLetter(AppendOnly, Row):
    """Nobody of this kind is told of the opening or closing of a case: the reason, and who decided it."""

    protection = OfPerson(Part.HEALTH)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="no_letters")
    kind = models.CharField(max_length=20, choices=Kind)
    occasion = models.CharField(max_length=20, choices=Occasion)
    reason = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "occasion"], name="one_reason_for_no_letter"),
        ]

    def __str__(self) -> str:
        return f"no letter: {self.reason}"


class LetterParagraph(Dated):
    """A paragraph that a letter of this name begins with, from a day until a day. ``{words}`` in it are filled in."""

    protection = Open("the words letters begin with")

    letter = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    words = models.TextField()

    class Meta:
        ordering = ["letter", "place", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "place", "valid_from"], name="paragraph_once_from_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.letter}, paragraph {self.place}"
