"""What the plan holds of the young person's own words, and the copy that is read through with them."""

from collections.abc import Iterator

from django.urls import reverse

from trellis.accounts.models import User
from trellis.cases.childs_words import NOT_ASKED, Words
from trellis.cases.read_back import Copy
from trellis.core.clocks import today
from trellis.core.presenters import day, moment
from trellis.need_to_know.access import seen_by, visible_to
from trellis.people.models import Person
from trellis.plans import presenters
from trellis.plans.access import plan_of
from trellis.plans.lifecycle import HELD
from trellis.plans.models import OVER, DirectWork, Goal, Plan, Review, SafetyPlan
from trellis.plans.queries import next_and_last_direct_work, team_of, whole_plan

MOST = 200
SAID_SAFELY = ("triggers", "people_i_trust", "what_i_will_do", "when_missing")


def said_in_plan(user: User, person: Person) -> Iterator[Words]:
    """What matters, the goals, the safety plan that stands, the reviews and the time together."""
    here = reverse("child-plan", args=[person.id])
    plans = visible_to(user, Plan).filter(person=person).select_related("recorded_by")
    for plan in plans[:MOST]:
        yield _line(plan.opened_on, "plan", plan.what_matters, "What matters most", plan, here)
    goals = visible_to(user, Goal).filter(plan__person=person).select_related("recorded_by").order_by("-recorded_at")
    for goal in goals[:MOST]:
        yield _line(goal.recorded_at, "plan", goal.words, "What they want", goal, here)
    safety = SafetyPlan.objects.filter(seen_by(user, SafetyPlan), plan__person=person).standing()
    for stands in (each for each in safety.select_related("recorded_by")[:MOST] if each.said_by_child):
        said = "\n".join(words for name in SAID_SAFELY if (words := getattr(stands, name)))
        yield _line(stands.recorded_at, "safety_plan", said, "What keeps them safe", stands, here)
    reviews = visible_to(user, Review).filter(plan__person=person).select_related("recorded_by")
    for review in reviews.order_by("-held_on")[:MOST]:
        yield _line(review.held_on, "review", review.childs_view, "How the plan goes", review, here)


def _line(said: object, step: str, words: str, what: str, row: Plan | Goal | SafetyPlan | Review, url: str) -> Words:
    heard_by = row.recorded_by.name if row.recorded_by else ""
    why_not = "" if words else NOT_ASKED
    return Words(said, step, words, what, heard_by, url=url, why_not=why_not)  # type: ignore[arg-type]


def said_together(user: User, person: Person) -> Iterator[Words]:
    """What they said in direct work. A time without words of theirs is no time they were asked and not heard."""
    held = visible_to(user, DirectWork).filter(person=person, status=HELD).exclude(childs_words="")
    here = reverse("child-direct-work", args=[person.id])
    for work in held.select_related("worker").order_by("-happened_at")[:MOST]:
        alone = "alone" if work.seen_alone else "with somebody else there"
        yield Words(
            said=work.happened_at or work.planned_at,
            step="direct_work",
            words=work.childs_words,
            what=work.get_kind_display(),
            heard_by=work.worker.name,
            how=f"Said, {alone}",
            url=here,
        )


def copy_of_plan(user: User, person: Person) -> Copy | None:
    """The young person's own copy, to be read through with them. None without an open plan that the user sees."""
    plan = plan_of(user, person)
    if plan is None or plan.status in OVER:
        return None
    upcoming, _ = next_and_last_direct_work(user, person)
    copy = presenters.own_copy(whole_plan(plan), team_of(user, person), upcoming, today())
    parts = [
        ("What matters to me", [copy["what_matters"]] if copy["what_matters"] else []),
        ("What I want", copy["goals"]),
        ("What I have reached", copy["reached"]),
        *((label, [words]) for label, words in copy["safety"] or []),
        ("The adult I trust", [copy["trusted"]] if copy["trusted"] else []),
        (
            "What adults promised me",
            [f"{each['what']}, by {day(each['by'])}. {each['who']}" for each in copy["promises"]],
        ),
        ("What comes next", _next(copy["next"], copy["review_on"])),
    ]
    return Copy(plan.id, plan.revision, [(heading, lines) for heading, lines in parts if lines])


def _next(meeting: object, review: object) -> list[str]:
    lines = [f"We meet next on {moment(meeting)}." if meeting else ""]  # type: ignore[arg-type]
    lines += [f"We look at this plan again together by {day(review)}." if review else ""]  # type: ignore[arg-type]
    return [line for line in lines if line]
