"""A new row is stored once for each form."""

from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, models

from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.core.bulk_insert import insert_rows

Made = TypeVar("Made", bound=models.Model)


class NotAsItStands(ValueError):
    """What is written down does not allow this; the sentence says what to do instead."""


def add_once(row: Made, what: str, person: UUID, sender: str = "recorded_by_id") -> tuple[Made, bool]:
    """Store a row that carries its form's key, and say whether it is new. The same form sent again by the same
    ``sender`` gives back the row it made."""
    try:
        with attempt():
            insert_rows([row])
            note(Action.WRITE, what, object_id=row.pk, children=[person])
            return row, True
    except IntegrityError:
        sent = {name: getattr(row, name) for name in ("form_key", sender)}
        already = type(row)._default_manager.filter(**sent).first() if sent["form_key"] else None
        if already is None:
            raise
        return already, False
