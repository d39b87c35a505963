"""What a panel agreed that somebody does."""

from django.db import transaction

from trellis.accounts.models import User
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now
from trellis.core.revisions import ChangedMeanwhile
from trellis.meetings.access import check_can_finish
from trellis.meetings.lifecycle import ACTION
from trellis.meetings.models import PanelAction, PanelActionMove


@transaction.atomic
def move_action(*, action: PanelAction, status: str, after: int, by: User, effect: str = "") -> PanelAction:
    """An action is done, no longer needed, or to be done after all. The same sent again changes nothing.

    Raises Refused, MoveNotAllowed, ChangedMeanwhile.
    """
    check_can_finish(by, action)
    action.refresh_from_db()
    if action.revision != after:
        if (action.status, action.effect) == (status, effect):
            return action
        raise ChangedMeanwhile(action)
    step(action, status, after, by, effect)
    return action


def step(action: PanelAction, status: str, after: int, by: User, effect: str) -> None:
    """Raises MoveNotAllowed, ChangedMeanwhile."""
    old = action.status
    ACTION.check_move(old, status)
    action.save_over(after, status=status, effect=effect)
    move = PanelActionMove(action=action, old=old, new=status, moved_at=now(), moved_by=by, why=effect)
    insert_rows([move])
    note(Action.WRITE, "panel action", object_id=action.id, children=[action.person_id])
