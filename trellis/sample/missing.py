"""Going missing in one year: which children, how often, when and for how long. A few carry most of the reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from trellis.sample.interviews import unsettled
from trellis.sample.moments import DAY, HOUR, end_of, london_day, midnight
from trellis.sample.people import People
from trellis.sample.plan import YearPlan
from trellis.sample.records import Child, Episode
from trellis.sample.rhythm import Days, missing_weight, report_time
from trellis.sample.schooling import first_school
from trellis.sample.statuses import LOOKED_AFTER, first_status
from trellis.sample.streams import Stream, largest_remainder
from trellis.sample.words import say

SHARE_OF_REFERRED = 0.7
SHARE_AGAIN = 0.34
SEX = {"M": 520, "F": 475, "U": 5}
GROUPS = {"white_british": 43, "dual_heritage": 16, "black": 15, "asian": 12, "other": 6, "not_known": 8}
GRADES = {"no_apparent_risk": 3, "very_low": 5, "low": 22, "medium": 57, "high": 13}
TAIL = 0.85
MOST_IN_A_YEAR = 48
APART = 10 * HOUR
MIDYEAR = timedelta(days=183)


def choose_children(
    people: People, roster: Sequence[Child], likely: set[Child], plan: YearPlan, count: int, by: Stream
) -> list[Child]:
    """``count`` children of the year: some known, the rest new, together near the plan's ages at mid-year."""
    middle = plan.starts_on + MIDYEAR
    chosen = [c for c in roster if _room(c, plan) and by.happens(SHARE_OF_REFERRED if c in likely else SHARE_AGAIN)]
    chosen = chosen[:count]
    wanted = largest_remainder(plan.ages, count)
    for child in chosen:
        age = child.age_on(middle)
        wanted[age] = wanted.get(age, 0) - 1
    short = {age: number for age, number in wanted.items() if number > 0}
    ages = [a for a, n in largest_remainder(short, count - len(chosen)).items() for _ in range(n)] if short else []
    return chosen + [_new_child(people, age, middle, plan, by) for age in ages]


def _room(child: Child, plan: YearPlan) -> bool:
    """Ten or older, at home from the first fortnight, and under eighteen for the first ten weeks of the year."""
    fortnight, ten_weeks = (midnight(plan.starts_on + timedelta(days=days)) for days in (14, 70))
    return child.eighteen_at > ten_weeks and child.free_from < fortnight and child.born.year + 10 < plan.starts_on.year


def _new_child(people: People, age: int, middle: date, plan: YearPlan, by: Stream) -> Child:
    """Known from the first report, which is drawn later: until then from the first day of the year."""
    child = people.child(
        by, sex=by.pick(SEX), group=by.pick(GROUPS), age=age, on=middle, known_from=midnight(plan.starts_on)
    )
    first_status(child, plan.starts_on, by)
    first_school(child, plan.starts_on, by)
    child.known_from = 0
    return child


def reports_each(
    children: Sequence[Child], busy: set[Child], plan: YearPlan, total: int, by: Stream
) -> dict[Child, int]:
    """At least one report each, ``total`` together, with a long tail dealt evenly over the ages."""
    order = _over_the_ages(children, plan, by)
    weights = {}
    for place, child in enumerate(order):
        weight = ((len(order) + 1) / (place + 1)) ** TAIL - 1 + 0.02
        weight *= 2.2 if child.has(LOOKED_AFTER, plan.starts_on + MIDYEAR) else 1
        weights[child] = weight * (1.8 if child in busy else 1) * _part_of_year(child, plan)
    counts = {child: 1 + more for child, more in largest_remainder(weights, total - len(children)).items()}
    return _capped(counts, plan)


def _over_the_ages(children: Sequence[Child], plan: YearPlan, by: Stream) -> list[Child]:
    """An order of which every beginning has about the ages of the whole."""
    ages: dict[int, list[Child]] = {}
    for child in children:
        ages.setdefault(child.age_on(plan.starts_on + MIDYEAR), []).append(child)
    placed = []
    for same_age in ages.values():
        by.shuffle(same_age)
        placed += [((n + by.random()) / len(same_age), child.number, child) for n, child in enumerate(same_age)]
    return [child for _, _, child in sorted(placed, key=lambda item: item[:2])]


def _part_of_year(child: Child, plan: YearPlan) -> float:
    """The share of the year before the eighteenth birthday."""
    days = (min(child.eighteenth, plan.ends_on) - plan.starts_on).days
    return max(0.05, min(1.0, days / 365))


