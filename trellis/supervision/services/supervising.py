"""Supervision, what is agreed in it, and what is carried from one to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from trellis.accounts.access import Refused, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now
from trellis.core.ids import new_id
from trellis.core.revisions import ChangedMeanwhile
from trellis.need_to_know.access import kept_from
from trellis.people.models import Person
from trellis.supervision.lifecycle import ACTION, TO_DO
from trellis.supervision.models import CarriedAction, Supervision, SupervisionAction, SupervisionActionMove
from trellis.supervision.services.saying import say_in_chronology

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
class TalkedAbout:
    """One young person in one supervision. ``answers`` are by the id of the action."""

    person: Person
    talked_about: str
    childs_experience: str = ""
    agreed: Sequence[Agreed] = ()
    answers: Mapping[UUID, Answer] = field(default_factory=dict)


@transaction.atomic
def hold_supervision(
    *, of_each: Sequence[TalkedAbout], by: User, key: UUID | None = None, **held: Any
) -> list[Supervision]:
    """Record a supervision: a row for each young person, with what was agreed, and what was still to do carried into
    it. ``held``: kind, held_on, worker, took_part, agencies. One ``key`` makes one supervision.

    Raises Refused without SUPERVISION_WRITE, or for an owner who is kept from the young person.
    """
    check_may(by, Permission.SUPERVISION_WRITE)
    session = key or new_id()
    already = Supervision.objects.filter(session=session, recorded_by=by)
    try:
        with attempt():
            return [_talk_about(one, session, by, held) for one in of_each]
    except IntegrityError:
        if not already.exists():
            raise
        return list(already)


def _talk_about(one: TalkedAbout, session: UUID, by: User, held: dict[str, Any]) -> Supervision:
    made = Supervision(
        person=one.person,
        session=session,
        talked_about=one.talked_about,
        childs_experience=one.childs_experience,
        form_key=uuid5(session, str(one.person.id)),
        recorded_by=by,
        **held,
    )
    made.save(force_insert=True)
    carry_forward(one, made, by)
    for agreed in one.agreed:
        _agree(made, agreed, by)
    say_in_chronology(one.person, "supervision", made.get_kind_display(), made.id, by)
    note(Action.WRITE, "supervision", object_id=made.id, children=[one.person.id])
    return made


def _agree(supervision: Supervision, agreed: Agreed, by: User) -> None:
    if kept_from(agreed.owner, [supervision.person_id]):
        reason = "This worker cannot work with this young person. Choose somebody else."
        raise Refused(reason, "supervision action", supervision.id)
    action = SupervisionAction(
        person_id=supervision.person_id,
        supervision=supervision,
        what=agreed.what,
        owner=agreed.owner,
        due_on=agreed.due_on,
        recorded_by=by,
    )
    insert_rows([action])
    insert_rows([SupervisionActionMove(action=action, new=TO_DO, moved_at=now(), moved_by=by)])


def carry_forward(one: TalkedAbout, into: Supervision, by: User) -> None:
    """Every action still to do is answered or carried into the supervision: none is lost by not being named."""
    waiting = SupervisionAction.objects.to_do().filter(person=one.person).select_for_update(of=("self",))
    for action in waiting:
        answer = one.answers.get(action.id, Answer(TO_DO, NOT_TALKED_ABOUT))
        if answer.status == TO_DO:
            carried = CarriedAction(action=action, into=into, carried_at=now(), carried_by=by, why=answer.words)
            insert_rows([carried])
        else:
            _move(action, answer, action.revision, by)


@transaction.atomic
def move_action(*, action: SupervisionAction, status: str, after: int, by: User, effect: str = "") -> SupervisionAction:
    """An action is done, no longer needed, or to be done after all. The same sent again changes nothing.

    Raises Refused without SUPERVISION_WRITE, MoveNotAllowed, ChangedMeanwhile.
    """
    check_may(by, Permission.SUPERVISION_WRITE)
    action.refresh_from_db()
    if action.revision != after:
        if (action.status, action.effect) == (status, effect):
            return action
        raise ChangedMeanwhile(action)
    _move(action, Answer(status, effect), after, by)
    return action


def _move(action: SupervisionAction, answer: Answer, after: int, by: User) -> None:
    old = action.status
    ACTION.check_move(old, answer.status)
    action.save_over(after, status=answer.status, effect=answer.words)
    insert_rows(
        [
            SupervisionActionMove(
                action=action, old=old, new=answer.status, moved_at=now(), moved_by=by, why=answer.words
            )
        ]
    )
    note(Action.WRITE, "supervision action", object_id=action.id, children=[action.person_id])
