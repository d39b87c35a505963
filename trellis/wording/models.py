"""The list of words that put blame on a child, as versions that are added and never changed."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from trellis.accounts.models import User
from trellis.core.models import AppendOnly, Dated
from trellis.core.protection import Open
from trellis.wording.nudges import Advice


class NudgeQuerySet(models.QuerySet["Nudge"]):
    def in_force(self, day: date) -> NudgeQuerySet:
        """Of each code the latest revision begun by ``day``, unless it was taken out of the list."""
        latest = self.filter(valid_from__lte=day).order_by("code", "-revision").distinct("code").values("id")
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), id__in=latest, withdrawn=False)


class Nudge(AppendOnly, Dated):
    """One piece of advice as it stood at one revision. Of two saved over the same one the database refuses the
    second. ``words`` and ``unless`` are written as ``phrases`` reads them."""

    protection = Open("advice on words, and nothing of a young person")

    code = models.SlugField(max_length=40)
    revision = models.PositiveIntegerField(default=1)
    words = models.TextField()
    unless = models.TextField(blank=True)
    wrong = models.CharField(max_length=300)
    better = models.CharField(max_length=300)
    withdrawn = models.BooleanField(default=False)
    why = models.CharField(max_length=200, blank=True)
    form_key = models.UUIDField(null=True, unique=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = NudgeQuerySet.as_manager()

    class Meta:
        ordering = ["code", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["code", "revision"], name="nudge_saved_over_the_one_before"),
        ]

    def __str__(self) -> str:
        return self.phrases[0]

    @property
    def phrases(self) -> list[str]:
        return [phrase.strip() for phrase in self.words.split(";")]

    @property
    def advice(self) -> Advice:
        return Advice(code=self.code, words=self.words, wrong=self.wrong, better=self.better, unless=self.unless)