def _capped(counts: dict[Child, int], plan: YearPlan) -> dict[Child, int]:
    """Nobody has more reports than their part of the year has room for; what is over goes to the others in turn."""
    room = {child: max(2, int(MOST_IN_A_YEAR * _part_of_year(child, plan))) for child in counts}
    over = sum(max(0, count - room[child]) for child, count in counts.items())
    capped = {child: min(count, room[child]) for child, count in counts.items()}
    while over:
        for child in capped:
            if over and capped[child] < room[child] and capped[child] > 1:
                capped[child] += 1
                over -= 1
    return capped


class Desk:
    """Makes the episodes of one year."""

    def __init__(self, people: People, plan: YearPlan, by: Stream) -> None:
        self.people, self.plan, self.by = people, plan, by
        self.days = Days(plan, missing_weight)
        self.made = 0

    def episodes(self, child: Child, count: int) -> list[Episode]:
        """``count`` episodes of one child in order, never overlapping, all reported in the year, before eighteen."""
        first = self.plan.starts_on
        if child.free_from > midnight(first):
            first = london_day(child.free_from) + timedelta(days=1)
        last = min(self.plan.ends_on, child.eighteenth - timedelta(days=1))
        reported = _apart([report_time(day, self.by) for day in self.days.draw(self.by, count, first, last)])
        ends = [*reported[1:], None]
        made = [self._episode(child, at, following) for at, following in zip(reported, ends, strict=True)]
        child.free_from = max(child.free_from, made[-1].returned_at + HOUR)
        child.known_from = min(child.known_from or made[0].reported_at, made[0].reported_at)
        return made

    def _episode(self, child: Child, reported_at: int, following: int | None) -> Episode:
        by = self.by
        last_seen_at = max(reported_at - self._before_report(), child.free_from)
        returned_at = reported_at + self._away()
        if following:
            returned_at = min(returned_at, following - 5 * HOUR)
        looked_after = child.has(LOOKED_AFTER, london_day(reported_at))
        if looked_after:
            returned_at = self._within_year(reported_at, returned_at)
        child.free_from = returned_at + HOUR
        grade = by.pick(GRADES)
        changed = by.happens(0.12)
        self.made += 1
        return Episode(
            id=by.id(),
            police_ref=f"MIS-{self.plan.short_year}-{self.people.part * 10000 + self.made:06d}",
            child=child,
            kind="home" if not looked_after else "away_without_authorisation" if by.happens(0.14) else "care",
            last_seen_at=last_seen_at,
            reported_at=reported_at,
            returned_at=returned_at,
            grade=grade,
            grade_before=by.pick(GRADES) if changed else "",
            regraded_at=min(by.between(reported_at + 30, returned_at), returned_at) if changed else 0,
            reported_by=by.one(say("places", "reporters")[3:5] if looked_after else say("places", "reporters")[:2]),
            found_where=by.one(say("places", "found")),
            found_with=by.one(say("places", "company")),
            officer=f"PC {by.between(10000, 19999)}",
            out_of_area=looked_after and child.out_of_area,
            interview=unsettled(by, returned_at),
        )

    def _within_year(self, reported_at: int, returned_at: int) -> int:
        """Nobody looked after is away over the last midnight of a year, so that the return of looked-after children
        has no row open at its end: programs that check it are known to take one for a fault."""
        over = end_of(self.plan.ends_on)
        return max(reported_at + 1, (reported_at + over) // 2) if returned_at >= over > reported_at else returned_at

    def _before_report(self) -> int:
        """Minutes between last being seen and the report; nobody waits longer than four hours."""
        return self.by.between(15, 4 * HOUR)

    def _away(self) -> int:
        """Minutes from report to return: most the same night, a few for days."""
        by = self.by
        drawn = by.random()
        if drawn < 0.55:
            return by.between(40, 9 * HOUR)
        if drawn < 0.86:
            return by.between(6 * HOUR, 20 * HOUR)
        if drawn < 0.95:
            return by.between(20 * HOUR, 2 * DAY)
        return by.between(2 * DAY, 9 * DAY)


def _apart(moments: list[int]) -> list[int]:
    """The days differ already; a report soon after another moves to later in its own day."""
    before = 0
    for place, moment in enumerate(moments):
        moments[place] = before = max(moment, before + APART)
    return moments
