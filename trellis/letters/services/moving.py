"""A letter's next step: the change, its status row, the chronology, and the end of sight that was given for it."""

from datetime import date
from typing import Any

from procrastinate.contrib.django import app as jobs

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.services import add_chronology_entry
from trellis.core import mail
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now, today
from trellis.core.reference_data import due_on
from trellis.letters.lifecycle import ACKNOWLEDGED, LETTER, NOT_SENT, OTHER_WAY, READY, RETURNED, SENT
from trellis.letters.models import Letter, LetterLink, LetterMove
from trellis.need_to_know.services import end_sight

SEND = "letters.send"
WHAT = "letter"
# From then on whoever sent a closing letter needs to see it no longer.
ENDS_SIGHT = (ACKNOWLEDGED, OTHER_WAY, NOT_SENT)


def locked(letter: Letter) -> Letter:
    """The letter as it is now; whoever moves it next waits for this transaction."""
    rows = Letter.objects.select_for_update(of=("self",)).select_related("person", "recorded_by__agency")
    return rows.get(id=letter.id)


def move(letter: Letter, new: str, *, by: User | None, why: str = "", **values: Any) -> Letter:
    """Take a locked letter to ``new`` with ``values`` of its other changeable columns. Raises MoveNotAllowed."""
    LETTER.check_move(letter.status, new)
    insert_rows([LetterMove(letter=letter, old=letter.status, new=new, moved_at=now(), moved_by=by, why=why)])
    if new in (READY, RETURNED, NOT_SENT):
        values |= {"told_on": None, "sent_how": "", "chase_on": None}
    for name, value in {"status": new, **values}.items():
        setattr(letter, name, value)
    letter.save(update_fields=["status", *values])
    note(Action.WRITE, WHAT, object_id=letter.id, children=[letter.person_id])
    if new in ENDS_SIGHT:
        end_sight(source=letter.id)
    return letter


def gone_out(letter: Letter, new: str, *, how: str, on: date, by: User | None, why: str = "") -> Letter:
    """It left: by e-mail or ``how`` else on a day. It stands in the chronology."""
    chase = due_on("letters.chase", on) if new == SENT else None
    move(letter, new, by=by, why=why, told_on=on, sent_how=how, chase_on=chase)
    add_chronology_entry(
        person=letter.person,
        happened_at=now(),
        kind=WHAT,
        title=f"Letter to {letter.get_kind_display()}: {letter.get_occasion_display().lower()}"[:200],
        body=f"{letter.get_sent_how_display()}, {letter.recipient}",
        by=by or letter.recorded_by,
        subject=letter.id,
    )
    return letter


def send_soon(letter: Letter) -> None:
    """Have it sent when this request is over: the job names the letter and nobody. Without a mail server it waits."""
    if letter.address and mail.can_leave():
        jobs.configure_task(SEND).defer(letter_id=str(letter.id))


def withdraw_links(letter: Letter) -> None:
    """Links that went out open nothing any more."""
    LetterLink.objects.filter(letter=letter, withdrawn_at=None).update(withdrawn_at=now())


def link_lapses_on() -> date:
    return due_on("letters.link_days", today())
