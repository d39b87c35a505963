"""What was shared about a child with whom, or was not and why; and who knows a child whose record stays closed."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from trellis.accounts.models import Agency, User
from trellis.cases.history import StatusMove
from trellis.core.clocks import now
from trellis.core.models import AppendOnly, Row
from trellis.core.protection import Follows, OfPerson, Part
from trellis.need_to_know.seeing import Within
from trellis.people.models import Person
from trellis.sharing.emergency.models import EmergencyOpening, EmergencyReview
from trellis.sharing.lifecycle import ANSWERED, ASKED, POINTER_REQUEST, SHARED, WITHHELD

__all__ = [
    "EmergencyOpening",
    "EmergencyReview",
    "Outcome",
    "Pointer",
    "PointerRequest",
    "PointerRequestMove",
    "SharingDecision",
]


class Outcome(models.TextChoices):
    """The four ways a decision on sharing comes out. The duty: Children Act 2004 section 16LA, once it is in force."""

    DUTY = "duty", "Shared under a duty"
    POWER = "power", "Shared under a power"
    WITHHELD = "withheld", "Withheld: sharing would harm the young person more than not sharing"
    NOT_RELEVANT = "not_relevant", "Not shared: not relevant to what the other body does"


SHARED_OUTCOMES = (Outcome.DUTY, Outcome.POWER)
IS_SHARED = Q(outcome__in=SHARED_OUTCOMES)
NOT_RECALLED = Q(recalled_at__isnull=True, recalled_by__isnull=True, recalled_why="")


class SharingDecision(AppendOnly, Row):
    """One decision to share something about a child, or not to, as it was made. Only its recall comes later.

    ``parts`` of the record and ``words`` are what it is about. Parts shared with an agency here give a grant, which
    ends with the decision.
    """

    protection = OfPerson(Part.RECORD)
    changeable = ("recalled_at", "recalled_by", "recalled_why")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sharing_decisions")
    outcome = models.CharField(max_length=20, choices=Outcome)
    parts = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    words = models.TextField(blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outside_body = models.CharField(max_length=150, blank=True)
    basis = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=40, blank=True)
    necessity = models.CharField(max_length=300, blank=True)
    child_told = models.BooleanField(null=True)
    child_not_told_why = models.CharField(max_length=300, blank=True)
    parent_told = models.BooleanField(null=True)
    parent_not_told_why = models.CharField(max_length=300, blank=True)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    recalled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recalled_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-decided_at", "id"]
        indexes = [models.Index(fields=["person", "-decided_at"], name="sharing_of_a_child")]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, outside_body="")
                | (Q(agency__isnull=True, user__isnull=True) & ~Q(outside_body="")),
                name="shared_with_an_agency_or_an_outside_body",
            ),
            models.CheckConstraint(
                condition=~IS_SHARED
                | (Q(reason="") & ~Q(basis="") & ~Q(purpose="") & ~Q(necessity="") & (~Q(parts=[]) | ~Q(words=""))),
                name="shared_on_a_basis_for_a_purpose_by_need",
            ),
            models.CheckConstraint(
                condition=~IS_SHARED
                | (
                    Q(child_told__isnull=False, parent_told__isnull=False)
                    & (Q(child_told=True) | (Q(child_told=False) & ~Q(child_not_told_why="")))
                    & (Q(parent_told=True) | (Q(parent_told=False) & ~Q(parent_not_told_why="")))
                ),
                name="shared_says_who_was_told_or_why_not",
            ),
            models.CheckConstraint(
                condition=IS_SHARED | (~Q(reason="") & Q(expires_at__isnull=True) & NOT_RECALLED),
                name="not_shared_has_a_reason_and_gives_nothing",
            ),
            models.CheckConstraint(
                condition=~IS_SHARED | Q(agency__isnull=True) | Q(parts=[]) | Q(expires_at__isnull=False),
                name="shared_record_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("decided_at")),
                name="sharing_expires_after_it_was_decided",
            ),
            models.CheckConstraint(
                condition=NOT_RECALLED
                | (
                    Q(recalled_at__isnull=False, recalled_at__gte=F("decided_at"), recalled_by__isnull=False)
                    & ~Q(recalled_why="")
                ),
                name="recalled_by_somebody_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.decided_at:%-d %B %Y}"

    @property
    def is_shared(self) -> bool:
        return self.outcome in SHARED_OUTCOMES

    @property
    def receiver(self) -> str:
        """``Education``, ``Ada Frost, Education`` or the outside body."""
        if self.user:
            return f"{self.user.name}, {self.agency}"
        return str(self.agency) if self.agency else self.outside_body

    @property
    def ended_at_18(self) -> bool:
        """Shared in their childhood, and they are 18 without a basis for partners; the ledger's query tells."""
        return bool(getattr(self, "over_at_18", False))

    @property
    def in_force(self) -> bool:
        """Shared, not recalled, not ended with their childhood, and its end is still to come."""
        stands = self.is_shared and not self.recalled_at and not self.ended_at_18
        return stands and (self.expires_at is None or self.expires_at > now())


