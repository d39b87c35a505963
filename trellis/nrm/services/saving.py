"""How a referral is stored: held while it is decided, moved by the table, told in the chronology."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.services import add_chronology_entry
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now, start_of_day
from trellis.core.revisions import ChangedMeanwhile
from trellis.need_to_know.handling import code_by_default
from trellis.nrm.lifecycle import BODIES, NRM_REFERRAL
from trellis.nrm.models import NrmReferral, NrmReferralMove, NrmStatement

WHAT = "NRM referral"


class NotOpen(ValueError):
    """The rules, or the referral as it stands, do not allow this; the sentence says why and what to do."""


def hold(referral: NrmReferral) -> NrmReferral:
    """The referral as it stands now, held until the transaction ends."""
    return NrmReferral.objects.select_for_update(of=("self",)).select_related("person").get(id=referral.id)


def hold_as_seen(referral: NrmReferral, after: int) -> NrmReferral:
    """As ``hold``, and nobody wrote since revision ``after``. Raises ChangedMeanwhile."""
    found = hold(referral)
    if found.revision != after:
        raise ChangedMeanwhile(found)
    return found


def move(referral: NrmReferral, new: str, by: User, why: str = "", **values: Any) -> None:
    """To the next status, over the revision held, with the day that matters next. Raises MoveNotAllowed."""
    old = referral.status
    NRM_REFERRAL.check_move(old, new)
    referral.save_over(referral.revision, status=new, **{"clock": "", "clock_on": None, **values})
    insert_rows([NrmReferralMove(referral=referral, old=old, new=new, moved_at=now(), moved_by=by, why=why)])
    note_saved(referral.id, referral.person_id)


def say(referral: NrmReferral, kind: str, text: str, on: date, by: User, key: UUID | None = None) -> NrmStatement:
    """Words that stay the writer's agency's own, under the code it gives its own."""
    said = NrmStatement(
        person_id=referral.person_id,
        referral=referral,
        kind=kind,
        text=text,
        said_on=on,
        agency=by.agency,
        form_key=key,
        recorded_by=by,
    )
    code_by_default([said])
    insert_rows([said])
    return said


def tell(referral: NrmReferral, kind: str, title: str, on: date | datetime, by: User, body: str = "") -> None:
    """Put it into the chronology: facts alone, the words stay with the referral."""
    happened_at = on if isinstance(on, datetime) else start_of_day(on)
    add_chronology_entry(
        person=referral.person,
        happened_at=happened_at,
        kind=kind,
        title=title,
        body=body or BODIES.get(referral.body, ""),
        by=by,
        subject=referral.id,
    )


def note_saved(row: UUID, person: UUID, what: str = WHAT) -> None:
    note(Action.WRITE, what, object_id=row, children=[person])
