"""What a copy says of details, assessments and the plan: what the pages say to whoever takes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from trellis.accounts.models import User
from trellis.assessments.models import Assessment
from trellis.assessments.presenters import assessment as assessed
from trellis.assessments.queries import Whole, assessments_of, whole
from trellis.cases.details.presenters import details_page
from trellis.cases.details.queries import around, rows_by_section
from trellis.core.reference_data import labels
from trellis.people.models import Person
from trellis.plans import presenters as planned
from trellis.plans.access import plan_of
from trellis.plans.models import DirectWork, TeamMember
from trellis.plans.queries import WholePlan, next_and_last_direct_work, team_of, whole_plan

MOST_ASSESSMENTS = 20
# Said elsewhere in the copy.
TOLD_ELSEWHERE = ("people", "education", "statuses")


@dataclass(frozen=True)
class PlanCopied:
    """The plan with the team around the young person, as it stood when the copy was taken."""

    whole: WholePlan
    team: list[TeamMember]
    upcoming: DirectWork | None


def plan_to_take(user: User, person: Person) -> PlanCopied | None:
    """The plan that is open, else the latest; None when the user sees none."""
    plan = plan_of(user, person)
    if plan is None:
        return None
    return PlanCopied(whole_plan(plan), team_of(user, person), next_and_last_direct_work(user, person)[0])


def assessments_to_take(user: User, person: Person) -> list[Whole]:
    """The latest assessments with what was answered, judged and said; what others contributed stays theirs."""
    return [whole(one) for one in assessments_of(user, person)[:MOST_ASSESSMENTS]]


def details_to_take(user: User, person: Person) -> list[dict[str, Any]]:
    """The sections of the details; an address that is kept apart is not among them."""
    found = around(user, person)
    sections = details_page(found, rows_by_section(user, found), may_edit=False)
    for section in sections:
        section["rows"] = [row for row in section.get("rows", ()) if not row["open"]]
    return [section for section in sections if section["code"] not in TOLD_ELSEWHERE]


def assessment_words(held: Whole) -> dict[str, Any]:
    one: Assessment = held.assessment
    return {
        "tool": str(one.version),
        "is_sample": one.version.instrument.is_sample,
        "facts": [("Status", one.get_status_display()), *assessed.facts(one)],
        "child": one.childs_view,
        "not_heard": one.child_not_heard_why,
        "found": assessed.found_rows(held),
        "judged": assessed.judgement_rows(held),
        "views": assessed.views_rows(one),
        "sides": assessed.worries_and_strengths(held.definition, held.answers),
    }


def all_assessment_words(held: Iterable[Whole]) -> list[dict[str, Any]]:
    return [assessment_words(one) for one in held]


def plan_words(copied: PlanCopied | None, day: date) -> dict[str, Any] | None:
    if copied is None:
        return None
    held, areas = copied.whole, labels("outcome_area")
    return {
        "called": planned.called(held.person),
        "what_matters": held.plan.what_matters,
        "facts": planned.facts(held.plan),
        "days": planned.days_of(held.plan, day),
        "goals": planned.goal_rows([*held.goals, *held.goals_then], areas),
        "safety": planned.safety_rows(held.safety),
        "said_by": planned.said_by(held.safety, held.person) if held.safety else "",
        "tasks": planned.task_rows([*held.tasks, *held.finished], day),
        "to_do": held.to_do,
        "linked": planned.linked_rows(held.linked),
        "reviews": held.reviews,
        "team": planned.member_rows(copied.team),
        "next": planned.direct_work_row(copied.upcoming) if copied.upcoming else None,
    }
