"""What young people and carers say of the service: a few plain questions, a face from 1 to 5 and words."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from trellis.accounts.models import User
from trellis.core.models import AppendOnly, Dated, Row
from trellis.core.protection import Follows, OfPerson, Open, Part
from trellis.people.models import Person

FACES = {1: "Very bad", 2: "Bad", 3: "In the middle", 4: "Good", 5: "Very good"}


class FeedbackQuestion(Dated):
    """One plain question about the service, from a day until a day."""

    protection = Open("questions about the service")

    code = models.CharField(max_length=60)
    words = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="feedback_question_once_from_a_day")]

    def __str__(self) -> str:
        return self.words


class Feedback(AppendOnly, Row):
    """What one young person, or their carer, said of the service on one day."""

    class By(models.TextChoices):
        YOUNG_PERSON = "young_person", "The young person"
        CARER = "carer", "A parent or carer"

    protection = OfPerson(Part.VOICE)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="feedback")
    given_on = models.DateField()
    by_whom = models.CharField(max_length=20, choices=By, default=By.YOUNG_PERSON)
    words = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-given_on", "-recorded_at"]
        verbose_name_plural = "feedback"
        indexes = [models.Index(fields=["person", "-given_on"], name="feedback_of_a_child")]

    def __str__(self) -> str:
        return f"{self.get_by_whom_display()}, {self.given_on:%-d %B %Y}"


class FeedbackAnswer(AppendOnly, Row):
    """One answer: a face from 1 to 5, words, or both."""

    protection = Follows("feedback")

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(FeedbackQuestion, on_delete=models.PROTECT, related_name="answers")
    face = models.PositiveSmallIntegerField(null=True, choices=list(FACES.items()))
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["question__position"]
        constraints = [
            models.UniqueConstraint(fields=["feedback", "question"], name="question_answered_once"),
            models.CheckConstraint(
                condition=Q(face__isnull=True) | Q(face__gte=1, face__lte=5), name="face_from_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(face__isnull=False) | ~Q(words=""), name="feedback_answer_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.words or (FACES[self.face] if self.face else "")
