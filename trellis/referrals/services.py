"""The front door: make a referral, decide it, correct it.

Each is one transaction: the change, its status row, its chronology entry, sight of the child, its audit event.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app as jobs

from trellis.accounts.access import check_may
from trellis.accounts.models import Agency, User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.cases.introductions import person_told_of
from trellis.cases.models import ChronologyEntry, Significance
from trellis.cases.services import add_chronology_entries, add_chronology_entry, open_case, writers_agency
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import add_working_days, london_date, now
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.reference_data import bank_holidays, limit
from trellis.core.row_context import Duty, duty
from trellis.need_to_know.services import HUB, MANAGEMENT, end_sight, grant_sight_of_many
from trellis.people.models import Person
from trellis.people.services import Introduction
from trellis.referrals.access import check_can_decide_referral, check_can_give, check_can_work_on
from trellis.referrals.lifecycle import ACCEPTED_ASSESSMENT, RECEIVED, REFERRAL
from trellis.referrals.models import ExploitationType, Referral, ReferralCorrection, ReferralMove, Telling
from trellis.referrals.queries import latest_of, made_with

SAVED_AT_ONCE = 200
SEND_OUTCOME = "referrals.send_outcome"


class Correction(NamedTuple):
    """Fields of a referral that were told wrongly, with what is right."""

    referral: Referral
    changes: Mapping[str, Any]


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
    referral = Referral(
        reference=reference or f"REF-{uuid.uuid4().hex[:8].upper()}",
        person=person,
        received_at=received_at,
        source_code=source_code,
        agency=agency,
        exploitation_types=list(exploitation_types),
        recorded_by=by,
        **details,
    )
    make_referrals([referral], by=by)
    return referral


def refer(*, who: Introduction, key: uuid.UUID, by: User, **told: Any) -> Referral:
    """Record who it is about and the referral together, once for each ``key``. ``told``: see make_referral.

    Raises Refused without REFERRAL_CREATE.
    """
    check_may(by, Permission.REFERRAL_CREATE)
    try:
        with duty(Duty.INTAKE), attempt():
            return make_referral(person=person_told_of(who, by=by), by=by, form_key=key, **told)
    except IntegrityError:
        already = made_with(key, by)
        if already is None:
            raise
        return already


@transaction.atomic
def make_referrals(referrals: Sequence[Referral], *, by: User | None) -> None:
    """Record unsaved referrals; when each is to be decided, and its primary type, are set here."""
    due_on, moment = _due_days(), now()
    latest = latest_of({referral.person_id for referral in referrals})
    for referral in referrals:
        referral.previous = latest.get(referral.person_id)
        latest[referral.person_id] = referral
        referral.primary_type = referral.exploitation_types[0]
        referral.decision_due_on = due_on(referral.received_at)
    insert_rows(referrals)
    insert_rows(ReferralMove(referral=referral, new=RECEIVED, moved_at=moment, moved_by=by) for referral in referrals)
    add_chronology_entries(_received(referrals, by))
    grant_sight_of_many(
        sources=[(referral.person_id, referral.id) for referral in referrals],
        teams=(HUB, MANAGEMENT),
        reason="Referral waiting for a decision",
        by=by,
    )
    for referral in referrals:
        note(Action.WRITE, "referral", object_id=referral.id, children=[referral.person_id])


def _received(referrals: Sequence[Referral], by: User | None) -> list[ChronologyEntry]:
    own = writers_agency(by)
    return [
        ChronologyEntry(
            person_id=referral.person_id,
            happened_at=referral.received_at,
            kind="referral.received",
            title=f"Referral received: {ExploitationType(referral.primary_type).label.lower()}",
            body="\n\n".join(filter(None, (referral.harm_seen, referral.concerns))),
            significance=Significance.NOTABLE,
            agency=referral.agency or own,
            subject=referral.id,
            recorded_by=by,
        )
        for referral in referrals
    ]


def _due_days() -> Callable[[datetime], date]:
    """The day by which a referral received at a moment is decided; each day's answer is worked out once."""
    holidays = bank_holidays()
    due_on = cache(lambda day: add_working_days(day, limit("referral.decision", day), holidays))
    return lambda received_at: due_on(london_date(received_at))


