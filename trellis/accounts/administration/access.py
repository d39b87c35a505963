"""Who may look after accounts. Nobody looks after their own, so that nobody gives themselves anything."""

from uuid import UUID

from trellis.accounts.access import Hidden, Refused, allowed, check_may
from trellis.accounts.models import Membership, User
from trellis.accounts.permissions import Permission

WHAT = "account"


def see_account(user: User, account_id: UUID) -> User:
    """The account, for whoever manages accounts. Raises Refused, Hidden."""
    check_may(user, Permission.ACCOUNT_MANAGE)
    account = User.objects.filter(id=account_id).first()
    if account is None:
        raise Hidden(WHAT, account_id)
    return account


def see_membership(user: User, account: User, membership_id: UUID) -> Membership:
    """One membership of this account. Raises Refused, Hidden."""
    check_may(user, Permission.ACCOUNT_MANAGE)
    membership = Membership.objects.filter(id=membership_id, user=account).select_related("team", "role").first()
    if membership is None:
        raise Hidden("membership", membership_id)
    return membership


def check_can_change_account(user: User, account: User) -> None:
    """Raises Refused without ACCOUNT_MANAGE, and for one's own account always."""
    check_may(user, Permission.ACCOUNT_MANAGE)
    if account.pk == user.pk:
        raise Refused("This is your own account: another administrator changes it.", WHAT, account.pk)


def can_change_account(user: User, account: User) -> bool:
    return allowed(check_can_change_account, user, account)
