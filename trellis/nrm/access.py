"""Which referrals a user may see, and who may record what comes of them."""

import uuid
from typing import TypeVar

from django.db.models import QuerySet

from trellis.accounts.access import Hidden, Refused, allowed, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.need_to_know.access import seen_by, sees_whole_record, visible_to
from trellis.nrm.models import Guardian, NrmReferral, NrmStatement, Section45
from trellis.nrm.models.referrals import NrmReferralQuerySet
from trellis.people.models import Person

Some = TypeVar("Some", Guardian, Section45)


def referrals_visible_to(user: User) -> NrmReferralQuerySet:
    return NrmReferral.objects.filter(seen_by(user, NrmReferral))


def statements_visible_to(user: User) -> QuerySet[NrmStatement]:
    return visible_to(user, NrmStatement)


def see_referral(user: User, person: Person, referral_id: uuid.UUID) -> NrmReferral:
    """A referral of this young person, and a mark in the log. Raises Hidden."""
    rows = referrals_visible_to(user).filter(person=person).select_related("person", "agency", "recorded_by")
    found = rows.filter(id=referral_id).first()
    if found is None:
        raise Hidden("NRM referral", referral_id)
    note(Action.READ, "NRM referral", object_id=found.id, children=[person.id])
    return found


def see_support(user: User, person: Person, model: type[Some], row_id: uuid.UUID) -> Some:
    """A guardian, or a section 45 defence, of this young person. Raises Hidden."""
    rows: QuerySet[Some] = visible_to(user, model)
    found = rows.filter(person=person, id=row_id).first()
    if found is None:
        raise Hidden(str(model._meta.verbose_name), row_id)
    return found


def check_can_record(user: User, person_id: uuid.UUID) -> None:
    """Raises Refused without NRM_WRITE, also for whoever has only a part of the record or opened it in an emergency."""
    check_may(user, Permission.NRM_WRITE)
    if not sees_whole_record(user, person_id):
        raise Refused("Only somebody with the whole record records an NRM referral.", "NRM referral", person_id)


def can_record(user: User, person_id: uuid.UUID) -> bool:
    return allowed(check_can_record, user, person_id)
