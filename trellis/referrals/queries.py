"""Reads for the triage queue."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.cases.returning import Referred
from trellis.core.clocks import london_date
from trellis.core.protection import Part
from trellis.core.row_context import Duty, duty
from trellis.need_to_know.seeing import who_see_and_may
from trellis.referrals.access import referrals_visible_to
from trellis.referrals.lifecycle import RECEIVED
from trellis.referrals.models import Referral, Telling


@dataclass(frozen=True)
class QueueCounts:
    """Of the referrals this user may see: received = decided + waiting."""

    received: int
    decided: int
    waiting: int
    to_be_told: int


def queue_counts(user: User) -> QueueCounts:
    waiting = Q(status=RECEIVED)
    counted = referrals_visible_to(user).aggregate(
        received=Count("id"),
        decided=Count("id", filter=~waiting),
        waiting=Count("id", filter=waiting),
        to_be_told=Count("id", filter=~waiting & Q(told_how=Telling.RING)),
    )
    return QueueCounts(**counted)


def made_with(key: UUID, user: User) -> Referral | None:
    """The referral that this user's form with this key made already."""
    with duty(Duty.INTAKE):
        return Referral.objects.filter(form_key=key, recorded_by=user).first()


def latest_of(people: Collection[UUID]) -> dict[UUID, Referral]:
    """The latest referral of each of these people, for linking the next one to it. Asked on duty."""
    rows = Referral.objects.filter(person__in=people).order_by("person_id", "-received_at").distinct("person_id")
    return {referral.person_id: referral for referral in rows}


def earlier_of(user: User, referral: Referral) -> QuerySet[Referral]:
    """Other referrals of the same young person, as far as this user sees them, the latest first."""
    return referrals_visible_to(user).filter(person=referral.person_id).exclude(id=referral.id).order_by("-received_at")


def referred_of(user: User, people: Collection[UUID]) -> list[Referred]:
    """The referrals of these people that the user may see, by the London day they arrived. One query."""
    rows = referrals_visible_to(user).filter(person__in=people).values_list("id", "person", "received_at")
    return [Referred(person, london_date(at), reverse("referral", args=[id])) for id, person, at in rows]


def may_own(referral: Referral) -> list[User]:
    """Who may be given a referral: those who see it and refer, in order of name."""
    with duty(Duty.INTAKE):
        return list(who_see_and_may(referral.person_id, Permission.REFERRAL_CREATE, Part.RECORD, Part.REFERRALS))


@dataclass(frozen=True)
class QueueFilter:
    """What of the queue is asked for; ``owner`` is mine, nobody or anybody."""

    owner: str = ""
    kind: str = ""
    order: str = ""

    def of(self, rows: QuerySet[Referral], user: User) -> QuerySet[Referral]:
        if self.owner == "mine":
            rows = rows.filter(owner=user)
        elif self.owner == "nobody":
            rows = rows.filter(owner=None)
        return rows.filter(exploitation_types__contains=[self.kind]) if self.kind else rows


ALL = QueueFilter()


def waiting(user: User, wanted: QueueFilter = ALL) -> QuerySet[Referral]:
    """Referrals to be decided: those in danger first, then the earliest due; or in the order asked for."""
    rows = referrals_visible_to(user).awaiting_decision().select_related("person", "agency", "owner")
    due = ("decision_due_on", "received_at", "id")
    orders = {"received": ("-received_at", "id"), "danger": ("-immediate_danger", *due)}
    return wanted.of(rows, user).order_by(*orders.get(wanted.order, due))


def decided(user: User, wanted: QueueFilter = ALL) -> QuerySet[Referral]:
    """Referrals decided, the latest decision first."""
    rows = referrals_visible_to(user).exclude(status=RECEIVED)
    return wanted.of(rows.select_related("person", "agency", "decided_by", "owner"), user).order_by("-decided_at", "id")


def to_be_told(user: User, wanted: QueueFilter = ALL) -> QuerySet[Referral]:
    """Referrals decided whose referrer is still to be rung, the earliest decision first."""
    rows = referrals_visible_to(user).to_be_told().select_related("person", "agency", "decided_by", "owner")
    return wanted.of(rows, user).order_by("decided_at", "id")
