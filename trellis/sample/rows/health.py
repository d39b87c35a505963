"""Rows of health: updates for the meeting, and letters to GPs about openings and closings.

Who has how many in a year is settled for the whole year before anything is cut. Where a total was published, so many
children have one, and no more: 225 with an update and 273 whose GP was told in 2020/21. Openings and closings of cases
do not reach as many children as had their GP told: GPs were told of referrals that opened no case, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trellis.sample.moments import DAY, HOUR, at, london_day, midnight, stamp
from trellis.sample.part import Part
from trellis.sample.records import Case, Child, Referral
from trellis.sample.rows.cut import Cut
from trellis.sample.streams import Stream, id_from, stream

# Children by report year, as published. Moments are minutes.
UPDATED, GP_NOTIFIED = {2020: 225}, {2020: 273}
UPDATED_SHARE, REFERRED_SHARE, BY_POST, SETTLED, UP_TO = 0.85, 0.6, 0.12, 0.93, 3
CHASED_AFTER = 7
APRIL = 4
SAID = (
    "Sleeps badly since the move. Likes the walk to the clinic with somebody she chose",
    "Asthma is under control. Has the inhaler with him and knows how to use it",
    "Went to the appointment and wants to go again. Asks that nobody else is in the room",
    "Waits for speech and language therapy. Short sentences and time to answer help now",
    "Eats with the foster family again. The school nurse sees them on Thursdays",
    "Nothing new since the last meeting. The next appointment is in two weeks",
)
LETTERS = {
    "opening": "Our team works with this young person. See them alone for part of each visit, and ring us if worried.",
    "closing": "Our team's work with this young person is coming to its end. They can come back to us at any time.",
    "other": "This young person was referred to our team. Ring us if you are worried about them.",
}


@dataclass(frozen=True)
class Event:
    """What a GP is told of: the opening or closing of a case, or a referral that opened none."""

    occasion: str
    child: Child
    moment: int
    case: Case | None = None


def write_health(part: Part, referrals: Sequence[Referral], cut: Cut) -> None:
    """Year by year, each from a stream of its own."""
    of_cases, of_referrals = _events(part, referrals)
    for year in sorted({*of_cases, *of_referrals, *(_year(case.opened_at) for case in part.book.all)}):
        by = stream("health", part.seed, part.people.authority, part.number, year)
        told = _letters_of(year, of_cases[year], of_referrals[year], by)
        for event in told:
            _write_letter(event, year, by, cut)
        _write_updates(part, year, of_referrals[year], by, cut)


def _year(moment: int) -> int:
    """The calendar year in which the report year of this moment begins."""
    day = london_day(moment)
    return day.year if day.month >= APRIL else day.year - 1


def _span(year: int) -> tuple[int, int]:
    """The first moment of a report year, and the first after it."""
    return midnight(date(year, APRIL, 1)), midnight(date(year + 1, APRIL, 1))


def _events(part: Part, referrals: Sequence[Referral]) -> tuple[dict[int, list[Event]], dict[int, list[Event]]]:
    of_cases: dict[int, list[Event]] = defaultdict(list)
    of_referrals: dict[int, list[Event]] = defaultdict(list)
    for case in part.book.all:
        of_cases[_year(case.opened_at)].append(Event("opening", case.child, case.opened_at, case))
        if case.closed_at is not None:
            of_cases[_year(case.closed_at)].append(Event("closing", case.child, case.closed_at, case))
    for referral in referrals:
        of_referrals[_year(referral.received_at)].append(Event("other", referral.child, referral.received_at))
    return of_cases, of_referrals


def _letters_of(year: int, of_cases: list[Event], of_referrals: list[Event], by: Stream) -> list[Event]:
    """Of every opening and closing; and of so many referrals of other children as the year's total asks for."""
    known = {event.child.id for event in of_cases}
    others = list({event.child.id: event for event in of_referrals if event.child.id not in known}.values())
    by.shuffle(others)
    wanted = GP_NOTIFIED[year] - len(known) if year in GP_NOTIFIED else round(len(others) * REFERRED_SHARE)
    return [*of_cases, *others[: max(wanted, 0)]]


