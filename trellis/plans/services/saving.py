"""How every part of a plan is stored: a change only over what its writer had seen."""

from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.lifecycle import NotAsItStands
from trellis.core.revisions import ChangedMeanwhile, Revised
from trellis.plans.models import OVER, Plan

Made = TypeVar("Made", bound=models.Model)


def plan_at_work(plan: Plan) -> Plan:
    """The plan as it stands now, held until the transaction ends. Raises NotAsItStands when it is closed."""
    found = Plan.objects.select_for_update(of=("self",)).select_related("person").get(id=plan.id)
    if found.status in OVER:
        raise NotAsItStands("This plan is closed. Open a plan first")
    return found


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
