"""Rows of the one plan: as it stood at the cut."""

from __future__ import annotations

from datetime import date, timedelta

from trellis.plans.lifecycle import (
    ACCEPTED,
    AGREED,
    ATTEMPTED,
    CLOSED,
    DONE,
    ENGAGING,
    GOALS_AGREED,
    HELD,
    PLANNED,
    REACHED,
    TO_DO,
    WANTED,
)
from trellis.plans.models import DirectWork
from trellis.sample.moments import HOUR, at, london_day, stamp
from trellis.sample.plans import GOALS_WITHIN, REVIEW_EVERY, CasePlan, Doing, Meeting, Wanted, plan_of
from trellis.sample.records import Case
from trellis.sample.rows.cut import Cut

KINDS = dict(DirectWork.Kind.choices)
LATE = 17


def write_plan(case: Case, cut: Cut, *, told: bool = False) -> None:
    """The plan of a case, if one was open by then. ``told``: the story says itself when the young person was met."""
    plan = plan_of(case)
    if plan is None or not cut.has(plan.opened_at):
        return
    _write_plan(plan, cut)
    for position, goal in enumerate(plan.goals):
        _write_goal(plan, goal, position, cut)
    for task in plan.tasks:
        _write_task(plan, task, cut)
    for meeting in () if told else plan.meetings:
        _write_direct_work(plan, meeting, cut)
    _write_safety(plan, cut)
    _write_team(plan, cut)


def _write_plan(plan: CasePlan, cut: Cut) -> None:
    case, worker, status, revision = plan.case, plan.case.worker, ACCEPTED, 1
    cut.move("plans.PlanMove", plan.id, "", ACCEPTED, plan.opened_at, worker)
    reached: dict[str, date] = {}
    for phase, moment in plan.phases:
        if cut.has(moment):
            cut.move("plans.PlanMove", plan.id, status, phase, moment, worker)
            status, revision, reached[phase] = phase, revision + 1, london_day(moment)
    engaged = reached.get(ENGAGING)
    cut.writer.add(
        "plans.Plan",
        plan.id,
        stamp(plan.opened_at),
        revision,
        case.child.id,
        case.id,
        status,
        london_day(plan.opened_at),
        engaged,
        engaged + timedelta(days=GOALS_WITHIN) if engaged else None,
        reached.get(GOALS_AGREED),
        None if status == CLOSED else _write_reviews(plan, cut),
        reached.get(CLOSED),
        plan.matters,
        None,
        worker,
    )


def _write_reviews(plan: CasePlan, cut: Cut) -> date:
    """The reviews that were held, and when the next one is due."""
    held = [review for review in plan.reviews if cut.has(at(review[1], LATE)) and plan.lasts(at(review[1], LATE))]
    for key, day, (said, changed) in held:
        cut.writer.add(
            "plans.Review",
            key,
            stamp(at(day, LATE)),
            plan.id,
            day,
            "Them, their lead worker, somebody from school",
            said,
            changed,
            day + timedelta(days=REVIEW_EVERY),
            None,
            plan.case.worker,
        )
    last = held[-1][1] if held else london_day(plan.opened_at)
    return last + timedelta(days=REVIEW_EVERY)


def _write_goal(plan: CasePlan, goal: Wanted, position: int, cut: Cut) -> None:
    if not cut.has(goal.said_at) or not plan.lasts(goal.said_at):
        return
    status, revision, worker = WANTED, 1, plan.case.worker
    cut.move("plans.GoalMove", goal.id, "", WANTED, goal.said_at, worker)
    for new, moment in ((AGREED, goal.agreed_at), (REACHED, goal.reached_at)):
        if moment is not None and cut.has(moment) and plan.lasts(moment):
            cut.move("plans.GoalMove", goal.id, status, new, moment, worker)
            status, revision = new, revision + 1
    cut.writer.add(
        "plans.Goal",
        goal.id,
        stamp(goal.said_at),
        revision,
        plan.id,
        goal.words,
        goal.area,
        status,
        position,
        london_day(goal.agreed_at) if status != WANTED else None,
        None,
        worker,
    )


def _write_task(plan: CasePlan, task: Doing, cut: Cut) -> None:
    if not cut.has(task.said_at) or task.said_at >= task.done_at:
        return
    worker, done = plan.case.worker, cut.has(task.done_at)
    cut.move("plans.TaskMove", task.id, "", TO_DO, task.said_at, worker)
    if done:
        cut.move("plans.TaskMove", task.id, TO_DO, DONE, task.done_at, worker, task.effect)
    cut.writer.add(
        "plans.Task",
        task.id,
        stamp(task.said_at),
        2 if done else 1,
        plan.id,
        None,
        task.what,
        None if task.owner else worker,
        task.owner,
        task.due_on,
        DONE if done else TO_DO,
        london_day(task.done_at) if done else None,
        task.effect if done else "",
        task.on_own_copy,
        None,
        None,
        worker,
    )


def _write_direct_work(plan: CasePlan, meeting: Meeting, cut: Cut) -> None:
    if not cut.has(meeting.said_at) or not plan.lasts(meeting.planned_at + HOUR):
        return
    worker, child = plan.case.worker, plan.case.child.id
    over = meeting.planned_at + HOUR
    made, became = cut.has(over), HELD if meeting.held else ATTEMPTED
    held = made and meeting.held
    cut.move("plans.DirectWorkMove", meeting.id, "", PLANNED, meeting.said_at, worker)
    if made:
        cut.move("plans.DirectWorkMove", meeting.id, PLANNED, became, over, worker)
    cut.writer.add(
        "plans.DirectWork",
        meeting.id,
        stamp(meeting.said_at),
        2 if made else 1,
        child,
        plan.id,
        meeting.kind,
        became if made else PLANNED,
        worker,
        stamp(meeting.planned_at),
        stamp(meeting.planned_at) if made else None,
        meeting.alone if held else None,
        meeting.where,
        "Their lead worker" if held and meeting.alone else "",
        meeting.words if made else "",
        meeting.told if made else "",
        None,
        worker,
    )
    if held:
        cut.entry(
            child,
            over,
            "direct_work",
            f"{KINDS[meeting.kind]}, {'seen alone' if meeting.alone else 'not seen alone'}",
            agency="social_care",
            body="\n\n".join(filter(None, (meeting.told, f"“{meeting.words}”" if meeting.words else ""))),
            subject=meeting.id,
            user=worker,
        )


def _write_safety(plan: CasePlan, cut: Cut) -> None:
    known = [version for version in plan.safety if cut.has(version[1]) and plan.lasts(version[1])]
    for revision, (key, moment, said) in enumerate(known, start=1):
        cut.writer.add(
            "plans.SafetyPlan",
            key,
            stamp(moment),
            plan.id,
            revision,
            *said,
            True,
            london_day(moment),
            None,
            plan.case.worker,
        )


def _write_team(plan: CasePlan, cut: Cut) -> None:
    engaged = plan.drawn[ENGAGING]
    if not cut.has(engaged) or not plan.lasts(engaged):
        return
    day, worker = london_day(engaged), plan.case.worker
    for key, (name, part), trusted in plan.team:
        cut.writer.add(
            "plans.TeamMember",
            key,
            stamp(engaged),
            plan.case.child.id,
            None,
            name,
            None,
            part,
            "",
            trusted,
            day,
            cut.known_day(plan.case.closed_on),
            None,
            worker,
        )
    if plan.linked:
        key, (kind, holder) = plan.linked
        cut.writer.add(
            "plans.LinkedPlan", key, stamp(engaged), plan.id, kind, None, holder, "", None, None, None, worker
        )