@transaction.atomic
def record_decision(
    *, referral: Referral, decision: str, reason: str, by: User, redirected_to: str = "", told_how: str = ""
) -> Referral:
    """Decide a referral. Accepting it for assessment opens a case.

    ``told_how``: how the referrer is told, now or, with RING, later: until then those who decide still see the child.
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
    referral.redirected_to = redirected_to
    referral.save(update_fields=["status", "decided_at", "decided_by", "decision_reason", "redirected_to"])
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
    if told_how:
        record_telling(referral=referral, how=told_how, by=by)
    else:
        end_sight(source=referral.id)
    note(Action.WRITE, "referral decision", object_id=referral.id, children=[referral.person_id])
    return referral


@transaction.atomic
def record_telling(*, referral: Referral, how: str, by: User) -> Referral:
    """Record how the referrer is told of the decision; an e-mail leaves with it.

    Raises Refused, Hidden, MoveNotAllowed. The sight that came with the referral ends once they were told.
    """
    check_can_work_on(by, referral)
    referral = Referral.objects.select_for_update().get(id=referral.id)
    if referral.status == RECEIVED or referral.told_at:
        raise MoveNotAllowed("a referrer is told once, after the decision")
    referral.told_how = how
    if how != Telling.RING:
        referral.told_at, referral.told_by = now(), by
        end_sight(source=referral.id)
    referral.save(update_fields=["told_how", "told_at", "told_by"])
    if how == Telling.EMAIL:
        jobs.configure_task(SEND_OUTCOME).defer(referral_id=str(referral.id))
    note(Action.WRITE, "referral outcome told", object_id=referral.id, children=[referral.person_id])
    return referral


@transaction.atomic
def give_referral(*, referral: Referral, owner: User, by: User) -> Referral:
    """Say who looks after a referral: oneself, or somebody else who sees it. Raises Refused, Hidden."""
    check_can_give(by, referral, owner)
    referral = Referral.objects.select_for_update().get(id=referral.id)
    referral.owner, referral.owned_at = owner, now()
    referral.save(update_fields=["owner", "owned_at"])
    note(Action.WRITE, "referral owner", object_id=referral.id, children=[referral.person_id])
    return referral


def correct_referral(*, referral: Referral, changes: dict[str, Any], why: str, by: User | None) -> Referral:
    """Change fields of a referral and keep what they said before."""
    correct_referrals([Correction(referral, changes)], why=why, by=by)
    return referral


@transaction.atomic
def correct_referrals(corrections: Sequence[Correction], *, why: str, by: User | None) -> None:
    """Correct referrals, in that order, as ``correct_referral`` does one by one.

    Another time of receipt moves the day by which a waiting referral is decided.
    """
    insert_rows(_kept(correction, why, by) for correction in corrections)
    due_on, own = _due_days(), writers_agency(by)
    for referral, changes in corrections:
        for field, value in changes.items():
            setattr(referral, field, value)
        referral.primary_type = referral.exploitation_types[0]
        if referral.status == RECEIVED:
            referral.decision_due_on = due_on(referral.received_at)
    referrals = [correction.referral for correction in corrections]
    fields = {"primary_type", "decision_due_on"}.union(*(correction.changes for correction in corrections))
    Referral.objects.bulk_update(referrals, sorted(fields), batch_size=SAVED_AT_ONCE)
    add_chronology_entries([_corrected(correction, own, by) for correction in corrections])
    for referral in referrals:
        note(Action.WRITE, "referral correction", object_id=referral.id, children=[referral.person_id])


def _kept(correction: Correction, why: str, by: User | None) -> ReferralCorrection:
    old = {field: getattr(correction.referral, field) for field in correction.changes}
    return ReferralCorrection(
        referral=correction.referral,
        old_values={f: v.isoformat() if isinstance(v, datetime) else _plain(v) for f, v in old.items()},
        corrected_at=now(),
        corrected_by=by,
        why=why,
    )


def _corrected(correction: Correction, own: Agency, by: User | None) -> ChronologyEntry:
    referral = correction.referral
    return ChronologyEntry(
        person_id=referral.person_id,
        happened_at=referral.received_at,
        kind="referral.received",
        title=f"Referral corrected: {', '.join(sorted(labels_of(correction.changes)))}",
        agency=referral.agency or own,
        subject=referral.id,
        recorded_by=by,
    )


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Agency) else value


def labels_of(fields: Iterable[str]) -> list[str]:
    """Field names as people read them."""
    return [Referral._meta.get_field(field).name.replace("_", " ") for field in fields]
