"""The access review: every grant in force, and how many people each reaches."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Q

from trellis.accounts.models import Membership, Team, User
from trellis.accounts.permissions import Permission
from trellis.core.clocks import now
from trellis.core.protection import Part
from trellis.governance.access import grants_reviewed_by
from trellis.need_to_know.models import GrantQuerySet

ALLOCATED = Q(reason__startswith="Lead worker of ") | Q(reason__startswith="Joint worker of ")
EMERGENCY = Q(parts=[Part.EMERGENCY])
POINTER = Q(parts=[Part.POINTER])
SHARED = ~Q(parts=[]) & ~EMERGENCY & ~POINTER
KINDS: dict[str, tuple[str, Q]] = {
    "case": ("Open case", Q(reason="Open case")),
    "allocation": ("Lead or joint worker", ALLOCATED),
    "referral": ("Referral waiting for a decision", Q(reason="Referral waiting for a decision")),
    "missing": ("Missing", Q(reason="Missing")),
    "share": ("Parts of the record shared", SHARED),
    "pointer": ("Pointer", POINTER),
    "emergency": ("Emergency opening", EMERGENCY),
}
OTHER = "other"


@dataclass(frozen=True)
class Asked:
    """Which grants: by codes and an opaque id; everything left empty matches. ``older``: given that many days ago
    or more."""

    team: str = ""
    agency: str = ""
    worker: UUID | None = None
    reason: str = ""
    endless: bool = False
    older: int | None = None


def grants_asked(user: User, asked: Asked) -> GrantQuerySet:
    """The grants the user reviews and asked for, the oldest first; asked inside ``reviewing(user)``."""
    chosen = Q()
    if asked.team:
        chosen &= Q(team__code=asked.team)
    if asked.agency:
        chosen &= Q(agency__code=asked.agency) | Q(user__agency__code=asked.agency)
    if asked.worker:
        chosen &= Q(user=asked.worker)
    if asked.reason:
        chosen &= _of_kind(asked.reason)
    if asked.endless:
        chosen &= Q(ends_at__isnull=True)
    if asked.older is not None:
        chosen &= Q(starts_at__lte=now() - timedelta(days=asked.older))
    found = grants_reviewed_by(user).filter(chosen)
    return found.select_related("user__agency", "team", "agency", "recorded_by").order_by("starts_at", "id")


def _of_kind(kind: str) -> Q:
    if kind != OTHER:
        return KINDS[kind][1]
    known = Q()
    for _, condition in KINDS.values():
        known |= condition
    return ~known


@dataclass(frozen=True)
class Reach:
    """How many people a grant to a team or an agency reaches, by its id: those whose role reads records."""

    teams: dict[UUID, int]
    agencies: dict[UUID, int]


def reach() -> Reach:
    readers = Membership.objects.current().filter(
        role__permissions__contains=[Permission.CHILD_READ], user__is_active=True
    )
    people = Count("user", distinct=True)
    return Reach(
        teams=dict(readers.values_list("team").annotate(people)),
        agencies=dict(readers.values_list("user__agency").annotate(people)),
    )


def team_choices() -> list[tuple[str, str]]:
    return list(Team.objects.values_list("code", "name"))


def worker_choices(user: User) -> list[tuple[str, str]]:
    """Who holds a grant of their own among those the user reviews; asked inside ``reviewing(user)``."""
    holding = grants_reviewed_by(user).filter(user__isnull=False).values("user")
    found = User.objects.filter(id__in=holding).values_list("id", "name", "agency__name")
    return [(str(worker), f"{name}, {agency}") for worker, name, agency in found]
