"""Who may read, draw up and publish assessment tools, and finding one."""

import uuid

from trellis.accounts.access import Hidden, Refused, allowed, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import WORDS, Permission
from trellis.assessments.models import Instrument, InstrumentDraft, InstrumentVersion
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note

READS = (Permission.ASSESSMENT_WRITE, Permission.INSTRUMENT_EDIT, Permission.INSTRUMENT_PUBLISH)


def check_can_read_tools(user: User) -> None:
    """Raises Refused for whoever neither assesses nor draws up tools."""
    if not any(user.may(permission) for permission in READS):
        raise Refused(f"Your role does not include {WORDS[READS[0]]}.", "instrument")


def can_read_tools(user: User) -> bool:
    return allowed(check_can_read_tools, user)


def see_instrument(user: User, instrument_id: uuid.UUID) -> Instrument:
    """Raises Refused, Hidden."""
    check_can_read_tools(user)
    found = Instrument.objects.select_related("draft__changed_by").filter(id=instrument_id).first()
    if found is None:
        raise Hidden("instrument", instrument_id)
    note(Action.READ, "instrument", object_id=found.id)
    return found


def see_draft(user: User, instrument_id: uuid.UUID, needs: Permission = Permission.INSTRUMENT_EDIT) -> InstrumentDraft:
    """Raises Refused without ``needs``, Hidden where nobody is drawing the tool up."""
    check_may(user, needs)
    found = InstrumentDraft.objects.select_related("instrument").filter(instrument=instrument_id).first()
    if found is None:
        raise Hidden("instrument draft", instrument_id)
    return found


def see_version(user: User, instrument_id: uuid.UUID, number: int) -> InstrumentVersion:
    """Raises Refused, Hidden."""
    check_can_read_tools(user)
    rows = InstrumentVersion.objects.select_related("instrument", "published_by", "retired_by")
    found = rows.filter(instrument=instrument_id, number=number).first()
    if found is None:
        raise Hidden("instrument version", instrument_id)
    note(Action.READ, "instrument version", object_id=found.id)
    return found
