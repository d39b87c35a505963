"""What outcomes add to a child's pages and to a closure: what is due, what is still to be said, what came back."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Max
from django.urls import reverse

from trellis.accounts.models import User
from trellis.cases.child_pages import Due, Section
from trellis.cases.closing import Unfinished
from trellis.cases.models import Case
from trellis.core.clocks import today
from trellis.core.presenters import day
from trellis.core.protection import Part
from trellis.core.reference_data import due_on, labels, limit
from trellis.letters.models import Kind, Occasion
from trellis.letters.queries import is_settled
from trellis.need_to_know.access import parts_opened, sight_shown, visible_to
from trellis.outcomes.models import ClosureChallenge, ClosureTold, FollowUp, OutcomeRecord, Point
from trellis.outcomes.presenters import standing_rows
from trellis.outcomes.queries import areas_of, closed_before, is_challenged, spares, standing_of, unanswered
from trellis.people.models import Education, Person, Provision
from trellis.plans.access import plan_of
from trellis.plans.models import OVER

CHALLENGE_HOLDS = "closing.challenge"
MOVED = "moved_area"
NO_SCHOOL = Provision.NOT_IN_EDUCATION


def outcomes_due(user: User, person: Person) -> Iterator[Due]:
    """At the start, then half way and again, and the follow-ups once the case has closed."""
    if Part.OUTCOMES not in parts_opened(sight_shown(user, person)):
        return
    case = visible_to(user, Case).filter(person=person, closed_on=None).first()
    if case:
        yield _due_while_open(user, case)
    for follow_up in visible_to(user, FollowUp).filter(person=person, done_on=None):
        what = f"Ask how things are, {follow_up.get_point_display().lower()} closing"
        yield Due(follow_up.due_on, what, _page(person.id, follow_up.point))


def _due_while_open(user: User, case: Case) -> Due:
    said = visible_to(user, OutcomeRecord).filter(case=case, point__in=(Point.START, Point.MID))
    last: date | None = said.aggregate(last=Max("recorded_on"))["last"]
    if last is None:
        start = due_on("outcomes.start", case.opened_on)
        return Due(start, "Say how things stand at the start", _page(case.person_id, Point.START))
    by, plan = due_on("outcomes.mid", last), plan_of(user, case.person)
    review = plan.review_due_on if plan and plan.status not in OVER else None
    at_review = review and last < review < by
    return Due(review if at_review and review else by, "Say how things stand now", _page(case.person_id, Point.MID))


def _page(person_id: object, point: str) -> str:
    return reverse("outcomes-at", args=[person_id, point])


def closing_unfinished(case: Case, reason: str) -> Iterator[Unfinished]:
    """What a closure asks for, as far as its reason does not spare it: outcomes in each area, the school told, the
    challenge, the receipt of whoever takes over."""
    spared, person = spares(reason), case.person_id
    left = [] if "outcomes" in spared else unanswered(case, Point.CLOSE)
    if left:
        names = ", ".join(area.label for area in left)
        what = f"Say how things stand at closing in {len(left)} of the areas; not known is an answer: {names}"
        yield Unfinished(what, _page(person, Point.CLOSE))
    told = set(ClosureTold.objects.filter(case=case).values_list("whom", flat=True))
    written = is_settled(case, Kind.SCHOOL, Occasion.CLOSING)
    if "school" not in spared and "school" not in told and not written and _may_have_school(case):
        what = "Say that the school or college was told of the end of the work, or why not"
        yield Unfinished(what, reverse("closing-told", args=[person, "school"]))
    if reason == MOVED and "area" not in told:
        what = "Say who in the other area has taken over, and on which day they said so"
        yield Unfinished(what, reverse("closing-told", args=[person, "area"]))
    if reason and is_challenged(reason) and not _holds(case, reason):
        what = "A manager who does not lead the work challenges this closure first"
        yield Unfinished(what, reverse("closure-challenge", args=[person]))


def _may_have_school(case: Case) -> bool:
    """Unless the record says that they are in no education now: that nothing is recorded says nothing."""
    rows = Education.objects.filter(person=case.person_id, alongside=False, starts_on__lte=today())
    now = rows.exclude(ends_on__lte=today()).first()
    return now is None or now.provision != NO_SCHOOL


def _holds(case: Case, reason: str) -> bool:
    """Whether the latest challenge to this reason found that the work may end, and was not long ago."""
    latest = ClosureChallenge.objects.filter(case=case, reason=reason).order_by("-recorded_at").first()
    if latest is None or not latest.may_close:
        return False
    return today() - latest.decided_on <= timedelta(days=limit(CHALLENGE_HOLDS, today()))


def earlier_closure(user: User, person: Person, on: date) -> Section | None:
    """Beside a referral that arrived soon after a closure: what was closed, why, and how things stood then."""
    case = closed_before(user, person, on)
    if case is None or case.closed_on is None:
        return None
    standing = standing_of(user, case)
    context = {
        "case": case,
        "reason": labels("case_closure_reason").get(case.closure_reason, case.closure_reason),
        "days": (on - case.closed_on).days,
        "rows": standing_rows(areas_of(case), standing, Point.CLOSE),
        "shows_outcomes": Part.OUTCOMES in parts_opened(sight_shown(user, person)),
        "closed": day(case.closed_on),
    }
    return Section("outcomes/_earlier.html", context)
