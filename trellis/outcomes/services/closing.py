"""What a closure needs besides outcomes: a manager's challenge, the school and the next area told, and a second look
when a young person is referred again soon."""

from datetime import date
from uuid import UUID

from django.db import transaction

from trellis.accounts.access import Refused, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.lifecycle import OPEN
from trellis.cases.models import Allocation, Case
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import today
from trellis.core.lifecycle import NotAsItStands
from trellis.need_to_know.access import check_sees_whole
from trellis.outcomes.models import ClosureChallenge, ClosureLook, ClosureTold
from trellis.outcomes.queries import attempts_of


@transaction.atomic
def challenge_closure(
    *, case: Case, reason: str, may_close: bool, by: User, key: UUID | None = None, **told: str
) -> ClosureChallenge:
    """A manager asks before the work ends for ``reason``: ``told`` are tried, what_else, who_else, young_person_said
    and decided_why; the direct work on record is counted beside them. One ``key`` makes one row.

    Raises Refused without CASE_CLOSE and for the worker who leads the case, Hidden without the whole record,
    NotAsItStands for a case that is closed.
    """
    check_may(by, Permission.CASE_CLOSE)
    check_sees_whole(by, case.person)
    case = as_it_stands(case)
    check_challenges(case, by)
    already = ClosureChallenge.objects.filter(form_key=key, recorded_by=by).first() if key else None
    if already:
        return already
    counts = attempts_of(case)
    made = ClosureChallenge(
        person_id=case.person_id,
        case=case,
        reason=reason,
        met=counts.met,
        attempted=counts.attempted,
        cancelled=counts.cancelled,
        may_close=may_close,
        decided_on=today(),
        form_key=key,
        recorded_by=by,
        **told,
    )
    insert_rows([made])
    note(Action.WRITE, "closure challenge", object_id=made.id, children=[case.person_id])
    return made


def as_it_stands(case: Case) -> Case:
    """The case read anew; nobody closes it while this transaction lasts."""
    return Case.objects.select_for_update(of=("self",), no_key=True).select_related("person").get(id=case.id)


def check_challenges(case: Case, by: User) -> None:
    """Raises Refused for the worker who leads the case, NotAsItStands for one that is closed."""
    if case.status != OPEN:
        raise NotAsItStands("This case is closed already")
    if case.allocations.current().filter(part=Allocation.Part.LEAD, worker=by).exists():
        raise Refused("Whoever leads the work does not challenge it. Ask another manager.", "case", case.id)


@transaction.atomic
def say_who_was_told(
    *,
    case: Case,
    whom: str,
    by: User,
    told_on: date | None = None,
    name: str = "",
    how: str = "",
    why_not: str = "",
    key: UUID | None = None,
) -> ClosureTold:
    """The school, or the area that takes over, was told on a day; a school may not have been, with the reason.

    Raises Refused without OUTCOME_WRITE, Hidden without the whole record, NotAsItStands.
    """
    check_may(by, Permission.OUTCOME_WRITE)
    check_sees_whole(by, case.person)
    case = as_it_stands(case)
    if case.status != OPEN:
        raise NotAsItStands("This case is closed already")
    already = ClosureTold.objects.filter(form_key=key, recorded_by=by).first() if key else None
    if already:
        return already
    made = ClosureTold(
        person_id=case.person_id,
        case=case,
        whom=whom,
        told_on=told_on,
        name=name if told_on else "",
        how=how if told_on else "",
        why_not="" if told_on else why_not,
        form_key=key,
        recorded_by=by,
    )
    insert_rows([made])
    note(Action.WRITE, "told of closure", object_id=made.id, children=[case.person_id])
    return made


@transaction.atomic
def look_at_closure(
    *, case: Case, referred_on: date, learnt: str, by: User, change: str = "", key: UUID | None = None
) -> ClosureLook:
    """A manager looked again at why a case was closed, after a referral that came soon.

    Raises Refused without CASE_CLOSE, Hidden without the whole record, NotAsItStands for an open case.
    """
    check_may(by, Permission.CASE_CLOSE)
    check_sees_whole(by, case.person)
    case = as_it_stands(case)
    if case.status == OPEN:
        raise NotAsItStands("This case is open: there is no closure to look at")
    already = ClosureLook.objects.filter(form_key=key, recorded_by=by).first() if key else None
    if already:
        return already
    made = ClosureLook(
        person_id=case.person_id,
        case=case,
        referred_on=referred_on,
        learnt=learnt,
        change=change,
        form_key=key,
        recorded_by=by,
    )
    insert_rows([made])
    note(Action.WRITE, "closure looked at again", object_id=made.id, children=[case.person_id])
    return made