class Pointer(Row):
    """An agency knows a child: ask this person. It tells the agencies it names that, and nothing of the record.

    It carries what they recognise the child by, so that the child's own row stays closed. ``agencies``: who is told,
    the one that knows among them. Each of them has a grant that opens this and nothing else.
    """

    protection = OfPerson(Part.POINTER, named="agencies")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pointers")
    child_name = models.CharField(max_length=251)
    date_of_birth = models.DateField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agencies = ArrayField(models.UUIDField())
    contact = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    contact_name = models.CharField(max_length=150, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["child_name", "id"]
        indexes = [GinIndex(fields=["agencies"], name="pointer_told_to")]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact__isnull=False, contact_name="") | (Q(contact__isnull=True) & ~Q(contact_name="")),
                name="pointer_names_a_user_or_a_team",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")), name="pointer_ends_after_start"
            ),
            models.CheckConstraint(condition=Within(F("agencies"), F("agency_id")), name="pointer_tells_who_knows"),
        ]

    def __str__(self) -> str:
        return f"known to {self.agency}"

    @property
    def has_ended(self) -> bool:
        return self.ends_at is not None and self.ends_at <= now()


class PointerRequest(Row):
    """Somebody asks who knows a child, and gets words, a share, or a reason why not, by a time.

    Seen by the agency that asks and the one that is asked, as long as a pointer opens, and with the whole record.
    """

    protection = OfPerson(Part.POINTER, named="agencies")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pointer_requests")
    pointer = models.ForeignKey(Pointer, on_delete=models.PROTECT, related_name="requests")
    status = models.CharField(max_length=20, choices=POINTER_REQUEST.choices, default=ASKED)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    agencies = ArrayField(models.UUIDField())
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(
        SharingDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="requests"
    )

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["pointer", "due_at"], name="pointer_request_waiting", condition=Q(status=ASKED)),
            models.Index(fields=["asked_by", "-asked_at"], name="pointer_request_by_asker"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=ASKED, answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (
                    Q(
                        status__in=(ANSWERED, WITHHELD, SHARED),
                        answered_at__isnull=False,
                        answered_at__gte=F("asked_at"),
                    )
                    & Q(answered_at__isnull=False, answered_by__isnull=False)
                ),
                name="answered_request_has_a_time_and_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(ANSWERED, WITHHELD)) | ~Q(answer=""), name="answer_or_refusal_has_words"
            ),
            models.CheckConstraint(
                condition=~Q(status=SHARED) | Q(decision__isnull=False), name="shared_request_names_the_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"asked {self.asked_at:%-d %B %Y}"


class PointerRequestMove(StatusMove):
    """A change of a request's status: when, by whom and why."""

    protection = Follows("request")

    request = models.ForeignKey(PointerRequest, on_delete=models.PROTECT, related_name="status_moves")
