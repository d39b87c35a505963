"""What was said, what changed because of it, and what was said to the plan."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.once import add_once
from trellis.audit_log.trail import note
from trellis.cases.services import add_chronology_entry
from trellis.core.clocks import now, start_of_day, today
from trellis.core.lifecycle import NotAsItStands
from trellis.core.reference_data import labels
from trellis.people.models import Person
from trellis.voice.models import ChangeMade, Feedback, ReadBack, View


@transaction.atomic
def record_view(
    *,
    person: Person,
    step: str,
    said_on: date,
    by: User,
    words: str = "",
    asked: str = "",
    not_said: str = "",
    not_said_why: str = "",
    how: str = "",
    heard_by: str = "",
    confirmed: bool = False,
    key: UUID | None = None,
) -> View:
    """What a young person said at a step on a day, or why they did not. Words stand in the chronology, too.

    Raises Refused.
    """
    check_may(by, Permission.VOICE_WRITE)
    view = View(
        person=person,
        step=step,
        said_on=said_on,
        words=words,
        asked=asked,
        not_said=not_said,
        not_said_why=not_said_why,
        how=how if words else "",
        heard_by=heard_by or by.name,
        confirmed=confirmed,
        form_key=key,
        recorded_by=by,
    )
    view, is_new = add_once(view, "view", person=person.id)
    if is_new and words:
        _tell(view, by)
    return view


def _tell(view: View, by: User) -> None:
    add_chronology_entry(
        person=view.person,
        happened_at=now() if view.said_on == today() else start_of_day(view.said_on),
        kind="voice",
        title=labels("voice_step").get(view.step, "What they said"),
        body=f"“{view.words}”",
        by=by,
        subject=view.id,
    )


@transaction.atomic
def correct_view(*, view: View, why: str, by: User, key: UUID | None = None, **told: Any) -> View:
    """Put right what was written down; what it said before is kept. ``told``: what record_view takes.

    Raises Refused; NotAsItStands once it was put right already.
    """
    check_may(by, Permission.VOICE_WRITE)
    if View.objects.filter(corrects=view).exclude(form_key=key).exists():
        raise NotAsItStands("This was put right already. Put right what stands there now")
    heard_by = told.pop("heard_by", "") or by.name
    row = View(
        person=view.person, corrects=view, why_corrected=why, heard_by=heard_by, form_key=key, recorded_by=by, **told
    )
    row.how = row.how if row.words else ""
    stands, _ = add_once(row, "view", person=view.person_id)
    return stands


@transaction.atomic
def record_change(
    *,
    person: Person,
    where: str,
    what: str,
    changed_on: date,
    by: User,
    view: View | None = None,
    feedback: Feedback | None = None,
    told_on: date | None = None,
    told_how: str = "",
    key: UUID | None = None,
) -> ChangeMade:
    """What changed because of what they said. ``told_on``, ``told_how``: that they know. Raises Refused."""
    check_may(by, Permission.VOICE_WRITE)
    change = ChangeMade(
        person=person,
        where=where,
        what=what,
        changed_on=changed_on,
        view=view,
        feedback=feedback,
        told_on=told_on,
        told_how=told_how,
        teller=by if told_on else None,
        form_key=key,
        recorded_by=by,
    )
    return add_once(change, "change because of what they said", person=person.id)[0]


@transaction.atomic
def tell_of_change(*, change: ChangeMade, told_on: date, told_how: str, by: User) -> ChangeMade:
    """They were told what changed. Whoever says so first is kept. Raises Refused, NotAsItStands."""
    check_may(by, Permission.VOICE_WRITE)
    told = ChangeMade.objects.filter(id=change.id, told_on=None).update(told_on=told_on, told_how=told_how, teller=by)
    change.refresh_from_db()
    if not told and (change.told_on, change.told_how) != (told_on, told_how):
        raise NotAsItStands("Somebody else wrote down already how they were told")
    if told:
        note(Action.WRITE, "change because of what they said", object_id=change.id, children=[change.person_id])
    return change


@transaction.atomic
def record_read_back(
    *,
    person: Person,
    plan: UUID,
    plan_revision: int,
    answer: str,
    read_on: date,
    by: User,
    words: str = "",
    key: UUID | None = None,
) -> ReadBack:
    """What they said to the copy of the plan read through together. Raises Refused."""
    check_may(by, Permission.VOICE_WRITE)
    row = ReadBack(
        person=person,
        plan=plan,
        plan_revision=plan_revision,
        read_on=read_on,
        answer=answer,
        words=words,
        read_with=by.name,
        form_key=key,
        recorded_by=by,
    )
    return add_once(row, "plan read through together", person=person.id)[0]
