"""Asking whoever knows a child, and answering."""

import uuid
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import add_working_days, london_date, now, start_of_day
from trellis.core.ids import new_id
from trellis.core.reference_data import bank_holidays, limit
from trellis.sharing.access import check_can_answer, check_can_ask
from trellis.sharing.lifecycle import ANSWERED, ASKED, POINTER_REQUEST, WITHHELD
from trellis.sharing.models import Pointer, PointerRequest, PointerRequestMove, SharingDecision


def ask_through_pointer(*, pointer: Pointer, reason: str, by: User, key: uuid.UUID | None = None) -> PointerRequest:
    """Ask the agency that knows a child. ``key`` becomes the id, so that one form sent many times asks once.

    Raises Refused without POINTER_ASK, of one's own agency, and when the pointer has ended.
    """
    check_can_ask(by, pointer)
    try:
        with attempt():
            return _ask(pointer, reason, by, key or new_id())
    except IntegrityError:
        already = PointerRequest.objects.filter(id=key or new_id(), pointer=pointer, asked_by=by).first()
        if already is None:
            raise
        return already


def _ask(pointer: Pointer, reason: str, by: User, key: uuid.UUID) -> PointerRequest:
    moment = now()
    request = PointerRequest(
        id=key,
        person_id=pointer.person_id,
        pointer=pointer,
        agency=by.agency,
        agencies=[by.agency_id, pointer.agency_id],
        reason=reason,
        asked_at=moment,
        asked_by=by,
        due_at=answer_due_at(moment),
    )
    insert_rows([request])
    insert_rows([PointerRequestMove(request=request, new=ASKED, moved_at=moment, moved_by=by)])
    note(Action.WRITE, "pointer request", object_id=request.id, children=[request.person_id])
    return request


def answer_due_at(asked_at: datetime) -> datetime:
    """The end of the London day that is so many working days after the question (limit ``pointer.answer``), in UTC."""
    day = london_date(asked_at)
    due_on = add_working_days(day, limit("pointer.answer", day), bank_holidays())
    return start_of_day(due_on + timedelta(days=1))


@transaction.atomic
def answer_request(*, request: PointerRequest, answer: str, by: User, withheld: bool = False) -> PointerRequest:
    """Answer in words, or say why not. To share a part of the record is a sharing decision: see decide_sharing.

    Raises Refused for another agency, MoveNotAllowed when it was answered already.
    """
    check_can_answer(by, request)
    return settle_request(request=request, status=WITHHELD if withheld else ANSWERED, answer=answer, by=by)


def settle_request(
    *, request: PointerRequest, status: str, answer: str, by: User, decision: SharingDecision | None = None
) -> PointerRequest:
    """Move a question to its end, held until the transaction ends. Raises MoveNotAllowed."""
    request = PointerRequest.objects.select_for_update(of=("self",)).get(id=request.id)
    POINTER_REQUEST.check_move(request.status, status)
    moment = now()
    insert_rows([PointerRequestMove(request=request, old=request.status, new=status, moved_at=moment, moved_by=by)])
    request.status, request.answer, request.answered_at, request.answered_by = status, answer, moment, by
    request.decision = decision
    request.save(update_fields=["status", "answer", "answered_at", "answered_by", "decision"])
    note(Action.WRITE, "pointer request", object_id=request.id, children=[request.person_id])
    return request
