"""Health tells the meeting what it should know; somebody asks health; an update is put right by a later one."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.once import add_once
from trellis.audit_log.trail import attempt, note
from trellis.cases.services import add_chronology_entry
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now, today
from trellis.core.lifecycle import NotAsItStands
from trellis.core.reference_data import due_on as day_due
from trellis.health_needs.access import check_can_give_update, check_can_write_health
from trellis.health_needs.lifecycle import ANSWERED, ASKED, HEALTH_QUESTION, WITHDRAWN
from trellis.health_needs.models import HealthQuestion, HealthQuestionMove, HealthUpdate
from trellis.need_to_know.codes import Coding
from trellis.need_to_know.handling import code_by_default
from trellis.need_to_know.protective_marking import check_marking
from trellis.people.models import Person

WHAT = "health update"


@transaction.atomic
def give_update(
    *,
    person: Person,
    words: str,
    by: User,
    told_on: date | None = None,
    answers: HealthQuestion | None = None,
    key: UUID | None = None,
) -> HealthUpdate:
    """What the meeting of ``told_on`` (today) should know, owned by health and handled by its rule. It answers a
    question, if there was one. One ``key`` gives one update.

    Raises Refused unless ``by`` works for health and may write for it; Hidden; MarkedTooHigh.
    """
    check_can_give_update(by, person)
    check_marking(words)
    update = HealthUpdate(
        person=person,
        told_on=told_on or today(),
        words=words,
        answers=answers,
        agency=by.agency,
        form_key=key,
        recorded_by=by,
    )
    code_by_default([update])
    made, is_new = add_once(update, WHAT, person=person.id)
    if is_new:
        _tell(made, by)
        if answers:
            _move(answers, ANSWERED, by, "")
    return made


@transaction.atomic
def correct_update(*, update: HealthUpdate, words: str, by: User, key: UUID | None = None) -> HealthUpdate:
    """Put an update right: a new one of the same day, the old one kept. Raises Refused, Hidden, MarkedTooHigh;
    NotAsItStands when another correction came first."""
    check_can_give_update(by, update.person)
    check_marking(words)
    made = HealthUpdate(
        person_id=update.person_id,
        told_on=update.told_on,
        words=words,
        answers_id=update.answers_id,
        agency_id=update.agency_id,
        supersedes=update,
        form_key=key,
        recorded_by=by,
    )
    Coding.of(update).put_on(made)
    try:
        with attempt():
            insert_rows([made])
    except IntegrityError:
        already = HealthUpdate.objects.filter(form_key=key, recorded_by=by).first() if key else None
        if already:
            return already
        raise NotAsItStands("Somebody put this update right meanwhile. Look at what it says now") from None
    note(Action.WRITE, WHAT, object_id=made.id, children=[made.person_id])
    return made


def _tell(update: HealthUpdate, by: User) -> None:
    """It stands in the chronology that health told something; what it told stands on the page of health."""
    add_chronology_entry(
        person=update.person,
        happened_at=now(),
        kind="health.update",
        title="Health gave an update for the meeting",
        by=by,
        agency=update.agency,
        coding=Coding.of(update),
        subject=update.id,
    )


@transaction.atomic
def ask_health(
    *, person: Person, question: str, by: User, due_on: date | None = None, key: UUID | None = None
) -> HealthQuestion:
    """Ask health for an update by a day, else within the limit ``health.question``. Raises Refused, Hidden;
    NotAsItStands for a day that is over."""
    check_can_write_health(by, person)
    due_on = due_on or day_due("health.question", today())
    if due_on < today():
        raise NotAsItStands("The day by which health answers is today or later")
    asked = HealthQuestion(
        person=person, question=question, due_on=due_on, asked_at=now(), form_key=key, recorded_by=by
    )
    first = HealthQuestionMove(question=asked, new=ASKED, moved_at=now(), moved_by=by)
    return add_once(asked, "question to health", first, person=person.id)[0]


@transaction.atomic
def withdraw_question(*, question: HealthQuestion, by: User, why: str = "") -> HealthQuestion:
    """The update is not needed any more. Raises Refused, Hidden, MoveNotAllowed."""
    check_can_write_health(by, question.person)
    return _move(question, WITHDRAWN, by, why)


def _move(question: HealthQuestion, new: str, by: User, why: str) -> HealthQuestion:
    question = HealthQuestion.objects.select_for_update(of=("self",)).get(id=question.id)
    if question.status == new:
        return question
    if new == ANSWERED and question.status != ASKED:
        return question
    HEALTH_QUESTION.check_move(question.status, new)
    move = HealthQuestionMove(question=question, old=question.status, new=new, moved_at=now(), moved_by=by, why=why)
    insert_rows([move])
    question.status = new
    question.save(update_fields=["status"])
    note(Action.WRITE, "question to health", object_id=question.id, children=[question.person_id])
    return question
