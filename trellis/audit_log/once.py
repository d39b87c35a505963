"""A new row is stored once for each form, and noted."""

from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, models

from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.core.bulk_insert import insert_rows

Made = TypeVar("Made", bound=models.Model)


def add_once(
    row: Made, what: str, *with_it: models.Model, person: UUID, sender: str = "recorded_by_id"
) -> tuple[Made, bool]:
    """Store a row about ``person`` that carries its form's key, ``with_it`` its first move; and say whether it is new.
    The same form sent again by the same ``sender`` gives back the row it made."""
    try:
        with attempt():
            rows: list[models.Model] = [row, *with_it]
            for one in rows:
                insert_rows([one])
            note(Action.WRITE, what, object_id=row.pk, children=[person])
            return row, True
    except IntegrityError:
        sent = {name: getattr(row, name) for name in ("form_key", sender)}
        already = type(row)._default_manager.filter(**sent).first() if sent["form_key"] else None
        if already is None:
            raise
        return already, False
