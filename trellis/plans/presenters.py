"""The plan in words: phases, days, tasks, direct work. Pure."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from trellis.accounts.models import User
from trellis.core.clocks import london_date
from trellis.core.presenters import day as day_in_words
from trellis.core.presenters import moment, plural
from trellis.people.models import Person
from trellis.plans.lifecycle import AGREED, ATTEMPTED, DIRECT_WORK, GOAL, HELD, PLAN, PLANNED, REACHED, TASK, TO_DO
from trellis.plans.models import (
    OVER,
    DirectWork,
    Goal,
    GoalCorrection,
    LinkedPlan,
    Plan,
    PlanMove,
    SafetyPlan,
    Task,
    TeamMember,
)
from trellis.plans.queries import WholePlan

Rows = list[tuple[str, str]]
SAFETY = {
    "triggers": "What makes things harder or less safe for me",
    "people_i_trust": "People I trust",
    "what_i_will_do": "What I will do",
    "what_adults_will_do": "What adults will do",
    "when_missing": "If I am missing",
}
SOMEBODY = "Somebody in your team"


def called(person: Person) -> str:
    return person.known_as or person.given_name


def due(day: date, today: date) -> str:
    """``Today``, ``in 3 days``, ``2 days overdue``."""
    days = (day - today).days
    if days == 0:
        return "today"
    return f"in {plural(days, 'day')}" if days > 0 else f"{plural(-days, 'day')} overdue"


def days_of(plan: Plan, today: date) -> list[dict[str, Any]]:
    """What of the plan falls due when: its goals, its review. ``late`` is said in words, too."""
    if plan.status in OVER:
        return []
    rows = []
    if plan.goals_due_on and not plan.goals_agreed_on:
        rows.append(("Agree the goals by", plan.goals_due_on))
    if plan.review_due_on:
        rows.append(("Review the plan by", plan.review_due_on))
    return [{"what": what, "day": day, "due": due(day, today), "late": day < today} for what, day in rows]


def facts(plan: Plan) -> Rows:
    """The days of a plan, those that have come."""
    rows = [
        ("Phase", PLAN.statuses[plan.status]),
        ("Opened", day_in_words(plan.opened_on)),
        ("First engagement", day_in_words(plan.first_engaged_on)),
        ("Goals agreed", day_in_words(plan.goals_agreed_on)),
        ("Closed", day_in_words(plan.closed_on)),
    ]
    return [row for row in rows if row[1]]


def step_rows(moves: Iterable[PlanMove]) -> list[dict[str, Any]]:
    return [{"what": PLAN.statuses[m.new], "at": m.moved_at, "by": m.moved_by, "why": m.why} for m in moves]


def goal_rows(goals: Iterable[Goal], areas: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "id": goal.id,
            "words": goal.words,
            "status": GOAL.statuses[goal.status],
            "tone": "done" if goal.status == AGREED else "plain",
            "agreed_on": goal.agreed_on,
            "area": areas.get(goal.area, ""),
            "can_move": bool(GOAL.moves[goal.status]),
            "before": [row.old_values["words"] for row in goal.corrections.all()],
        }
        for goal in goals
    ]


def earlier_words(corrections: Iterable[GoalCorrection]) -> list[tuple[str, datetime, User | None]]:
    """What a goal said before, each with until when and who put it into other words; the area alone is no wording."""
    return [(row.old_values["words"], row.corrected_at, row.corrected_by) for row in corrections]


def task_rows(tasks: Iterable[Task], today: date) -> list[dict[str, Any]]:
    return [
        {
            "id": task.id,
            "what": task.what,
            "due_on": task.due_on,
            "due": due(task.due_on, today) if task.status == TO_DO else "",
            "late": task.status == TO_DO and task.due_on < today,
            "owner": owner(task),
            "goal": task.goal.words if task.goal else "",
            "status": TASK.statuses[task.status],
            "to_do": task.status == TO_DO,
            "done_on": task.done_on,
            "effect": task.effect,
        }
        for task in tasks
    ]


def owner(task: Task) -> str:
    return f"{task.owner.name}, {task.owner.agency}" if task.owner else task.owner_name


def safety_rows(safety: SafetyPlan | None) -> Rows:
    """What the safety plan says, in its order; nothing for what it leaves open."""
    if safety is None:
        return []
    return [(label, getattr(safety, name)) for name, label in SAFETY.items() if getattr(safety, name)]


def said_by(safety: SafetyPlan, person: Person) -> str:
    return f"{called(person)}, in their own words" if safety.said_by_child else "Written by a worker"


def linked_rows(linked: Iterable[LinkedPlan]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "kind": one.get_kind_display(),
            "held_by": ", ".join(filter(None, (one.held_by, one.agency.name if one.agency else ""))),
            "reference": one.reference,
            "review_on": one.review_on,
            "ended_on": one.ended_on,
        }
        for one in linked
    ]


def direct_work_rows(rows: Iterable[DirectWork]) -> list[dict[str, Any]]:
    return [direct_work_row(one) for one in rows]


def direct_work_row(direct_work: DirectWork) -> dict[str, Any]:
    return {
        "id": direct_work.id,
        "kind": direct_work.get_kind_display(),
        "at": direct_work.happened_at or direct_work.planned_at,
        "status": DIRECT_WORK.statuses[direct_work.status],
        "planned": direct_work.status == PLANNED,
        "can_record": bool(DIRECT_WORK.moves[direct_work.status]),
        "worker": direct_work.worker.name,
        "where": direct_work.where,
        "with_whom": direct_work.with_whom,
        "alone": ("Yes" if direct_work.seen_alone else "No") if direct_work.status == HELD else "",
        "words": direct_work.childs_words,
        "what_happened": direct_work.what_happened,
        "tried": direct_work.status == ATTEMPTED,
    }


def planned_in_words(direct_work: DirectWork) -> str:
    """``Visit, planned for 3 March 2023, 16:00 with Priya Nair.``"""
    when = moment(direct_work.planned_at)
    return f"{direct_work.get_kind_display()}, planned for {when} with {direct_work.worker.name}."


def member_rows(members: Iterable[TeamMember]) -> list[dict[str, Any]]:
    return [
        {
            "id": member.id,
            "name": member.name,
            "part": member.part,
            "place": member.agency.name if member.agency else member.user.agency.name if member.user else "",
            "phone": member.phone,
            "trusted": member.is_trusted_adult,
            "since": member.starts_on,
            "until": member.ends_on,
        }
        for member in members
    ]


def own_copy(
    whole: WholePlan, team: Collection[TeamMember], upcoming: DirectWork | None, today: date
) -> dict[str, Any]:
    """The plan as the young person's own copy says it: what they said, whom they named, what is promised to them and
    when. Nobody stands on it whom they did not name themselves."""
    trusted = next((member for member in team if member.is_trusted_adult), None)
    named = f"{whole.safety.people_i_trust if whole.safety else ''} {trusted.name if trusted else ''}".casefold()
    return {
        "called": called(whole.person),
        "what_matters": whole.plan.what_matters,
        "goals": [goal.words for goal in whole.goals],
        "reached": [goal.words for goal in whole.goals_then if goal.status == REACHED],
        "safety": safety_rows(whole.safety),
        "trusted": trusted.name if trusted else "",
        "promises": [
            {"what": task.what, "by": task.due_on, "who": promised_by(task, named)}
            for task in whole.tasks
            if task.on_own_copy
        ],
        "next": upcoming.planned_at if upcoming and london_date(upcoming.planned_at) >= today else None,
        "review_on": whole.plan.review_due_on,
    }


def promised_by(task: Task, named: str) -> str:
    """The owner of a task as far as the young person named them themselves."""
    name = task.owner.name if task.owner else task.owner_name
    return name if name.casefold() in named else SOMEBODY
