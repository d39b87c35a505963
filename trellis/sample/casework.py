"""What workers write in the chronology of a child whose case is open: a few entries a month from several agencies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from trellis.sample.moments import end_of, london_day, midnight
from trellis.sample.plan import YearPlan
from trellis.sample.records import Case, Entry
from trellis.sample.rhythm import WEEKEND, working_time
from trellis.sample.streams import Stream
from trellis.sample.users import Workforce
from trellis.sample.words import say

KINDS = {"direct_work": 46, "meeting": 14, "plan": 8, "health": 10, "education": 12, "police": 10}
WRITERS = {"health": "health", "police": "police", "meeting": "social_care", "plan": "social_care"}
DAYS_BETWEEN = 24
NOTABLE = {"plan", "police"}


def entries(cases: Sequence[Case], plan: YearPlan, staff: Workforce, by: Stream) -> Iterator[Entry]:
    """The year's entries of every case that was open in it."""
    for case in cases:
        first = max(london_day(case.allocated_at) + timedelta(days=1), plan.starts_on)
        last = min(case.closed_on or plan.ends_on, plan.ends_on)
        day = first + timedelta(days=by.between(0, DAYS_BETWEEN))
        while day < last:
            if day.weekday() < WEEKEND:
                yield _entry(case, working_time(day, by, 9, 17.5), staff, by)
            day += timedelta(days=by.between(2, DAYS_BETWEEN * 2 - 2))


def _entry(case: Case, moment: int, staff: Workforce, by: Stream) -> Entry:
    kind = by.pick(KINDS)
    title, body = by.one(say("notes", kind))
    agency = WRITERS.get(kind, "education" if kind == "education" else "social_care")
    writers = staff.of(agency)
    writer = case.worker if kind == "direct_work" or not writers else by.one(writers).id
    return Entry(by.id(), case.child, moment, kind, title, body, 2 if kind in NOTABLE else 1, agency, writer)


def open_in(cases: Sequence[Case], plan: YearPlan) -> list[Case]:
    """Cases open at any time in the year."""
    first, end = midnight(plan.starts_on), end_of(plan.ends_on)
    return [case for case in cases if case.opened_at < end and (case.closed_at is None or case.closed_at >= first)]
