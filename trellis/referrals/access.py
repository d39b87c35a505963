"""Which referrals a user may see, and who may decide them."""

import uuid

from trellis.accounts.access import Hidden, Refused, allowed, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.row_context import Duty, duty
from trellis.need_to_know.access import seen_by
from trellis.referrals.models import Referral, ReferralQuerySet


def referrals_visible_to(user: User) -> ReferralQuerySet:
    return Referral.objects.filter(seen_by(user, Referral))


def see_referral(user: User, referral_id: uuid.UUID) -> Referral:
    """The referral, and a mark in the log. Raises Hidden."""
    found = (
        referrals_visible_to(user)
        .select_related("person", "agency", "decided_by", "owner", "told_by")
        .filter(id=referral_id)
        .first()
    )
    if found is None:
        raise Hidden("referral", referral_id)
    note(Action.READ, "referral", object_id=found.id, children=[found.person_id])
    return found


def can_see_referral(user: User, referral_id: uuid.UUID) -> bool:
    return referrals_visible_to(user).filter(id=referral_id).exists()


def see_receipt(user: User, referral_id: uuid.UUID) -> Referral:
    """A referral the user made themselves, for its reference and clock only. Raises Hidden."""
    with duty(Duty.INTAKE):
        found = Referral.objects.filter(id=referral_id, recorded_by=user).first()
    if found is None:
        raise Hidden("referral", referral_id)
    note(Action.READ, "referral receipt", object_id=found.id, children=[found.person_id])
    return found


def check_can_work_on(user: User, referral: Referral) -> None:
    """Whether the user may look after a referral. Raises Refused without REFERRAL_CREATE, Hidden when not seen."""
    check_may(user, Permission.REFERRAL_CREATE)
    if not can_see_referral(user, referral.id):
        raise Hidden("referral", referral.id)


def can_work_on(user: User, referral: Referral) -> bool:
    return allowed(check_can_work_on, user, referral)


def check_can_give(user: User, referral: Referral, owner: User) -> None:
    """One takes what nobody has, and gives away what one has; who decides gives anything. The owner must see it.
    Raises Refused, Hidden."""
    check_can_work_on(user, referral)
    own = referral.owner_id in (None, user.id)
    if not own and not user.may(Permission.REFERRAL_DECIDE):
        raise Refused("Somebody else looks after this referral: ask them or a manager.", "referral", referral.id)
    with duty(Duty.INTAKE):  # what somebody else sees is not to be read by this user
        sees = can_work_on(owner, referral)
    if not sees:
        raise Refused("They may not see this referral.", "referral", referral.id)


def can_give(user: User, referral: Referral, owner: User) -> bool:
    return allowed(check_can_give, user, referral, owner)


def check_can_decide_referral(user: User, referral: Referral) -> None:
    """Raises Refused without REFERRAL_DECIDE, Hidden when the user may not see the child."""
    check_may(user, Permission.REFERRAL_DECIDE)
    if not can_see_referral(user, referral.id):
        raise Hidden("referral", referral.id)


def can_decide_referral(user: User, referral: Referral) -> bool:
    return allowed(check_can_decide_referral, user, referral)
