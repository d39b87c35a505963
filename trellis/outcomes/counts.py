"""What the record itself says of the twelve months before a case, of its time, and of the twelve months after.

Computed for the page and stored nowhere. A period that is shorter than twelve months says its days, and each count is
shown per 30 days as well, so that five months are not read as a year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from trellis.accounts.models import User
from trellis.cases import returning
from trellis.cases.models import Case
from trellis.core.clocks import birthday_in, london_date, today
from trellis.core.protection import Part
from trellis.missing.models import MissingEpisode, ReturnInterview
from trellis.need_to_know.access import parts_opened, sight_shown, visible_to
from trellis.people.models import Education, LegalStatus, Person, Placement, Provision, StatusKind

MONTH = 30
ONE = timedelta(days=1)
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Period:
    """From ``starts_on`` until ``ends_on``, which is not included; ``until``: the day on which a period that is not
    over yet will be."""

    label: str
    starts_on: date
    ends_on: date
    until: date | None = None

    @property
    def days(self) -> int:
        return max((self.ends_on - self.starts_on).days, 0)

    def holds(self, day: date | None) -> bool:
        return day is not None and self.starts_on <= day < self.ends_on

    def share_of(self, starts_on: date, ends_on: date) -> int:
        """How many days of ``starts_on`` until ``ends_on`` lie in this period."""
        return max((min(self.ends_on, ends_on) - max(self.starts_on, starts_on)).days, 0)


@dataclass(frozen=True)
class Counted:
    """One number in one period; None where that part of the record is closed to the reader."""

    number: int | None
    days: int

    @property
    def per_month(self) -> Decimal | None:
        """Per 30 days, to one place; None where nothing is known or no day has passed."""
        if self.number is None or not self.days:
            return None
        return (Decimal(self.number * MONTH) / self.days).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Line:
    label: str
    counted: list[Counted]


@dataclass(frozen=True)
class RecordCounts:
    periods: list[Period]
    lines: list[Line]


def periods_of(case: Case, day: date) -> list[Period]:
    """Before, during and after a case as of ``day``; nothing after while it is open."""
    opened, closed = case.opened_on, case.closed_on
    found = [
        Period("12 months before", birthday_in(opened, opened.year - 1), opened),
        Period("During", opened, closed or day + ONE),
    ]
    if closed:
        year = birthday_in(closed, closed.year + 1)
        found.append(Period("12 months after", closed, min(year, day + ONE), year if day + ONE < year else None))
    return found


def record_counts(user: User, person: Person, case: Case) -> RecordCounts:
    """Six queries whatever the record holds. A part that is closed to the user is counted as not open to them, not as
    nought."""
    parts, day = parts_opened(sight_shown(user, person)), today()
    periods = periods_of(case, day)
    lines = [
        Line(label, [Counted(number, period.days) for number, period in zip(numbers, periods, strict=True)])
        for part, count in COUNTS
        for label, numbers in _counted(count(user, person, periods, day), part in parts, len(periods))
    ]
    return RecordCounts(periods, lines)


def _counted(
    found: Iterable[tuple[str, list[int]]], is_open: bool, width: int
) -> Iterable[tuple[str, Sequence[int | None]]]:
    return [(label, numbers if is_open else [None] * width) for label, numbers in found]


Count = Callable[[User, Person, list[Period], date], list[tuple[str, list[int]]]]


def _missing(user: User, person: Person, periods: list[Period], day: date) -> list[tuple[str, list[int]]]:
    """A night away is a London midnight between being last seen and coming back."""
    rows = visible_to(user, MissingEpisode).filter(person=person, merged_into=None)
    episodes = list(rows.values_list("reported_at", "last_seen_at", "returned_at"))
    reported = [london_date(reported) for reported, _, _ in episodes]
    away = [(london_date(seen or reported), london_date(back) if back else day) for reported, seen, back in episodes]
    held = visible_to(user, ReturnInterview).filter(episode__person=person, completed_at__isnull=False)
    interviews = [london_date(at) for at in held.values_list("completed_at", flat=True) if at]
    return [
        ("Missing episodes", _days_in(reported, periods)),
        ("Nights away", [sum(period.share_of(*one) for one in away) for period in periods]),
        ("Return interviews held", _days_in(interviews, periods)),
    ]


def _home(user: User, person: Person, periods: list[Period], day: date) -> list[tuple[str, list[int]]]:
    placed = visible_to(user, Placement).filter(person=person).values_list("starts_on", flat=True)
    held = visible_to(user, LegalStatus).filter(person=person, kind=StatusKind.LOOKED_AFTER)
    looked_after = [(start, end or day + ONE) for start, end in held.values_list("starts_on", "ends_on")]
    rows = visible_to(user, Education).filter(person=person, alongside=False)
    schooling = [
        (provision, start, end or day + ONE)
        for provision, start, end in rows.values_list("provision", "starts_on", "ends_on")
    ]
    elsewhere = [(start, end) for provision, start, end in schooling if provision not in IN_REACH]
    known = [(start, end) for _, start, end in schooling]
    return [
        ("Placements begun", _days_in(placed, periods)),
        ("Days looked after", _lasting(looked_after, periods)),
        ("Days out of mainstream school or college", _lasting(elsewhere, periods)),
        (
            "Days whose school is not recorded",
            [p.days - n for p, n in zip(periods, _lasting(known, periods), strict=True)],
        ),
    ]


IN_REACH = (Provision.MAINSTREAM, Provision.POST_16)


def _referred(user: User, person: Person, periods: list[Period], day: date) -> list[tuple[str, list[int]]]:
    return [("Referrals", _days_in([one.on for one in returning.referrals_of(user, {person.id})], periods))]


COUNTS: tuple[tuple[Part, Count], ...] = (
    (Part.MISSING, _missing),
    (Part.FAMILY, _home),
    (Part.REFERRALS, _referred),
)


def _days_in(days: Iterable[date], periods: list[Period]) -> list[int]:
    days = list(days)
    return [sum(period.holds(day) for day in days) for period in periods]


def _lasting(spells: Iterable[tuple[date, date]], periods: list[Period]) -> list[int]:
    """Days in each period on which some spell held; a day on which two did counts once."""
    spells = list(spells)
    return [_covered(spells, period) for period in periods]


def _covered(spells: list[tuple[date, date]], period: Period) -> int:
    covered, reached = 0, period.starts_on
    for start, end in sorted(spells):
        start, end = max(start, reached), min(end, period.ends_on)
        if end > start:
            covered, reached = covered + (end - start).days, end
    return covered
