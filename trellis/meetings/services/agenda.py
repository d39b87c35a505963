"""The agenda of a meeting: built by rule, put in order, with somebody taken off or put back."""

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note, note_written
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now
from trellis.core.lifecycle import MoveNotAllowed
from trellis.meetings.access import check_can_lead, items_visible_to
from trellis.meetings.lifecycle import ASKED, ITEM, PLANNED, TAKEN_OFF, TO_TALK_ABOUT, WITHDRAWN
from trellis.meetings.models import (
    AgendaItem,
    AgendaItemMove,
    PanelMeeting,
    UpdateRequest,
    UpdateRequestMove,
)
from trellis.meetings.queries.candidates import candidates

LONGEST_REASON = 400


def check_planned(meeting: PanelMeeting) -> None:
    """Raises MoveNotAllowed once the meeting was held or cancelled."""
    if meeting.status != PLANNED:
        raise MoveNotAllowed(f"this meeting is {meeting.get_status_display().lower()}: nothing of it is changed")


def hold_meeting(meeting: PanelMeeting) -> PanelMeeting:
    """The meeting as it stands, held until the transaction ends: two who build its agenda do so one after the other."""
    rows = PanelMeeting.objects.select_for_update(of=("self",), no_key=True).select_related("panel")
    found = rows.get(id=meeting.id)
    check_planned(found)
    return found


@transaction.atomic
def build_agenda(*, meeting: PanelMeeting, by: User) -> int:
    """Put on the agenda whoever the panel's rule, a referral or what was left over names and ``by`` sees; who is on it
    or was taken off stays as they are. Returns how many were added. Raises Refused, MoveNotAllowed.
    """
    check_may(by, Permission.PANEL_LEAD)
    meeting = hold_meeting(meeting)
    there = items_visible_to(by).filter(meeting=meeting)
    known, last = set(there.values_list("person", flat=True)), there.aggregate(Max("rank"))["rank__max"] or 0
    new = [one for one in candidates(by, meeting) if one.person.id not in known]
    items = [
        AgendaItem(
            person=one.person, meeting=meeting, referral=one.referral, rank=rank, reason=one.reason[:LONGEST_REASON]
        )
        for rank, one in enumerate(new, last + 1)
    ]
    insert_rows(items)
    insert_rows(AgendaItemMove(item=item, new=TO_TALK_ABOUT, moved_at=now(), moved_by=by) for item in items)
    note_written("agenda item", items)
    return len(items)


@transaction.atomic
def put_in_order(*, meeting: PanelMeeting, places: Mapping[uuid.UUID, tuple[int, int]], by: User) -> None:
    """Give items the place they are talked about in: by item the revision that was seen, and the place.

    Raises Refused, MoveNotAllowed, ChangedMeanwhile.
    """
    check_may(by, Permission.PANEL_LEAD)
    meeting = hold_meeting(meeting)
    for item in items_visible_to(by).filter(meeting=meeting, id__in=list(places)):
        after, rank = places[item.id]
        if item.rank != rank:
            item.save_over(after, rank=rank)
            note(Action.WRITE, "agenda item", object_id=item.id, children=[item.person_id])


def move_item(item: AgendaItem, new: str, after: int, by: User, why: str = "", **values: object) -> None:
    """Raises MoveNotAllowed, ChangedMeanwhile."""
    old = item.status
    if item.revision == after:
        ITEM.check_move(old, new)
    item.save_over(after, status=new, **values)
    insert_rows([AgendaItemMove(item=item, old=old, new=new, moved_at=now(), moved_by=by, why=why)])
    note(Action.WRITE, "agenda item", object_id=item.id, children=[item.person_id])


def off(item: AgendaItem, after: int, why: str, by: User) -> None:
    """Take somebody off, and ask nobody about them any longer."""
    move_item(item, TAKEN_OFF, after, by, why)
    for request in UpdateRequest.objects.filter(meeting=item.meeting_id, person=item.person_id, status=ASKED):
        request.status = WITHDRAWN
        request.save(update_fields=["status"])
        move = UpdateRequestMove(
            request=request, old=ASKED, new=WITHDRAWN, moved_at=now(), moved_by=by, why="Off the agenda"
        )
        insert_rows([move])
        note(Action.WRITE, "update for a panel", object_id=request.id, children=[request.person_id])


@transaction.atomic
def take_off(*, item: AgendaItem, after: int, why: str, by: User) -> AgendaItem:
    """They are not talked about at this meeting. Raises Refused, MoveNotAllowed, ChangedMeanwhile."""
    check_can_lead(by, item.person_id)
    hold_meeting(item.meeting)
    item.refresh_from_db()
    off(item, after, why, by)
    return item


@transaction.atomic
def put_back(*, item: AgendaItem, after: int, by: User) -> AgendaItem:
    """They are talked about after all. Raises Refused, MoveNotAllowed, ChangedMeanwhile."""
    check_can_lead(by, item.person_id)
    hold_meeting(item.meeting)
    item.refresh_from_db()
    move_item(item, TO_TALK_ABOUT, after, by)
    return item
