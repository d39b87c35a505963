"""Accounts as whoever manages them sees them. Nothing here leads to a young person."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from trellis.accounts.models import Agency, Invitation, Membership, Role, Team, User
from trellis.accounts.second_factors import SecondFactors, second_factors_of
from trellis.core.clocks import now

OPEN, CLOSED, ALL = "open", "closed", "all"


@dataclass(frozen=True)
class Wanted:
    """Which accounts: of one agency (by code) or of all, open or closed, with these words in name or address."""

    agency: str = ""
    state: str = OPEN
    words: str = ""


def accounts(wanted: Wanted) -> QuerySet[User]:
    """The accounts wanted, by name, each with its ``current_memberships``."""
    held = Membership.objects.current().select_related("team", "role").order_by("team__name", "role__name")
    found = User.objects.prefetch_related(Prefetch("memberships", held, to_attr="current_memberships"))
    if wanted.agency:
        found = found.filter(agency__code=wanted.agency)
    if wanted.state != ALL:
        found = found.filter(is_active=wanted.state == OPEN)
    for word in wanted.words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return found.order_by("name", "email")


def memberships_of(account: User) -> QuerySet[Membership]:
    """Every membership there is or was, the latest first."""
    return Membership.objects.filter(user=account).select_related("team", "role").order_by("-starts_on", "role__name")


def second_steps_of(account: User) -> SecondFactors:
    return second_factors_of(account)


def open_invitation(account: User) -> Invitation | None:
    """The invitation that can still be used."""
    return Invitation.objects.filter(user=account, used_at=None, expires_at__gt=now()).first()


def choices_of(model: type[Agency] | type[Team] | type[Role]) -> list[tuple[str, str]]:
    return list(model._default_manager.values_list("code", "name"))


def by_code(model: type[Agency] | type[Team] | type[Role], code: str) -> Any:
    """The row of that code. Raises DoesNotExist."""
    return model._default_manager.get(code=code)
