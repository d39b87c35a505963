"""The safety plan, revision after revision."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.core.revisions import ChangedMeanwhile
from trellis.plans.models import Plan, SafetyPlan
from trellis.plans.services.saving import add_once, plan_at_work


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
    stands = plan.safety_plans.first()
    if stands and key and stands.form_key == key:
        return stands
    if (stands.revision if stands else 0) != after:
        raise ChangedMeanwhile(stands or plan)
    row = SafetyPlan(
        plan=plan,
        revision=after + 1,
        said_by_child=said_by_child,
        agreed_on=agreed_on,
        form_key=key,
        recorded_by=by,
        **words,
    )
    try:
        return add_once(row, "safety plan", plan.person_id)
    except IntegrityError:
        raise ChangedMeanwhile(plan.safety_plans.first() or plan) from None
