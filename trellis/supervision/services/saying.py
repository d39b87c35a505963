"""Management oversight, and the formulation that feeds the plan."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.cases.models import Significance
from trellis.cases.services import add_chronology_entry
from trellis.core.clocks import now
from trellis.people.models import Person
from trellis.plans.models import Plan, Task
from trellis.plans.services import add_task
from trellis.supervision.models import Formulation, OversightNote

NONE_YET = 0


@transaction.atomic
def note_oversight(
    *, person: Person, noted_on: date, looked_at: str, view: str, direction: str, by: User, key: UUID | None = None
) -> OversightNote:
    """A manager says what they looked at, what they think and what is to happen; one ``key`` makes one note.

    Raises Refused without OVERSIGHT_WRITE.
    """
    check_may(by, Permission.OVERSIGHT_WRITE)
    made = OversightNote(
        person=person,
        noted_on=noted_on,
        looked_at=looked_at,
        view=view,
        direction=direction,
        form_key=key,
        recorded_by=by,
    )
    try:
        with attempt():
            made.save(force_insert=True)
            say_in_chronology(person, "supervision", "Management oversight", made.id, by)
            note(Action.WRITE, "management oversight", object_id=made.id, children=[person.id])
    except IntegrityError:
        return OversightNote.objects.get(form_key=key, recorded_by=by)
    return made


@transaction.atomic
def write_formulation(
    *, person: Person, after: int, formulated_on: date, lead: User, by: User, key: UUID | None = None, **parts: Any
) -> Formulation:
    """Write the revision of the formulation that follows ``after`` (0 for the first). ``parts``: took_part and those of
    ``Formulation.PARTS``. One ``key`` makes one revision.

    Raises Refused without FORMULATION_WRITE, ChangedMeanwhile when somebody wrote that revision first.
    """
    check_may(by, Permission.FORMULATION_WRITE)
    made = Formulation(
        person=person,
        formulated_on=formulated_on,
        lead=lead,
        form_key=key,
        recorded_by=by,
        **parts,
    )
    written = made.add_after(after)
    if written is made:
        say_in_chronology(person, "supervision", "Formulation written", made.id, by)
        note(Action.WRITE, "formulation", object_id=made.id, children=[person.id])
    return written


def add_formulation_to_plan(
    *, formulation: Formulation, plan: Plan, what: str, due_on: date, owner: User, by: User, key: UUID | None = None
) -> Task:
    """What the formulation suggests becomes a task of the young person's plan, with the formulation as its source.

    Raises what ``plans.services.add_task`` raises.
    """
    return add_task(plan=plan, what=what, due_on=due_on, by=by, key=key, owner=owner, source=formulation.id)


def say_in_chronology(person: Person, kind: str, title: str, subject: UUID, by: User) -> None:
    """That it was, and nothing of what was said: the chronology travels further than supervision does."""
    add_chronology_entry(
        person=person,
        happened_at=now(),
        kind=kind,
        title=title,
        significance=Significance.ROUTINE,
        by=by,
        subject=subject,
    )
