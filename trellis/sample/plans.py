"""The one plan of each case from 2021 on: its phases, what the young person said, who does what, when they met.

Each plan draws from a stream of its own, named by its case: nothing that was drawn before changes for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from trellis.plans.lifecycle import ACTIVE, CLOSED, ENGAGING, GOALS_AGREED, STEPPING_DOWN
from trellis.sample.moments import DAY, HOUR, at, london_day, midnight
from trellis.sample.records import Case
from trellis.sample.rhythm import WEEKEND
from trellis.sample.streams import Stream, stream
from trellis.sample.words import words

FIRST_DAY = date(2021, 1, 1)
GOALS_WITHIN, REVIEW_EVERY = 56, 42
MET_EVERY = (18, 40)
SAID_AHEAD = 6 * DAY
HORIZON = 1200
PHASES = ((ENGAGING, 4, 20), (GOALS_AGREED, 20, 64), (ACTIVE, 5, 12), (STEPPING_DOWN, 150, 500))


@dataclass(frozen=True)
class Doing:
    """A task: until ``done_at`` it is to be done; ``owner``: a name, else the lead worker."""

    id: str
    what: str
    owner: str
    said_at: int
    due_on: date
    done_at: int
    effect: str
    on_own_copy: bool


@dataclass(frozen=True)
class Meeting:
    """Direct work, planned some days ahead."""

    id: str
    kind: str
    planned_at: int
    said_at: int
    held: bool
    alone: bool
    where: str
    told: str
    words: str


@dataclass(frozen=True)
class Wanted:
    id: str
    words: str
    area: str
    said_at: int
    agreed_at: int
    reached_at: int | None


@dataclass
class CasePlan:
    """A plan from its opening on; ``drawn``: when it becomes what, if the case is open so long."""

    id: str
    case: Case
    opened_at: int
    drawn: dict[str, int]
    matters: str
    goals: list[Wanted] = field(default_factory=list)
    tasks: list[Doing] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    safety: list[tuple[str, int, list[str]]] = field(default_factory=list)
    reviews: list[tuple[str, date, list[str]]] = field(default_factory=list)
    team: list[tuple[str, list[str], bool]] = field(default_factory=list)
    linked: tuple[str, list[str]] | None = None

    @property
    def phases(self) -> list[tuple[str, int]]:
        """What it became and when, in order, to the closing of the case."""
        ended = [(CLOSED, self.case.closed_at)] if self.case.closed_at is not None else []
        return [(phase, moment) for phase, moment in self.drawn.items() if self.lasts(moment)] + ended

    @property
    def horizon(self) -> int:
        """So far ahead is drawn, whenever the case closes: how a case ends changes nothing of what came before."""
        return self.opened_at + HORIZON * DAY

    def lasts(self, moment: int) -> bool:
        return self.case.closed_at is None or moment < self.case.closed_at


def plan_of(case: Case) -> CasePlan | None:
    """The plan of a case; None for one of before the hub wrote plans, or one closed before a plan was opened."""
    by = stream("plan", case.id)
    opened_at = workday(case.allocated_at + by.between(1, 5) * DAY, by)
    if london_day(case.opened_at) < FIRST_DAY or (case.closed_at is not None and case.closed_at <= opened_at):
        return None
    plan = CasePlan(by.id(), case, opened_at, dict(phases(opened_at, by)), by.one(words("plans")["matters"]))
    plan.goals = list(goals(plan, by))
    plan.tasks = list(tasks(plan, by))
    plan.meetings = list(meetings(plan, by))
    plan.safety = list(safety(plan, by))
    plan.reviews = list(reviews(plan, by))
    plan.team = [(by.id(), by.one(words("plans")["trusted"]), True), (by.id(), by.one(words("plans")["team"]), False)]
    plan.linked = (by.id(), by.one(words("plans")["linked"])) if by.happens(0.4) else None
    return plan


def workday(moment: int, by: Stream) -> int:
    """A moment of the working day on which ``moment`` falls, or of the Monday after."""
    day = london_day(moment)
    while day.weekday() >= WEEKEND:
        day += timedelta(days=1)
    return at(day, 9) + by.between(0, 8 * HOUR)


def phases(opened_at: int, by: Stream) -> Iterator[tuple[str, int]]:
    """In order, each after the one before."""
    moment = opened_at
    for phase, low, high in PHASES:
        moment = workday(moment + by.between(low, high) * DAY, by)
        yield phase, moment


def goals(plan: CasePlan, by: Stream) -> Iterator[Wanted]:
    for text, area in by.sample(words("plans")["goals"], by.between(2, 3)):
        said_at = workday(plan.drawn[ENGAGING] + by.between(0, 12) * DAY, by)
        agreed_at = max(plan.drawn[GOALS_AGREED] - HOUR, said_at + 1)
        reached_at = workday(agreed_at + by.between(70, 260) * DAY, by)
        yield Wanted(by.id(), text, area, said_at, agreed_at, reached_at if by.happens(0.5) else None)


def tasks(plan: CasePlan, by: Stream) -> Iterator[Doing]:
    moment = plan.drawn[ENGAGING] + 3 * DAY
    while moment < plan.horizon:
        what, owner = by.one(words("plans")["tasks"])
        said_at = workday(moment, by)
        due = said_at + by.between(10, 30) * DAY
        done_at, effect = workday(due + by.between(-9, 6) * DAY, by), by.one(words("plans")["effects"])
        if not plan.lasts(done_at) and plan.case.closed_at is not None:
            done_at = plan.case.closed_at - 1
        yield Doing(by.id(), what, owner, said_at, london_day(due), done_at, effect, by.happens(0.4) or bool(owner))
        moment += by.between(25, 60) * DAY


def meetings(plan: CasePlan, by: Stream) -> Iterator[Meeting]:
    moment = first = plan.drawn[ENGAGING]
    while moment < plan.horizon:
        planned_at = moment if moment == first else workday(moment, by)
        told, said = by.one(words("plans")["direct_work"])
        held = moment == first or by.happens(0.85)
        yield Meeting(
            by.id(),
            by.pick({"visit": 5, "direct_work": 4, "activity": 2, "call": 1}),
            planned_at,
            max(planned_at - SAID_AHEAD, plan.opened_at + 1),
            held,
            by.happens(0.75),
            by.one(words("plans")["wheres"]),
            told if held else by.one(words("plans")["tried"]),
            said if held else "",
        )
        moment += by.between(*MET_EVERY) * DAY


def safety(plan: CasePlan, by: Stream) -> Iterator[tuple[str, int, list[str]]]:
    moment = plan.drawn[ENGAGING]
    for revision in range(by.between(1, 2)):
        said = [by.one(words("plans")[topic]) for topic in ("triggers", "people", "i_will", "adults_will", "missing")]
        yield by.id(), workday(moment + by.between(2, 10) * DAY, by), said
        moment += by.between(90, 160) * DAY * (revision + 1)


def reviews(plan: CasePlan, by: Stream) -> Iterator[tuple[str, date, list[str]]]:
    day = london_day(plan.opened_at) + timedelta(days=by.between(30, REVIEW_EVERY))
    while midnight(day) < plan.horizon:
        yield by.id(), day, by.one(words("plans")["reviews"])
        day += timedelta(days=by.between(34, REVIEW_EVERY))
