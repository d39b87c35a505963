"""A referral is suspended, taken up again or withdrawn; evidence is sent after it."""

from datetime import date
from uuid import UUID

from django.db import transaction

from trellis.accounts.models import User
from trellis.core.clocks import london_date, today
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.presenters import lower_first
from trellis.core.reference_data import due_on
from trellis.nrm.access import check_can_record
from trellis.nrm.lifecycle import DUE, NRM_REFERRAL, REASONABLE, REFERRED, SUSPENDED, WITHDRAWN
from trellis.nrm.models import NrmReferral, NrmStatement
from trellis.nrm.services.saving import NotOpen, hold_as_seen, move, note_saved, say, tell

TAKEN_UP = "taken_up"


@transaction.atomic
def move_referral(*, referral: NrmReferral, new: str, why: str, after: int, by: User) -> NrmReferral:
    """Suspended, withdrawn, or taken up again where it stood. ``new``: a status, or TAKEN_UP. A referral that is taken
    up has the day by which it is due that it had before.

    Raises Refused, MoveNotAllowed, ChangedMeanwhile.
    """
    check_can_record(by, referral.person_id)
    referral = hold_as_seen(referral, after)
    if new == TAKEN_UP:
        if referral.status != SUSPENDED:
            raise MoveNotAllowed("this referral is not suspended")
        new = REASONABLE if referral.decisions.filter(stage=REASONABLE).exists() else REFERRED
    elif new not in (SUSPENDED, WITHDRAWN):
        raise MoveNotAllowed("what was decided is recorded as a decision")
    clock: dict[str, object] = {}
    if new == REFERRED:
        start = london_date(referral.submitted_at)
        clock = {"clock": DUE, "clock_on": due_on(f"nrm.reasonable_grounds.{referral.body}", start)}
    move(referral, new, by, why, **clock)
    tell(referral, "nrm.step", f"NRM: referral {lower_first(NRM_REFERRAL.statuses[new])}", today(), by, why)
    return referral


@transaction.atomic
def add_evidence(*, referral: NrmReferral, text: str, said_on: date, by: User, key: UUID | None = None) -> NrmStatement:
    """What was sent to the body that decides, on a day, after the referral; kept under the code of the writer's agency.
    The same form sent again gives back the row it made.

    Raises Refused; NotOpen when the referral was withdrawn, and for a day before it.
    """
    check_can_record(by, referral.person_id)
    if key and (already := NrmStatement.objects.filter(form_key=key, recorded_by=by).first()):
        return already
    if referral.status == WITHDRAWN:
        raise NotOpen("This referral was withdrawn: evidence goes with a new one")
    if said_on < london_date(referral.submitted_at):
        raise NotOpen("Evidence is sent on the day of the referral or later")
    said = say(referral, NrmStatement.Kind.EVIDENCE, text, said_on, by, key)
    note_saved(said.id, referral.person_id)
    return said
