"""Cases of one year: opened by accepted referrals, worked by somebody, closed for a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from trellis.sample.moments import HOUR, at, end_of, london_day, midnight
from trellis.sample.people import People
from trellis.sample.plan import YearPlan
from trellis.sample.records import Case, Child, Referral
from trellis.sample.rhythm import WEEKEND, working_time
from trellis.sample.streams import Stream
from trellis.sample.users import Workforce
from trellis.sample.words import say

REASONS = {"goals_met": 46, "held_by_locality": 26, "moved_area": 10, "did_not_engage": 12, "custody": 6}
SHORTEST = 45
OLD_AGE_SPREAD = 120 * 24 * HOUR


class CaseBook:
    """The cases of one part of the area, from year to year."""

    def __init__(self, people: People, staff: Workforce) -> None:
        self.people, self.staff = people, staff
        self.waiting: list[Referral] = []
        self.open: list[Case] = []
        self.opened = 0
        self.all: list[Case] = []

    def open_from(self, referrals: Sequence[Referral], plan: YearPlan, by: Stream) -> None:
        """Open a case on the day each accepted referral was decided; those decided after the year wait for the next."""
        accepted = self.waiting + [r for r in referrals if r.decision == "accepted_assessment"]
        accepted.sort(key=lambda referral: referral.decided_at)
        self.waiting = [r for r in accepted if r.decided_at >= end_of(plan.ends_on)]
        for referral in accepted:
            if referral.decided_at < end_of(plan.ends_on) and referral.child.open_case is None:
                self._open(referral, by)

    def _open(self, referral: Referral, by: Stream) -> None:
        worker = by.one(self.staff.social_workers)
        self.opened += 1
        self.keep(
            Case(
                id=by.id(),
                reference=f"CSH-{london_day(referral.decided_at):%y%m}-{self.people.part * 10000 + self.opened:06d}",
                child=referral.child,
                opened_at=referral.decided_at,
                why=f"Referral {referral.reference} accepted for assessment",
                opened_by=referral.decided_by,
                worker=worker.id,
                allocated_at=referral.decided_at + by.between(20, 6 * HOUR),
                allocation_id=by.id(),
            ),
            by,
        )

    def keep(self, case: Case, by: Stream) -> None:
        """Put a case on the books; the young person's own words stand at the head of the record."""
        child = case.child
        child.cases.append(case)
        child.own_words = child.own_words or by.one(say("own_words"))
        self.people.parent(child, case.opened_at, by)
        self.open.append(case)
        self.all.append(case)

    def close_down_to(self, plan: YearPlan, by: Stream, keeping: Case | None = None) -> None:
        """Close those who turn eighteen, then the longest open, until the plan's number is left at the year's end."""
        grown = [case for case in self.open if case.child.eighteenth <= plan.ends_on]
        for case in grown:
            self._close(case, case.child.eighteenth, "turned_18", by)
        surplus = len(self.open) - plan.open_at_end
        last_opening = midnight(plan.ends_on - timedelta(days=SHORTEST + 15))
        could = [case for case in self.open if case.opened_at < last_opening and case is not keeping]
        could.sort(key=lambda case: case.opened_at + by.between(0, OLD_AGE_SPREAD))
        for case in could[: max(surplus, 0)]:
            earliest = max(london_day(case.opened_at) + timedelta(days=SHORTEST), plan.starts_on)
            self._close(case, _working_day(earliest, plan.ends_on, by), by.pick(REASONS), by)

    def _close(self, case: Case, day: date, reason: str, by: Stream) -> None:
        case.closed_on = day
        case.closed_at = working_time(day, by, 10, 17) if reason != "turned_18" else at(day, 9.5)
        case.closure_reason = reason
        case.closure_why = by.one(say("work", f"closure.{reason}"))
        self.open.remove(case)

    def open_children(self) -> list[Child]:
        return [case.child for case in self.open]


def _working_day(first: date, last: date, by: Stream) -> date:
    day = first + timedelta(days=by.between(0, (last - first).days - 1))
    return day if day.weekday() < WEEKEND else max(first, day - timedelta(days=2))
