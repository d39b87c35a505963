"""What is said of one young person at a meeting: the minute, the decision, what is done and what is carried on."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from trellis.accounts.access import Refused
from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.models import Significance
from trellis.cases.services import add_chronology_entry
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import london_date, now
from trellis.core.reference_data import limit
from trellis.core.revisions import ChangedMeanwhile
from trellis.meetings.access import check_can_lead
from trellis.meetings.lifecycle import PUT_OFF, TALKED_ABOUT, TO_DO
from trellis.meetings.models import AgendaItem, CarriedPanelAction, PanelAction, PanelActionMove
from trellis.meetings.queries.panels import actions_before
from trellis.meetings.services.actions import step
from trellis.meetings.services.agenda import hold_meeting, move_item
from trellis.meetings.services.referrals import talked_about
from trellis.need_to_know.access import kept_from

REVIEW = "panel.review"
NOT_TALKED_ABOUT = "Not talked about this time"


@dataclass(frozen=True)
class Agreed:
    """What somebody is to do by a day."""

    what: str
    owner: User
    due_on: date


@dataclass(frozen=True)
class Answer:
    """What became of an action from before: its new status, or still to do; ``words``: what came of it, or why it is
    carried on."""

    status: str
    words: str = ""


@dataclass(frozen=True)
class Minute:
    """What is kept of one young person's turn. ``review_on``: empty for the panel's own rhythm (limit
    ``panel.review``)."""

    said: str
    decision: str
    decided_why: str = ""
    review_on: date | None = None
    agreed: Sequence[Agreed] = ()
    answers: Mapping[UUID, Answer] = field(default_factory=dict)


def review_day(item: AgendaItem) -> date:
    """When the panel looks again unless it decides otherwise. Raises NoLimitInForce."""
    day = london_date(item.meeting.meets_at)
    return day + timedelta(days=limit(REVIEW, day))


@transaction.atomic
def talk_about(*, item: AgendaItem, after: int, minute: Minute, by: User, key: uuid.UUID | None = None) -> AgendaItem:
    """Write the minute of one young person. Until the meeting is closed it may be written anew: what it said before is
    kept with the move. Every action from before is answered or carried. The same form sent again changes nothing.

    Raises Refused, MoveNotAllowed, ChangedMeanwhile.
    """
    check_can_lead(by, item.person_id)
    hold_meeting(item.meeting)
    item.refresh_from_db()
    told = {
        "said": minute.said,
        "decision": minute.decision,
        "decided_why": minute.decided_why,
        "review_on": minute.review_on or review_day(item),
    }
    if item.revision != after:
        if all(getattr(item, name) == value for name, value in told.items()):
            return item
        raise ChangedMeanwhile(item)
    first, before = item.status != TALKED_ABOUT, item.said
    move_item(item, TALKED_ABOUT, after, by, before, talked_at=item.talked_at or now(), **told)
    _carry(item, minute, by)
    for place, agreed in enumerate(minute.agreed):
        _agree(item, agreed, by, uuid5(key, str(place)) if key else None)
    if first:
        _first_time(item, by)
    return item


def _first_time(item: AgendaItem, by: User) -> None:
    if item.referral:
        talked_about(item.referral, by)
    add_chronology_entry(
        person=item.person,
        happened_at=now(),
        kind="panel.talked_about",
        title=f"Talked about at: {item.meeting.panel}",
        significance=Significance.NOTABLE,
        by=by,
        subject=item.id,
    )


def _agree(item: AgendaItem, agreed: Agreed, by: User, key: uuid.UUID | None) -> None:
    if kept_from(agreed.owner, [item.person_id]):
        reason = "This worker cannot work with this young person. Choose somebody else."
        raise Refused(reason, "panel action", item.id)
    action = PanelAction(
        person_id=item.person_id,
        item=item,
        what=agreed.what,
        owner=agreed.owner,
        due_on=agreed.due_on,
        form_key=key,
        agreed_at=now(),
        agreed_by=by,
    )
    insert_rows([action])
    insert_rows([PanelActionMove(action=action, new=TO_DO, moved_at=now(), moved_by=by)])
    note(Action.WRITE, "panel action", object_id=action.id, children=[item.person_id])


def _carry(item: AgendaItem, minute: Minute, by: User) -> None:
    """None is lost by not being named."""
    for action in actions_before(by, item.meeting, [item.person_id]):
        answer = minute.answers.get(action.id, Answer(TO_DO, NOT_TALKED_ABOUT))
        if answer.status != TO_DO:
            step(action, answer.status, action.revision, by, answer.words)
        elif not action.carried.filter(into=item).exists():
            carried = CarriedPanelAction(action=action, into=item, carried_at=now(), carried_by=by, why=answer.words)
            insert_rows([carried])


@transaction.atomic
def put_off(*, item: AgendaItem, after: int, by: User) -> AgendaItem:
    """There was no time for them: they are on the next agenda. Raises Refused, MoveNotAllowed, ChangedMeanwhile."""
    check_can_lead(by, item.person_id)
    hold_meeting(item.meeting)
    item.refresh_from_db()
    move_item(item, PUT_OFF, after, by)
    return item
