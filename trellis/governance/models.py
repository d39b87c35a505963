"""What reviewers made of openings that deserve a question."""

from django.db import models
from django.db.models import Q

from trellis.accounts.models import User
from trellis.core.clocks import now
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import OnDuty
from trellis.people.models import Person


class Rule(models.TextChoices):
    """What made an opening unusual. Each looks at one worker, and at a young person's record or at one day."""

    OWN_NAME = "own_name", "A record with the worker's own name"
    OWN_ADDRESS = "own_address", "A record at the worker's own address"
    COLLEAGUE = "colleague", "A record of a colleague's family"
    OUT_OF_HOURS = "out_of_hours", "First opened outside working hours, without an allocation"
    SEARCHES = "searches", "Many searches in a day"
    REFUSALS = "refusals", "Many refusals in a day"


class Outcome(models.TextChoices):
    EXPLAINED = "explained", "Explained"
    FOLLOW_UP = "follow_up", "To be followed up"


class UnusualAccessReview(AppendOnly, Row):
    """A reviewer looked at one unusual access and said what they made of it. ``seen_until_at``: the last of what they
    looked at; what the worker opens later is a new question."""

    protection = OnDuty("who is asked about what they opened is for those who review it")

    rule = models.CharField(max_length=20, choices=Rule)
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField(null=True, blank=True)
    seen_until_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=Outcome)
    reason = models.CharField(max_length=500)
    reviewed_at = models.DateTimeField(default=now)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-reviewed_at"]
        indexes = [models.Index(fields=["worker", "rule"], name="unusual_access_reviewed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, on__isnull=True) | Q(person__isnull=True, on__isnull=False),
                name="review_is_of_one_record_or_one_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rule_display()}: {self.get_outcome_display()}"
