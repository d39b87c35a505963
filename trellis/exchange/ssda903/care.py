"""From what is recorded of being looked after to the rows of the Episodes and Header tables. Pure: no database.

A child of whom the return cannot be told whole is no row of it: ``Unready`` says each thing that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from trellis.core.clocks import birthday_in
from trellis.exchange.ssda903.periods import Care, Row
from trellis.measures.periods import Period

POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}", re.ASCII)
NUMBER = re.compile(r"[A-Z0-9]{1,20}", re.ASCII)
SHORT_BREAKS = {"V3", "V4"}
TEMPORARY = {"T0", "T1", "T2", "T3", "T4"}
OTHERS = {"Z1", "Z11", "Z12", "Z13", "Z14"}
# Rules 526 and 218: where no provider, or no registration number, is asked.
WITHOUT_PROVIDER = (TEMPORARY - {"T4"}) | OTHERS
WITHOUT_REGISTRATION = {"P1", "P2", "P3", "R1", "R2", "R5", "H5"} | TEMPORARY | OTHERS
GOES_ON, EIGHTEEN_WHILE_MISSING = "X1", "E8"
STARTED, LEGAL, PLACE, BOTH = "S", "L", "P", "B"
AGED = 18
# From the return of the year ending 31 March 2025 sex is a letter (rule 101 of that year).
SEX_AS_LETTER_FROM = 2025
SEX_AS_NUMBER = {"M": "1", "F": "2"}


@dataclass(frozen=True)
class Status:
    """A looked-after legal status as recorded; the last day is not included."""

    start: date
    end: date | None
    need: str = ""
    ended_because: str = ""


@dataclass(frozen=True)
class Stay:
    """A placement as recorded, with the postcode of its address."""

    start: date
    end: date | None
    legal_status: str = ""
    placement_type: str = ""
    provider: str = ""
    registration: str = ""
    ended_because: str = ""
    postcode: str = ""

    def is_same_place(self, other: Stay) -> bool:
        return self.place == other.place

    @property
    def place(self) -> tuple[str, ...]:
        return self.placement_type, self.postcode, self.registration, self.provider


@dataclass(frozen=True)
class Child:
    """What the return asks of a child; ``mother`` is yes, no or unsaid."""

    key: Any
    number: str
    born: date
    sex: str
    ethnicity: str
    pupil_number: str
    no_pupil_number: str
    mother: str
    own_child_born_on: date | None
    home_postcode: str
    statuses: tuple[Status, ...]
    stays: tuple[Stay, ...]

    @property
    def eighteenth(self) -> date:
        return birthday_in(self.born, self.born.year + AGED)


@dataclass(frozen=True)
class Period903:
    """A period of care: touching statuses are one."""

    start: date
    end: date | None
    need: str
    ended_because: str


Lists = Mapping[str, Sequence[tuple[str, date, date | None]]]


def care_of(statuses: Iterable[Status]) -> list[Period903]:
    found: list[Period903] = []
    for status in sorted(statuses, key=lambda status: status.start):
        if found and found[-1].end == status.start:
            before = found.pop()
            found.append(Period903(before.start, status.end, before.need, status.ended_because))
        else:
            found.append(Period903(status.start, status.end, status.need, status.ended_because))
    return found


def spans(statuses: Iterable[Status], stays: Iterable[Stay]) -> list[Care]:
    """Periods of care as the Missing table needs them."""
    ends = sorted({stay.end for stay in stays if stay.end})
    return [
        Care(period.start, period.end, tuple(day for day in ends if _inside(day, period)))
        for period in care_of(statuses)
    ]


def _inside(day: date, period: Period903) -> bool:
    return period.start < day and (period.end is None or day < period.end)


def stays_in(stays: Iterable[Stay], start: date, end: date | None) -> list[Stay]:
    """Those that overlap, in order; ``end`` is not included."""
    found = [stay for stay in stays if (end is None or stay.start < end) and (stay.end is None or stay.end > start)]
    return sorted(found, key=lambda stay: stay.start)


def with_next(stays: Sequence[Stay]) -> Iterable[tuple[Stay, Stay | None]]:
    """Each stay beside the one after it."""
    return zip(stays, [*stays[1:], None], strict=False)


def episode_rows(child: Child, year: Period) -> list[list[str | date | None]]:
    """The child's rows of Episodes, in the return's columns after CHILD."""
    return [
        row for period in care_of(child.statuses) if overlaps(period, year) for row in _rows_of(child, period, year)
    ]


def overlaps(period: Period903, year: Period) -> bool:
    return period.start <= year.ends_on and (period.end is None or period.end >= year.starts_on)


def _rows_of(child: Child, period: Period903, year: Period) -> Iterable[list[str | date | None]]:
    stays = stays_in(child.stays, period.start, period.end)
    for before, (stay, after) in zip([None, *stays], with_next(stays), strict=False):
        if stay.start > year.ends_on or (stay.end is not None and stay.end < year.starts_on):
            continue
        ended = stay.end is not None and stay.end <= year.ends_on
        short = stay.legal_status in SHORT_BREAKS
        yield [
            stay.start,
            reason_begun(before, stay),
            stay.legal_status,
            period.need,
            stay.placement_type,
            "" if stay.placement_type in WITHOUT_PROVIDER else stay.provider,
            stay.end if ended else None,
            "" if not ended else GOES_ON if after else period.ended_because,
            stay.ended_because if ended and after and asks_reason(stay, after) else "",
            "" if short else spaced(child.home_postcode),
            "" if short else spaced(stay.postcode),
            "" if short or stay.placement_type in WITHOUT_REGISTRATION else stay.registration,
        ]


def reason_begun(before: Stay | None, stay: Stay) -> str:
    """RNE: what changed (rules 434, 435, 436)."""
    if before is None:
        return STARTED
    if before.is_same_place(stay):
        return LEGAL
    return PLACE if before.legal_status == stay.legal_status else BOTH


def asks_reason(stay: Stay, after: Stay) -> bool:
    """Rules 225 and 226: why a place changed, but not to or from a temporary one."""
    return not stay.is_same_place(after) and TEMPORARY.isdisjoint((stay.placement_type, after.placement_type))


def header_row(child: Child, year: Period) -> list[str | date | None]:
    """The child's row of Header, in the return's columns after CHILD."""
    letters = year.ends_on.year >= SEX_AS_LETTER_FROM
    born_by = child.own_child_born_on is not None and child.own_child_born_on <= year.ends_on
    is_mother = child.mother == "yes" and born_by
    return [
        child.sex if letters else SEX_AS_NUMBER.get(child.sex, ""),
        child.born,
        child.ethnicity,
        child.pupil_number or child.no_pupil_number,
        "" if child.sex != "F" else "1" if is_mother else "0",
        child.own_child_born_on if is_mother and child.sex == "F" else None,
    ]


def spaced(postcode: str) -> str:
    return f"{postcode[:-3]} {postcode[-3:]}" if postcode else ""


# -- what is missing


def missing_facts(child: Child, rows: Sequence[Row], year: Period, lists: Lists) -> list[str]:
    """Everything that keeps this child out of the return, in words; ``rows`` are those of the Missing table."""
    return [*_of_child(child), *_of_care(child, year, lists), *_of_eighteen(child, rows, year)]


def _of_child(child: Child) -> Iterable[str]:
    if not NUMBER.fullmatch(child.number):
        yield "no number in social care"
    if child.sex not in SEX_AS_NUMBER:
        yield "sex is not known"
    if not child.pupil_number and not child.no_pupil_number:
        yield "no unique pupil number, and no reason why"
    if child.sex == "F" and not child.mother:
        yield "not said whether she is a mother"
    if child.mother == "yes" and child.own_child_born_on is None:
        yield "a mother, and not said when her child was born"


def _of_care(child: Child, year: Period, lists: Lists) -> Iterable[str]:
    for period in care_of(child.statuses):
        if not overlaps(period, year):
            continue
        if not period.need:
            yield f"no category of need for care since {in_words(period.start)}"
        if period.end and period.end <= year.ends_on and not period.ended_because:
            yield f"not said why care ended on {in_words(period.end)}"
        stays = stays_in(child.stays, period.start, period.end)
        yield from _gaps(stays, period, year)
        for stay, after in with_next(stays):
            if stay.end is None or stay.end >= year.starts_on:
                yield from _of_stay(child, stay, after, year, lists)


def _gaps(stays: Sequence[Stay], period: Period903, year: Period) -> Iterable[str]:
    """Placements must fill care without a gap, and end with it."""
    if not stays:
        yield f"no placement since care began on {in_words(period.start)}"
        return
    if stays[0].start != period.start:
        yield f"care began on {in_words(period.start)}, the first placement on {in_words(stays[0].start)}"
    for before, after in pairwise(stays):
        if before.end != after.start and after.start > year.starts_on:
            yield f"no placement from {in_words(before.end)} to {in_words(after.start)}"
    if _ended_by(stays[-1].end, year) != _ended_by(period.end, year):
        yield f"care {_until(period.end)}, and the last placement {_until(stays[-1].end)}"


def _ended_by(day: date | None, year: Period) -> date | None:
    return day if day and day <= year.ends_on else None


def _until(day: date | None) -> str:
    return f"ended on {in_words(day)}" if day else "goes on"


def _of_stay(child: Child, stay: Stay, after: Stay | None, year: Period, lists: Lists) -> Iterable[str]:
    of = f"of the placement from {in_words(stay.start)}"
    last = min(stay.end or year.ends_on, year.ends_on)
    kind = stay.placement_type
    if not is_in_force("care_legal_status", stay.legal_status, last, lists):
        yield f"no legal basis {of}"
    if not is_in_force("placement_type", kind, last, lists):
        yield f"no type {of}, or one the return of that year did not know"
    if kind and kind not in WITHOUT_PROVIDER and not stay.provider:
        yield f"no provider {of}"
    if stay.legal_status not in SHORT_BREAKS:
        if kind and kind not in WITHOUT_REGISTRATION and not NUMBER.fullmatch(stay.registration):
            yield f"no registration number {of}"
        if not POSTCODE.fullmatch(stay.postcode):
            yield f"no postcode {of}"
        if not POSTCODE.fullmatch(child.home_postcode):
            yield "no postcode of the home"
    ended = _ended_by(stay.end, year)
    if ended and after and asks_reason(stay, after) and not stay.ended_because:
        yield f"not said why the placement from {in_words(stay.start)} changed"


def is_in_force(code_list: str, code: str, day: date, lists: Lists) -> bool:
    return any(known == code and start <= day and (end is None or day <= end) for known, start, end in lists[code_list])


def _of_eighteen(child: Child, rows: Sequence[Row], year: Period) -> Iterable[str]:
    """Rules 359 and 580."""
    birthday = child.eighteenth
    for period in care_of(child.statuses):
        if overlaps(period, year) and birthday < year.ends_on and (period.end is None or period.end > birthday):
            yield f"eighteen on {in_words(birthday)}, and care has not ended"
        ends_there = any(row.end == birthday for row in rows)
        if period.end == birthday and ends_there and period.ended_because != EIGHTEEN_WHILE_MISSING:
            yield "eighteen while missing: the reason why care ended must be E8"


def shared_numbers(children: Collection[Child]) -> dict[Any, list[str]]:
    """Children with a number in social care, or a pupil number, that is another's, too."""
    found: dict[Any, list[str]] = {}
    for what, number in (("number in social care", "number"), ("unique pupil number", "pupil_number")):
        holders: dict[str, list[Any]] = {}
        for child in children:
            holders.setdefault(getattr(child, number), []).append(child.key)
        for held, keys in holders.items():
            if held and len(keys) > 1:
                for key in keys:
                    found.setdefault(key, []).append(f"the {what} is another child's, too")
    return found


def in_words(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else "an unknown day"
