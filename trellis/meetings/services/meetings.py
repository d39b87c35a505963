"""The days a panel meets: planned, cancelled, held."""

import uuid
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import is_working_day, london_date, now
from trellis.core.reference_data import bank_holidays, labels, limit
from trellis.meetings.access import can_lead, items_visible_to
from trellis.meetings.lifecycle import CANCELLED, HELD, MEETING, PLANNED, TO_TALK_ABOUT
from trellis.meetings.models import Panel, PanelMeeting, PanelMeetingMove
from trellis.meetings.services.talking import put_off

UPDATES = "panel.updates"


class NotYet(ValueError):
    """The meeting cannot be as asked; the sentence says why."""


def updates_due_on(meets_on: date) -> date:
    """The day by which partners are to have told what they know: so many working days before (limit ``panel.updates``).

    Raises NoLimitInForce.
    """
    left, day, holidays = limit(UPDATES, meets_on), meets_on, bank_holidays()
    while left > 0:
        day -= timedelta(days=1)
        left -= is_working_day(day, holidays)
    return day


@transaction.atomic
def plan_meeting(
    *, panel: Panel, meets_at: datetime, lead: User, by: User, place: str = "", key: uuid.UUID | None = None
) -> PanelMeeting:
    """A panel will meet at ``meets_at`` (aware). One ``key`` makes one meeting.

    Raises Refused; NotYet when it meets then already.
    """
    check_may(by, Permission.PANEL_LEAD)
    made = PanelMeeting(
        panel=panel,
        meets_at=meets_at,
        updates_on=updates_due_on(london_date(meets_at)),
        place=place,
        lead=lead,
        form_key=key,
    )
    try:
        with attempt():
            made.save(force_insert=True)
            _moved(made, "", PLANNED, by)
    except IntegrityError:
        already = PanelMeeting.objects.filter(form_key=key).first() if key else None
        if already is None:
            raise NotYet(f"{panel} meets then already. Choose another time") from None
        return already
    return made


def _moved(meeting: PanelMeeting, old: str, new: str, by: User, why: str = "") -> None:
    insert_rows([PanelMeetingMove(meeting=meeting, old=old, new=new, moved_at=now(), moved_by=by, why=why)])
    note(Action.WRITE, "panel meeting", object_id=meeting.id)


def _locked(meeting: PanelMeeting) -> PanelMeeting:
    return PanelMeeting.objects.select_for_update(of=("self",)).select_related("panel").get(id=meeting.id)


@transaction.atomic
def cancel_meeting(*, meeting: PanelMeeting, reason: str, by: User) -> PanelMeeting:
    """It does not take place; ``reason``: a code of the list panel_cancelled. Who was to be talked about waits for the
    next. Raises Refused, MoveNotAllowed.
    """
    check_may(by, Permission.PANEL_LEAD)
    meeting = _locked(meeting)
    MEETING.check_move(meeting.status, CANCELLED)
    _moved(meeting, meeting.status, CANCELLED, by, labels("panel_cancelled")[reason])
    meeting.status = CANCELLED
    meeting.save(update_fields=["status"])
    return meeting


@transaction.atomic
def close_meeting(*, meeting: PanelMeeting, agencies: Collection[str], by: User) -> PanelMeeting:
    """It was held, and these agencies came. Whoever was not talked about is put off to the next meeting.

    Raises Refused, MoveNotAllowed; NotYet before its day.
    """
    check_may(by, Permission.PANEL_LEAD)
    meeting = _locked(meeting)
    MEETING.check_move(meeting.status, HELD)
    if london_date(meeting.meets_at) > london_date(now()):
        raise NotYet("This meeting has not been yet. Plan another day for it, or cancel it")
    for item in items_visible_to(by).filter(meeting=meeting, status=TO_TALK_ABOUT).select_related("meeting"):
        if can_lead(by, item.person_id):
            put_off(item=item, after=item.revision, by=by)
    _moved(meeting, meeting.status, HELD, by)
    meeting.status, meeting.agencies = HELD, sorted(agencies)
    meeting.save(update_fields=["status", "agencies"])
    return meeting