def _write_letter(event: Event, year: int, by: Stream, cut: Cut) -> None:
    """Written within days, never in another year than what it tells of; sent, collected, acknowledged as far as that
    came before the cut."""
    _, after = _span(year)
    post, settled = by.happens(BY_POST), by.happens(SETTLED)
    day, hour = london_day(event.moment) + timedelta(days=by.between(0, 3)), 9 + by.between(0, 28) / 4
    waits = by.between(4 * HOUR, 4 * DAY)
    written = max(event.moment + 1, at(day, hour))
    if event.occasion == "closing":
        written = event.moment - by.between(HOUR, 2 * HOUR)
    written = max(min(written, after - HOUR), _span(year)[0])
    sent = written + 5
    if not cut.has(written):
        return
    steps = [("ready", written), ("other_way" if post else "sent", sent)]
    if settled and not post:
        steps += [("collected", sent + waits), ("acknowledged", sent + waits + 2)]
    come = [step for step in steps if cut.has(step[1])]
    nurse = cut.staff.of("health")[0].id
    key = id_from(event.case.id if event.case else event.child.id, "letter", event.occasion, year)
    status, went = come[-1][0], len(come) > 1
    reached = dict(come)
    told_on = london_day(sent) if went else None
    cut.writer.add(
        "letters.Letter",
        key,
        stamp(written),
        event.child.id,
        event.case.id if event.case else None,
        "gp",
        event.occasion,
        "Their GP practice",
        "",
        f"We write about {event.child.given} {event.child.family_name}.\n\n{LETTERS[event.occasion]}",
        london_day(written),
        None,
        nurse,
        status,
        "" if post else "practice@example.org",
        told_on,
        ("post" if post else "email") if went else "",
        told_on + timedelta(days=CHASED_AFTER) if told_on and status == "sent" else None,
        stamp(reached["collected"]) if "collected" in reached else None,
        stamp(reached["acknowledged"]) if "acknowledged" in reached else None,
        "",
        None,
        0,
    )
    old = ""
    for new, moment in come:
        cut.move("letters.LetterMove", key, old, new, moment, nurse if new in ("ready", "other_way") else None)
        old = new


def _write_updates(part: Part, year: int, of_referrals: list[Event], by: Stream, cut: Cut) -> None:
    """Of children whose case was open in the year, while it was; of some who were referred, where those are too few."""
    start, after = _span(year)
    open_when: dict[str, tuple[Child, int, int]] = {}
    for case in part.book.all:
        first, last = max(case.opened_at, start), min(case.closed_at or after, after)
        if last - first > 2 * DAY:
            open_when.setdefault(case.child.id, (case.child, first, last))
    spans = list(open_when.values())
    by.shuffle(spans)
    others = {e.child.id: (e.child, e.moment, min(e.moment + 3 * DAY, after)) for e in of_referrals}
    fill = [span for child, span in others.items() if child not in open_when and span[2] - span[1] > DAY]
    wanted = UPDATED.get(year, round(len(spans) * UPDATED_SHARE))
    for child, first, last in [*spans, *fill][:wanted]:
        for number in range(by.between(1, UP_TO)):
            _write_update(child, year, number, by.between(first, last - DAY), by, cut)


def _write_update(child: Child, year: int, number: int, moment: int, by: Stream, cut: Cut) -> None:
    words, nurse = by.one(SAID), cut.staff.of("health")[0].id
    if cut.has(moment):
        cut.writer.add(
            "health_needs.HealthUpdate",
            id_from(child.id, "health", year, number),
            stamp(moment),
            child.id,
            london_day(moment),
            words,
            None,
            None,
            cut.directory.agencies["health"],
            *cut.directory.codings["health"],
            "{}",
            "public_task",
            "safeguarding",
            None,
            nurse,
        )
