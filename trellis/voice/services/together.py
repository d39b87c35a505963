"""Sitting together: begun, written in by the young person, ended, and what was said kept as it was meant."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.once import add_once
from trellis.audit_log.trail import note
from trellis.cases.read_back import Copy
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import london_date, now, today
from trellis.core.lifecycle import NotAsItStands
from trellis.core.reference_data import limit
from trellis.people.models import Person
from trellis.voice.models import ReadBack, Together, TogetherStep, View
from trellis.voice.services.hearing import record_read_back, record_view

MOST = "voice.together_questions"
WHAT = "time together"
ANSWERS = ("", "rather_not", *ReadBack.Answer.values)


@transaction.atomic
def begin_together(
    *, person: Person, questions: Sequence[str], by: User, copy: Copy | None = None, key: UUID | None = None
) -> Together:
    """A time together with these questions, as they will be read, after the plan's ``copy`` where there is one.

    Raises Refused; NotAsItStands without anything to ask, or with more questions than the limit allows.
    """
    check_may(by, Permission.VOICE_WRITE)
    most = limit(MOST, today())
    if not questions and copy is None:
        raise NotAsItStands("Choose at least one question, or the plan")
    if len(questions) > most:
        raise NotAsItStands(f"Choose at most {most} questions: a few at a time")
    row = Together(
        person=person,
        worker=by,
        plan=copy.plan if copy else None,
        plan_revision=copy.revision if copy else None,
        begun_at=now(),
        form_key=key,
    )
    together, is_new = add_once(row, WHAT, person=person.id, sender="worker_id")
    if is_new:
        asked = [*([""] if copy else []), *questions]
        insert_rows([TogetherStep(together=together, position=n, question=text) for n, text in enumerate(asked, 1)])
    return together


@transaction.atomic
def save_said(*, together: Together, position: int, words: str, answer: str) -> bool:
    """Keep what the young person typed so far at one page; False once the time together is over or was long ago kept.

    What is typed again takes the place of what was typed before: it is no view yet.
    """
    if answer not in ANSWERS:
        answer = ""
    rows = TogetherStep.objects.filter(together=together, position=position, view=None, read_back=None)
    saved = rows.filter(set_aside_why="").update(words=words, answer=answer, saved_at=now())
    if saved:
        note(Action.WRITE, WHAT, object_id=together.id, children=[together.person_id])
    return bool(saved)


@transaction.atomic
def end_together(*, together: Together, how: str) -> None:
    """It ends once, by ``how``; what was typed waits for its worker."""
    if Together.objects.filter(id=together.id, ended_at=None).update(ended=how, ended_at=now()):
        note(Action.WRITE, WHAT, object_id=together.id, children=[together.person_id])


@transaction.atomic
def keep_said(*, step: TogetherStep, words: str, voice_step: str, how: str, confirmed: bool, by: User) -> None:
    """What was said is kept as a view, or as what they said to the plan. Sent twice it is kept once. Raises Refused."""
    check_may(by, Permission.VOICE_WRITE)
    step = TogetherStep.objects.select_for_update(of=("self",)).select_related("together__person").get(id=step.id)
    if not step.waits:
        return
    kept = _read_back(step, words, by) if step.is_plan else _view(step, words, voice_step, how, confirmed, by)
    name = "read_back" if step.is_plan else "view"
    TogetherStep.objects.filter(id=step.id).update(**{name: kept})


def _read_back(step: TogetherStep, words: str, by: User) -> ReadBack:
    together = step.together
    assert together.plan is not None
    assert together.plan_revision is not None
    return record_read_back(
        person=together.person,
        plan=together.plan,
        plan_revision=together.plan_revision,
        answer=step.answer if step.answer in ReadBack.Answer.values else ReadBack.Answer.UNSURE,
        read_on=london_date(together.begun_at),
        words=words,
        by=by,
    )


def _view(step: TogetherStep, words: str, voice_step: str, how: str, confirmed: bool, by: User) -> View:
    return record_view(
        person=step.together.person,
        step=voice_step,
        said_on=london_date(step.together.begun_at),
        words=words,
        asked=step.question,
        not_said="" if words else "did_not_want",
        how=how,
        confirmed=confirmed,
        by=by,
    )


@transaction.atomic
def set_said_aside(*, step: TogetherStep, why: str, by: User) -> None:
    """It is not kept, with the reason: because they do not want it kept, or did not mean it. The words go.

    Raises Refused.
    """
    check_may(by, Permission.VOICE_WRITE)
    rows = TogetherStep.objects.filter(id=step.id, view=None, read_back=None, set_aside_why="")
    if rows.update(set_aside_why=why, words="", answer=""):
        note(Action.WRITE, WHAT, object_id=step.together_id, children=[step.together.person_id])
