"""How every part of a plan is stored: a new row once for each form, a change only over what its writer had seen."""

from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, models

from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.core.bulk_insert import insert_rows
from trellis.core.revisions import ChangedMeanwhile, Revised
from trellis.plans.models import OVER, Plan

Made = TypeVar("Made", bound=models.Model)


class NotAsItStands(ValueError):
    """The plan as it stands does not allow this; the sentence says what to do first."""


def plan_at_work(plan: Plan) -> Plan:
    """The plan as it stands now, held until the transaction ends. Raises NotAsItStands when it is closed."""
    found = Plan.objects.select_for_update(of=("self",)).select_related("person").get(id=plan.id)
    if found.status in OVER:
        raise NotAsItStands("This plan is closed. Open a plan first")
    return found


def add_once(row: Made, what: str, person: UUID, *with_it: models.Model) -> Made:
    """Store a new row that carries its form's key, ``with_it`` its first move. The same form sent again gives back the
    row it made: whoever asks whether theirs is new compares the two."""
    try:
        with attempt():
            insert_rows([row])
            for one in with_it:
                insert_rows([one])
            note_saved(what, row, person)
            return row
    except IntegrityError:
        key, by = row.form_key, row.recorded_by_id  # type: ignore[attr-defined]
        already = type(row)._default_manager.filter(form_key=key, recorded_by=by).first() if key else None
        if already is None:
            raise
        return already


def save_once(row: Revised, after: int, **values: Any) -> bool:
    """Write over revision ``after``; False when the same was written already, such as by a form sent twice.

    Raises ChangedMeanwhile.
    """
    try:
        row.save_over(after, **values)
    except ChangedMeanwhile as meanwhile:
        if any(getattr(meanwhile.now, name) != value for name, value in values.items()):
            raise
        return False
    return True


def note_saved(what: str, row: models.Model, person: UUID) -> None:
    note(Action.WRITE, what, object_id=row.pk, children=[person])
