"""What partners are asked before a meeting, and tell."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from trellis.accounts.models import Agency, User
from trellis.accounts.permissions import Permission
from trellis.assessments.queries import agencies_that_see, people_who_see
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.cases.notices import tell
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now, today
from trellis.core.lifecycle import MoveNotAllowed
from trellis.core.row_context import Duty, duty
from trellis.meetings.access import check_can_lead, check_can_tell
from trellis.meetings.lifecycle import ASKED, GIVEN, NOTHING, UPDATE
from trellis.meetings.models import AgendaItem, PanelUpdate, UpdateRequest, UpdateRequestMove
from trellis.meetings.services.agenda import hold_meeting
from trellis.need_to_know.handling import code_by_default

ASK_WORDS = "A panel asks for an update"
CHASE_WORDS = "A panel still waits for your update"
HERE_WORDS = "An update you asked for is here"


@transaction.atomic
def ask_for_updates(*, item: AgendaItem, agencies: Sequence[Agency], question: str, by: User) -> list[UpdateRequest]:
    """Ask agencies that see who the young person is, by the meeting's day for updates, today at the earliest. An agency
    asked already is not asked twice. Raises Refused, MoveNotAllowed.
    """
    check_can_lead(by, item.person_id)
    meeting = hold_meeting(item.meeting)
    allowed = set(agencies_that_see(item.person, Permission.PANEL_UPDATE).values_list("id", flat=True))
    there = UpdateRequest.objects.filter(meeting=meeting, person=item.person_id)
    known = set(there.values_list("agency", flat=True))
    asked = [
        UpdateRequest(
            person=item.person,
            meeting=meeting,
            agency=agency,
            agencies=[agency.id],
            question=question,
            due_on=max(meeting.updates_on, today()),
            asked_at=now(),
            asked_by=by,
        )
        for agency in agencies
        if agency.id in allowed - known
    ]
    insert_rows(asked)
    insert_rows(UpdateRequestMove(request=one, new=ASKED, moved_at=now(), moved_by=by) for one in asked)
    for one in asked:
        _written(one)
        _tell_asked(one, ASK_WORDS)
    return asked


def _written(request: UpdateRequest) -> None:
    note(Action.WRITE, "update for a panel", object_id=request.id, children=[request.person_id])


def _tell_asked(request: UpdateRequest, words: str) -> None:
    """Everybody of the agency who sees the young person and answers panels."""
    to = people_who_see(request.person, request.agency, Permission.PANEL_UPDATE)
    tell(to=list(to), person=request.person, kind="panel", words=words)


def _locked(request: UpdateRequest) -> UpdateRequest:
    rows = UpdateRequest.objects.select_for_update(of=("self",))
    return rows.select_related("person", "agency", "meeting__panel", "asked_by").get(id=request.id)


def _settle(request: UpdateRequest, new: str, by: User) -> None:
    """Raises MoveNotAllowed."""
    UPDATE.check_move(request.status, new)
    insert_rows([UpdateRequestMove(request=request, old=request.status, new=new, moved_at=now(), moved_by=by)])
    request.status = new
    request.save(update_fields=["status"])
    _written(request)
    if request.asked_by:
        tell(to=[request.asked_by], person=request.person, kind="panel", words=HERE_WORDS)


def give_update(
    *, request: UpdateRequest, text: str, by: User, going_well: str = "", key: uuid.UUID | None = None
) -> UpdateRequest:
    """What the agency that was asked knows; it stays theirs, under the code they give their own.

    Whoever tells it may see no more of the record than who the young person is: it is put there on duty.
    ``key``: one form sent many times tells once. Raises Refused, MoveNotAllowed.
    """
    check_can_tell(by, request)
    try:
        with attempt():
            return _give(request, text, going_well, by, key)
    except MoveNotAllowed:
        if key and _given_with(key):
            return request
        raise


@transaction.atomic
def _give(request: UpdateRequest, text: str, going_well: str, by: User, key: uuid.UUID | None) -> UpdateRequest:
    request = _locked(request)
    _settle(request, GIVEN, by)
    given = PanelUpdate(
        person_id=request.person_id,
        request=request,
        agency=by.agency,
        text=text,
        going_well=going_well,
        given_at=now(),
        given_by=by,
        form_key=key,
    )
    code_by_default([given])
    with duty(Duty.INTAKE):
        insert_rows([given])
    note(Action.WRITE, "update for a panel", object_id=given.id, children=[request.person_id])
    return request


def _given_with(key: uuid.UUID) -> bool:
    with duty(Duty.INTAKE):
        return PanelUpdate.objects.filter(form_key=key).exists()


@transaction.atomic
def say_nothing_to_tell(*, request: UpdateRequest, by: User) -> UpdateRequest:
    """The agency has nothing to tell; whoever asked is told. Sent again it changes nothing.

    Raises Refused, MoveNotAllowed.
    """
    check_can_tell(by, request)
    request = _locked(request)
    if request.status != NOTHING:
        _settle(request, NOTHING, by)
    return request


@transaction.atomic
def chase_update(*, request: UpdateRequest, by: User) -> UpdateRequest:
    """Ask once more: whoever was asked is told, and when. Raises Refused; MoveNotAllowed when it was settled."""
    check_can_lead(by, request.person_id)
    request = _locked(request)
    if request.status != ASKED:
        raise MoveNotAllowed("nothing is to be chased: it was settled meanwhile")
    request.chased_at = now()
    request.save(update_fields=["chased_at"])
    _written(request)
    _tell_asked(request, CHASE_WORDS)
    return request
