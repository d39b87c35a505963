"""The front door: make a referral, decide it, correct it.

Each is one transaction: the change, its status row, its chronology entry, sight of the child, its audit event.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from trellis.accounts.models import Agency, User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.models import Significance
from trellis.cases.services import HUB, MANAGEMENT, add_chronology_entry, end_sight, grant_sight, open_case
from trellis.core.clocks import add_working_days, london_date, now
from trellis.core.reference_data import bank_holidays, limit
from trellis.people.models import Person
from trellis.referrals.access import check_can_decide_referral
from trellis.referrals.lifecycle import ACCEPTED_ASSESSMENT, RECEIVED, REFERRAL
from trellis.referrals.models import ExploitationType, Referral, ReferralCorrection, ReferralMove


@transaction.atomic
def make_referral(
    *,
    person: Person,
    received_at: datetime,
    source_code: str,
    exploitation_types: Sequence[str],
    by: User | None,
    reference: str = "",
    agency: Agency | None = None,
    **details: Any,
) -> Referral:
    """Record a referral (``received_at`` aware; the first exploitation type is the primary one).

    It waits for a decision until the end of the working day the limit ``referral.decision`` sets. The
    hub and its managers see the child until it is decided. ``details`` are further fields of Referral.
    """
    received_on = london_date(received_at)
    referral = Referral.objects.create(
        reference=reference or f"REF-{uuid.uuid4().hex[:8].upper()}",
        person=person,
        received_at=received_at,
        source_code=source_code,
        agency=agency,
        primary_type=exploitation_types[0],
        exploitation_types=list(exploitation_types),
        decision_due_on=add_working_days(received_on, limit("referral.decision", received_on), bank_holidays()),
        recorded_by=by,
        **details,
    )
    ReferralMove.objects.create(referral=referral, new=RECEIVED, moved_at=now(), moved_by=by)
    add_chronology_entry(
        person=person,
        happened_at=received_at,
        kind="referral.received",
        title=f"Referral received: {ExploitationType(referral.primary_type).label.lower()}",
        body=referral.concerns,
        significance=Significance.NOTABLE,
        agency=agency,
        by=by,
        subject=referral.id,
    )
    for team in (HUB, MANAGEMENT):
        grant_sight(person=person, team=team, reason="Referral waiting for a decision", by=by, source=referral.id)
    note(Action.WRITE, "referral", object_id=referral.id, children=[person.id])
    return referral


@transaction.atomic
def record_decision(*, referral: Referral, decision: str, reason: str, by: User) -> Referral:
    """Decide a referral. Accepting it for assessment opens a case.

    Raises Refused, Hidden, and MoveNotAllowed when it was decided already.
    """
    check_can_decide_referral(by, referral)
    referral = Referral.objects.select_for_update().select_related("person").get(id=referral.id)
    REFERRAL.check_move(referral.status, decision)
    moment = now()
    ReferralMove.objects.create(
        referral=referral, old=referral.status, new=decision, moved_at=moment, moved_by=by, why=reason
    )
    referral.status, referral.decided_at, referral.decided_by, referral.decision_reason = decision, moment, by, reason
    referral.save(update_fields=["status", "decided_at", "decided_by", "decision_reason"])
    add_chronology_entry(
        person=referral.person,
        happened_at=moment,
        kind="referral.decided",
        title=f"Referral: {REFERRAL.statuses[decision].lower()}",
        body=reason,
        significance=Significance.NOTABLE,
        by=by,
        subject=referral.id,
    )
    if decision == ACCEPTED_ASSESSMENT:
        open_case(person=referral.person, why=f"Referral {referral} accepted for assessment", by=by)
    end_sight(source=referral.id)
    note(Action.WRITE, "referral decision", object_id=referral.id, children=[referral.person_id])
    return referral


@transaction.atomic
def correct_referral(*, referral: Referral, changes: dict[str, Any], why: str, by: User | None) -> Referral:
    """Change fields of a referral and keep what they said before."""
    old = {field: getattr(referral, field) for field in changes}
    ReferralCorrection.objects.create(
        referral=referral,
        old_values={f: v.isoformat() if isinstance(v, datetime) else _plain(v) for f, v in old.items()},
        corrected_at=now(),
        corrected_by=by,
        why=why,
    )
    for field, value in changes.items():
        setattr(referral, field, value)
    referral.save(update_fields=list(changes))
    add_chronology_entry(
        person=referral.person,
        happened_at=referral.received_at,
        kind="referral.received",
        title=f"Referral corrected: {', '.join(sorted(labels_of(changes)))}",
        by=by,
        agency=referral.agency,
        subject=referral.id,
    )
    note(Action.WRITE, "referral correction", object_id=referral.id, children=[referral.person_id])
    return referral


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Agency) else value


def labels_of(fields: dict[str, Any]) -> list[str]:
    """Field names as people read them."""
    return [str(Referral._meta.get_field(field).verbose_name) for field in fields]
