"""Who asks how things are, six and twelve months after a case closed."""

from datetime import timedelta

from django.db import transaction

from trellis.accounts.access import Refused, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note, note_written
from trellis.cases.models import Allocation, Case
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import start_of_day, today
from trellis.core.protection import Part
from trellis.core.reference_data import due_on, limit
from trellis.need_to_know.access import kept_from
from trellis.need_to_know.services import MANAGEMENT, end_sight, grant_sight
from trellis.outcomes.models import FollowUp, Point
from trellis.outcomes.queries import spares

WHEN = {Point.SIX: "outcomes.six_months", Point.TWELVE: "outcomes.twelve_months"}
OPEN_FOR = "outcomes.follow_up_open"


def ask_again_later(case: Case, by: User) -> None:
    """Plan the follow-ups of a case that closes: whoever led it asks, else whoever closes it. They, and the managers,
    see identity and outcomes until it is done, and no longer than the limit; from 18 on only with a basis, as the
    database sees to. Asked while the case closes, by whoever closes it."""
    if "follow_up" in spares(case.closure_reason):
        return
    worker, day = _who_asks(case, by), case.closed_on or today()
    made = [
        FollowUp(person_id=case.person_id, case=case, point=point, due_on=due_on(name, day), worker=worker)
        for point, name in WHEN.items()
    ]
    insert_rows(made)
    note_written("follow-up", made)
    for follow_up in made:
        open_outcomes(follow_up, case, by)


def open_outcomes(follow_up: FollowUp, case: Case, by: User) -> None:
    ends = start_of_day(follow_up.due_on + timedelta(days=limit(OPEN_FOR, today()) + 1))
    who: tuple[dict[str, User], dict[str, str]] = ({"user": follow_up.worker}, {"team": MANAGEMENT})
    for given in who:
        grant_sight(
            person=case.person,
            reason=f"Follow-up of {case}",
            by=by,
            parts=(Part.OUTCOMES,),
            source=follow_up.id,
            ends_at=ends,
            **given,
        )


def _who_asks(case: Case, by: User) -> User:
    lead = case.allocations.filter(part=Allocation.Part.LEAD).select_related("worker").order_by("-starts_on").first()
    if lead and lead.worker.is_active and not kept_from(lead.worker, [case.person_id]):
        return lead.worker
    return by


def followed_up(*, case: Case, point: str, by: User, why_not: str = "") -> bool:
    """The follow-up of this point is done, and the sight that was given for it ends; whether there was one to do."""
    found = FollowUp.objects.to_do().filter(case=case, point=point).first()
    if found is None:
        return False
    note(Action.WRITE, "follow-up", object_id=found.id, children=[case.person_id])
    FollowUp.objects.filter(id=found.id, done_on=None).update(done_on=today(), who_asked=by, why_not=why_not)
    end_sight(source=found.id)
    return True


@transaction.atomic
def could_not_follow_up(*, follow_up: FollowUp, why_not: str, by: User) -> bool:
    """Nobody could be asked, or the young person did not want it; said once. Raises Refused without OUTCOME_WRITE."""
    check_may(by, Permission.OUTCOME_WRITE)
    if not why_not.strip():
        raise Refused("Say why nobody could be asked.", "follow-up", follow_up.id)
    return followed_up(case=follow_up.case, point=follow_up.point, by=by, why_not=why_not)
