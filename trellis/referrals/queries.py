"""Reads for the triage queue."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from trellis.accounts.models import User
from trellis.core.row_context import Duty, duty
from trellis.referrals.access import referrals_visible_to
from trellis.referrals.lifecycle import RECEIVED
from trellis.referrals.models import Referral


@dataclass(frozen=True)
class QueueCounts:
    """Of the referrals this user may see: received = decided + waiting."""

    received: int
    decided: int
    waiting: int


def queue_counts(user: User) -> QueueCounts:
    waiting = Q(status=RECEIVED)
    counted = referrals_visible_to(user).aggregate(
        received=Count("id"), decided=Count("id", filter=~waiting), waiting=Count("id", filter=waiting)
    )
    return QueueCounts(**counted)


def made_with(key: UUID, user: User) -> Referral | None:
    """The referral that this user's form with this key made already."""
    with duty(Duty.INTAKE):
        return Referral.objects.filter(form_key=key, recorded_by=user).first()


def waiting(user: User) -> QuerySet[Referral]:
    """Referrals to be decided, the earliest due first."""
    rows = referrals_visible_to(user).awaiting_decision().select_related("person", "agency")
    return rows.order_by("decision_due_on", "received_at", "id")


def decided(user: User) -> QuerySet[Referral]:
    """Referrals decided, the latest decision first."""
    rows = referrals_visible_to(user).exclude(status=RECEIVED).select_related("person", "agency", "decided_by")
    return rows.order_by("-decided_at", "id")
