"""Items of information: whose they are, what may be done with them, on which legal ground and for what.

Every model whose rows are items inherits ``Handled`` and says ``protection = OfPerson(part, handled=True)``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from trellis.accounts.models import Agency, User
from trellis.core.models import AppendOnly, Row
from trellis.need_to_know.models import HandlingRule


class Handled(models.Model):
    """An item: ``agency`` owns it, agencies that may hold its code hold it; with ``limited_to`` only those."""

    changeable = ("handling", "conditions", "limited_to")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    handling = models.CharField(max_length=20, blank=True)
    conditions = models.CharField(max_length=300, blank=True)
    limited_to = ArrayField(models.UUIDField(), default=list, blank=True)
    lawful_basis = models.CharField(max_length=40, default="public_task")
    purpose = models.CharField(max_length=40, default="safeguarding")

    class Meta:
        abstract = True


class Recoding(AppendOnly, Row):
    """An item was given another handling code by the agency that owns it: what it was, when and why."""

    old = models.JSONField()
    new = models.JSONField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=200)

    class Meta:
        abstract = True
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return f"recoded {self.recorded_at:%-d %B %Y}"


def code_by_default(items: Iterable[Handled]) -> None:
    """Give unsaved items that say nothing of their handling the code their owner gives its own."""
    rules: dict[Any, HandlingRule] = {}
    for item in items:
        if not item.handling:
            rules = rules or {rule.agency_id: rule for rule in HandlingRule.objects.filter(is_default=True)}
            rule = rules[item.agency_id]
            item.handling, item.conditions = rule.code_id, rule.conditions
