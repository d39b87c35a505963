"""The safety plan, revision after revision."""

from datetime import date
from uuid import UUID

from django.db import transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.plans.models import Plan, SafetyPlan
from trellis.plans.services.saving import note_saved, plan_at_work


@transaction.atomic
def write_safety_plan(
    *,
    plan: Plan,
    after: int,
    by: User,
    key: UUID | None = None,
    said_by_child: bool = False,
    agreed_on: date | None = None,
    **words: str,
) -> SafetyPlan:
    """Write the safety plan over revision ``after`` (0: there was none). ``words``: triggers, people_i_trust,
    what_i_will_do, what_adults_will_do, when_missing. What it said before is kept.

    Raises Refused, NotAsItStands; ChangedMeanwhile with the revision that stands.
    """
    check_may(by, Permission.PLAN_WRITE)
    plan = plan_at_work(plan)
    row = SafetyPlan(
        plan=plan,
        said_by_child=said_by_child,
        agreed_on=agreed_on,
        form_key=key,
        recorded_by=by,
        **words,
    )
    written = row.add_after(after)
    if written is row:
        note_saved("safety plan", row, plan.person_id)
    return written
