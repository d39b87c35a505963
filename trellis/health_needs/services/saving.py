"""A new row, stored once for each form."""

from typing import TypeVar

from django.db import IntegrityError, models

from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.core.bulk_insert import insert_rows

Made = TypeVar("Made", bound=models.Model)


class NotAsItStands(ValueError):
    """The record as it stands does not allow this; the sentence says why."""


def add_once(row: Made, what: str, *with_it: models.Model) -> tuple[Made, bool]:
    """Store a new row that carries its form's key, ``with_it`` its first move; and whether it is new. The same form
    sent again gives back the row it made."""
    try:
        with attempt():
            rows: list[models.Model] = [row, *with_it]
            for one in rows:
                insert_rows([one])
            note(Action.WRITE, what, object_id=row.pk, children=[row.person_id])  # type: ignore[attr-defined]
            return row, True
    except IntegrityError:
        key, by = row.form_key, row.recorded_by_id  # type: ignore[attr-defined]
        already = type(row)._default_manager.filter(form_key=key, recorded_by=by).first() if key else None
        if already is None:
            raise
        return already, False
