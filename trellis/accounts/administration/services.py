"""Opening, changing and closing accounts. Each service is one transaction and tells whoever keeps the log.

``by`` is the administrator, or None for the command that opens the first account. Nobody changes their own account.
"""

import secrets
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from trellis.accounts.administration.access import check_can_change_account
from trellis.accounts.models import (
    Agency,
    AuthenticatorApp,
    Invitation,
    Membership,
    RecoveryCode,
    Role,
    SecurityKey,
    Team,
    User,
)
from trellis.accounts.sealed import keyed_hash
from trellis.accounts.services import change_password
from trellis.core.clocks import now, today

INVITED_FOR = timedelta(hours=72)
PURPOSE = "invitation"

Listener = Callable[[str, User | None, User], None]
listeners: list[Listener] = []


class AlreadyThere(ValueError):
    """There is such an account, or such a membership, already."""


class NotUsable(ValueError):
    """The invitation is unknown, used or out of date: the three are told apart to nobody."""


def _tell(event: str, by: User | None, account: User) -> None:
    for listener in listeners:
        listener(event, by, account)


def _check(by: User | None, account: User) -> None:
    """A command has nobody to ask; whoever runs it owns the database."""
    if by is not None:
        check_can_change_account(by, account)


@transaction.atomic
def open_account(
    *, email: str, name: str, agency: Agency, team: Team, role: Role, by: User | None, **details: str
) -> tuple[User, str]:
    """A new account with its first membership, from today, and the secret of its invitation.

    ``details``: job_title, home_postcode. Raises AlreadyThere for an address in use; Refused.
    """
    account = User(email=email.lower(), name=name, agency=agency, **details)
    account.set_unusable_password()
    _check(by, account)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise AlreadyThere(email) from None
    Membership.objects.create(user=account, team=team, role=role, starts_on=today())
    _tell("account_opened", by, account)
    return account, invite(account=account, by=by)


@transaction.atomic
def invite(*, account: User, by: User | None) -> str:
    """The secret of a new invitation, good once and for 72 hours. Those before it end. Raises Refused."""
    _check(by, account)
    _end_invitations(account)
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(user=account, digest=keyed_hash(secret, PURPOSE), expires_at=now() + INVITED_FOR)
    _tell("account_invited", by, account)
    return secret


def _end_invitations(account: User) -> None:
    Invitation.objects.filter(user=account, used_at=None, expires_at__gt=now()).update(expires_at=now())


def invited(secret: str) -> User:
    """Whom an invitation is for. Raises NotUsable."""
    return _usable(Invitation.objects.all(), secret).user


def _usable(invitations: Any, secret: str) -> Invitation:
    usable = invitations.filter(used_at=None, expires_at__gt=now(), user__is_active=True, user__is_demonstration=False)
    found: Invitation | None = usable.filter(digest=keyed_hash(secret, PURPOSE)).select_related("user").first()
    if found is None:
        raise NotUsable
    return found


@transaction.atomic
def accept_invitation(*, secret: str, password: str) -> User:
    """Set the password that goes with the account. Raises NotUsable; ValidationError for a weak password."""
    invitation = _usable(Invitation.objects.select_for_update(of=("self",)), secret)
    change_password(invitation.user, password)
    invitation.used_at = now()
    invitation.save(update_fields=["used_at"])
    return invitation.user


@transaction.atomic
def change_details(*, account: User, by: User, name: str, job_title: str, home_postcode: str) -> None:
    """Raises Refused."""
    check_can_change_account(by, account)
    account.name, account.job_title, account.home_postcode = name, job_title, home_postcode
    account.save(update_fields=["name", "job_title", "home_postcode"])
    _tell("account_changed", by, account)


@transaction.atomic
def add_membership(*, account: User, team: Team, role: Role, starts_on: date, by: User) -> Membership:
    """A role in a team from a day, today or later. Raises AlreadyThere when it is held then; Refused."""
    check_can_change_account(by, account)
    User.objects.select_for_update(of=("self",)).get(pk=account.pk)
    same = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gt=starts_on), user=account, team=team, role=role)
    if same.exists():
        raise AlreadyThere
    made = Membership.objects.create(user=account, team=team, role=role, starts_on=max(starts_on, today()))
    _tell("membership_added", by, account)
    return made


@transaction.atomic
def end_membership(*, membership: Membership, ends_on: date, by: User) -> None:
    """End it on a day, today or later: from that day on it is not held. Raises Refused."""
    check_can_change_account(by, membership.user)
    _end(membership, ends_on)
    _tell("membership_ended", by, membership.user)


def _end(membership: Membership, ends_on: date) -> None:
    membership.ends_on = max(ends_on, today(), membership.starts_on)
    membership.save(update_fields=["ends_on"])


@transaction.atomic
def move_to_agency(*, account: User, agency: Agency, by: User) -> None:
    """From the next request on the account works for ``agency``. Its memberships stay as they are. Raises Refused."""
    check_can_change_account(by, account)
    account.agency = agency
    account.save(update_fields=["agency"])
    _tell("agency_changed", by, account)


@transaction.atomic
def close_account(*, account: User, by: User) -> None:
    """Out with the next request: every membership and invitation ends, and no session goes on. Raises Refused."""
    check_can_change_account(by, account)
    account.is_active = False
    account.sign_in_version = F("sign_in_version") + 1
    account.save(update_fields=["is_active", "sign_in_version"])
    for membership in Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today()), user=account):
        _end(membership, today())
    _end_invitations(account)
    account.refresh_from_db()
    _tell("account_closed", by, account)


@transaction.atomic
def open_again(*, account: User, by: User) -> None:
    """Open a closed account. What it may do comes with a new membership. Raises Refused."""
    check_can_change_account(by, account)
    account.is_active = True
    account.save(update_fields=["is_active"])
    _tell("account_opened_again", by, account)


@transaction.atomic
def reset_second_factors(*, account: User, by: User) -> None:
    """Take every second step away, for somebody who lost them all; their sessions end. Raises Refused."""
    check_can_change_account(by, account)
    for model in (AuthenticatorApp, SecurityKey, RecoveryCode):
        model._default_manager.filter(user=account).delete()
    User.objects.filter(pk=account.pk).update(sign_in_version=F("sign_in_version") + 1)
    account.refresh_from_db()
    _tell("second_steps_reset", by, account)
