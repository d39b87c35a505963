"""Deciding to share or not, and recalling what was shared."""

import uuid
from typing import Any

from django.db import IntegrityError, transaction

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now
from trellis.core.ids import new_id
from trellis.core.presenters import last_day
from trellis.core.protection import Part
from trellis.core.reference_data import labels
from trellis.need_to_know.parts import parts_in_words
from trellis.need_to_know.services import end_sight, grant_sight
from trellis.people.models import Person
from trellis.sharing.access import check_can_share
from trellis.sharing.lifecycle import SHARED, WITHHELD
from trellis.sharing.models import PointerRequest, SharingDecision
from trellis.sharing.queries import PURPOSE
from trellis.sharing.services.requests import settle_request
from trellis.sharing.services.told import tell


class NothingToRecall(ValueError):
    """Nothing of this decision is in force: it was recalled before, has expired, or shared nothing."""


def decide_sharing(
    *, person: Person, by: User, key: uuid.UUID | None = None, answers: PointerRequest | None = None, **decided: Any
) -> SharingDecision:
    """Record a decision; a share of parts with an agency, or a user of it, gives them sight until it expires.

    ``decided``: the fields of SharingDecision. ``key`` becomes its id, so that one form sent many times makes one.
    ``answers``: the question put through a pointer that it settles. Raises Refused without SHARE_DECIDE or the whole
    record, IntegrityError for a combination that cannot be.
    """
    check_can_share(by, person)
    try:
        with attempt():
            return _decide(SharingDecision(id=key or new_id(), person=person, decided_by=by, **decided), answers)
    except IntegrityError:
        already = SharingDecision.objects.filter(id=key or new_id(), person=person, decided_by=by).first()
        if already is None:
            raise
        return already


def _decide(decision: SharingDecision, answers: PointerRequest | None) -> SharingDecision:
    decision.decided_at = now()
    if decision.user:
        decision.agency = decision.user.agency
    if decision.parts:
        decision.parts = sorted({Part.IDENTITY, *decision.parts})
    insert_rows([decision])
    if decision.is_shared and decision.parts and decision.agency:
        purpose = labels(PURPOSE).get(decision.purpose, decision.purpose)
        grant_sight(
            person=decision.person,
            reason=f"Shared: {purpose}"[:200],
            by=decision.decided_by,
            user=decision.user,
            agency=None if decision.user else decision.agency,
            parts=[Part(part) for part in decision.parts],
            source=decision.id,
            ends_at=decision.expires_at,
        )
    _tell(decision)
    note(Action.WRITE, "sharing decision", object_id=decision.id, children=[decision.person_id])
    if answers:
        settle_request(
            request=answers,
            status=SHARED if decision.is_shared else WITHHELD,
            answer="" if decision.is_shared else decision.reason,
            by=decision.decided_by,
            decision=decision,
        )
    return decision


def _tell(decision: SharingDecision) -> None:
    until = f" until {last_day(decision.expires_at)}" if decision.expires_at else ""
    what = f": {parts_in_words(decision.parts)}" if decision.parts else " in words"
    shared, to = decision.is_shared, decision.receiver
    concerned = [decision.agency_id] if decision.agency_id else []
    tell(
        person=decision.person,
        kind="sharing.decided",
        title=f"Shared with {to}{until}{what}" if shared else f"Decided not to share with {to}",
        body=decision.necessity if shared else "",
        by=decision.decided_by,
        at=decision.decided_at,
        subject=decision.id,
        also=concerned if shared else (),
        but=() if shared else concerned,
    )


@transaction.atomic
def recall_share(*, decision: SharingDecision, why: str, by: User) -> SharingDecision:
    """End a share now: the receiver's next request finds nothing. Raises Refused, NothingToRecall."""
    check_can_share(by, decision.person)
    moment = now()
    standing = SharingDecision.objects.filter(id=decision.id, recalled_at__isnull=True) if decision.in_force else None
    if standing is None or not standing.update(recalled_at=moment, recalled_by=by, recalled_why=why):
        raise NothingToRecall("this share is not in force any more")
    decision.recalled_at, decision.recalled_by, decision.recalled_why = moment, by, why
    tell(
        person=decision.person,
        kind="sharing.recalled",
        title=f"Recalled what was shared with {decision.receiver}",
        body=why,
        by=by,
        at=moment,
        subject=decision.id,
        but=[decision.agency_id] if decision.agency_id else (),
    )
    note(Action.WRITE, "sharing decision", object_id=decision.id, children=[decision.person_id], why="recalled")
    end_sight(source=decision.id)
    return decision
