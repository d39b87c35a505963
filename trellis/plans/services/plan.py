"""The plan itself: opened once for each young person, moved from phase to phase, reviewed, linked to others' plans."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.once import add_once
from trellis.audit_log.trail import attempt
from trellis.cases.models import Case, Significance
from trellis.cases.services import add_chronology_entry
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import now, today
from trellis.core.lifecycle import NotAsItStands
from trellis.core.presenters import day as day_in_words
from trellis.core.presenters import plural
from trellis.core.reference_data import due_on
from trellis.plans.lifecycle import ACCEPTED, AGREED, CLOSED, ENGAGING, GOALS_AGREED, PLAN
from trellis.plans.models import OVER, LinkedPlan, Plan, PlanMove, Review
from trellis.plans.services.saving import note_saved, plan_at_work, save_once

GOALS, REVIEW = "plan.goals", "plan.review"


@transaction.atomic
def open_plan(
    *, case: Case, by: User, key: UUID | None = None, what_matters: str = "", opened_on: date | None = None
) -> Plan:
    """Open the plan for a young person with an open case, or give back the one that is open.

    Its first review is due by the limit ``plan.review``. Raises Refused without PLAN_WRITE.
    """
    check_may(by, Permission.PLAN_WRITE)
    day = opened_on or today()
    plan = Plan(
        person=case.person,
        case=case,
        opened_on=day,
        review_due_on=due_on(REVIEW, day),
        what_matters=what_matters,
        form_key=key,
        recorded_by=by,
    )
    try:
        with attempt():
            insert_rows([plan])
            insert_rows([PlanMove(plan=plan, new=ACCEPTED, moved_at=now(), moved_by=by)])
            _tell(plan, "Plan opened", by)
            note_saved("plan", plan, plan.person_id)
            return plan
    except IntegrityError:
        theirs = Plan.objects.filter(Q(form_key=key, form_key__isnull=False) | ~Q(status__in=OVER), person=case.person)
        already = theirs.order_by("-opened_on").first()
        if already is None:
            raise
        return already


def _tell(plan: Plan, title: str, by: User, body: str = "") -> None:
    add_chronology_entry(
        person=plan.person,
        happened_at=now(),
        kind="plan",
        title=title,
        body=body,
        significance=Significance.NOTABLE,
        by=by,
        subject=plan.id,
    )


@transaction.atomic
def change_plan(*, plan: Plan, after: int, what_matters: str, by: User) -> Plan:
    """Write anew what matters to the young person. Raises Refused, ChangedMeanwhile."""
    check_may(by, Permission.PLAN_WRITE)
    if save_once(plan, after, what_matters=what_matters):
        note_saved("plan", plan, plan.person_id)
    return plan


@transaction.atomic
def move_plan(*, plan: Plan, new: str, after: int, by: User, on: date | None = None, why: str = "") -> Plan:
    """Take the plan to its next phase, from ``on`` (today).

    The first engagement starts the clock of the goals (limit ``plan.goals``); goals are agreed once at least one is;
    a plan closes once none of its tasks is left to do. Raises Refused, MoveNotAllowed, NotAsItStands, ChangedMeanwhile.
    """
    check_may(by, Permission.PLAN_WRITE)
    plan = Plan.objects.select_for_update(of=("self",)).select_related("person").get(id=plan.id)
    old, day = plan.status, on or today()
    if plan.revision == after:
        PLAN.check_move(old, new)
        _check_ready(plan, new, day)
    if save_once(plan, after, status=new, **_days(new, day)):
        insert_rows([PlanMove(plan=plan, old=old, new=new, moved_at=now(), moved_by=by, why=why)])
        _tell(plan, f"Plan: {PLAN.statuses[new].lower()}", by, why)
        note_saved("plan", plan, plan.person_id)
    return plan


def _days(new: str, day: date) -> Mapping[str, Any]:
    """The days a plan carries once it is in phase ``new``."""
    if new == ENGAGING:
        return {"first_engaged_on": day, "goals_due_on": due_on(GOALS, day)}
    if new == GOALS_AGREED:
        return {"goals_agreed_on": day}
    return {"closed_on": day, "review_due_on": None} if new == CLOSED else {}


def _check_ready(plan: Plan, new: str, day: date) -> None:
    since = plan.first_engaged_on or plan.opened_on
    if day < (plan.closed_on or since):
        raise NotAsItStands(f"Enter a day from {day_in_words(plan.closed_on or since)} on: the plan came there then")
    if new == GOALS_AGREED and not plan.goals.filter(status=AGREED).exists():
        raise NotAsItStands("Agree at least one goal with them first, and say so beside the goal")
    left = plan.tasks.to_do().count() if new == CLOSED else 0
    if left:
        raise NotAsItStands(
            f"{plural(left, 'task is', 'tasks are')} still to do. Say what came of each, or that it is no longer needed"
        )


@transaction.atomic
def record_review(
    *,
    plan: Plan,
    held_on: date,
    who_took_part: str,
    what_changed: str,
    by: User,
    key: UUID | None = None,
    childs_view: str = "",
    next_on: date | None = None,
) -> Review:
    """Record that the plan was looked at together. The next review is on ``next_on``, by the limit ``plan.review`` at
    the latest. Raises Refused, NotAsItStands.
    """
    check_may(by, Permission.PLAN_WRITE)
    plan, latest = plan_at_work(plan), due_on(REVIEW, held_on)
    if next_on and not held_on < next_on <= latest:
        raise NotAsItStands(f"Choose a day for the next review after this one and by {day_in_words(latest)}")
    row = Review(
        plan=plan,
        held_on=held_on,
        who_took_part=who_took_part,
        what_changed=what_changed,
        childs_view=childs_view,
        next_on=next_on or latest,
        form_key=key,
        recorded_by=by,
    )
    made = add_once(row, "plan review", person=plan.person_id)[0]
    if made is row:
        newest = plan.reviews.first() or row
        Plan.objects.filter(id=plan.id).update(review_due_on=newest.next_on)
        _tell(plan, "Plan reviewed", by, what_changed)
    return made


@transaction.atomic
def link_plan(*, plan: Plan, kind: str, held_by: str, by: User, key: UUID | None = None, **details: Any) -> LinkedPlan:
    """Say where a plan is that somebody else holds. ``details``: agency, reference, review_on.

    Raises Refused, NotAsItStands.
    """
    check_may(by, Permission.PLAN_WRITE)
    plan = plan_at_work(plan)
    row = LinkedPlan(plan=plan, kind=kind, held_by=held_by, form_key=key, recorded_by=by, **details)
    return add_once(row, "linked plan", person=plan.person_id)[0]


@transaction.atomic
def end_linked_plan(*, linked: LinkedPlan, by: User) -> LinkedPlan:
    """A plan that somebody else held is over, from today; one that ended before stays as it is. Raises Refused."""
    check_may(by, Permission.PLAN_WRITE)
    if LinkedPlan.objects.filter(id=linked.id, ended_on=None).update(ended_on=today()):
        note_saved("linked plan", linked, linked.plan.person_id)
    return linked
