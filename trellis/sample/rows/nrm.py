"""Rows of referrals to the National Referral Mechanism: of some of the young people whose case opened.

Each case draws from a stream of its own: no cut changes what another wrote, but what was still to be decided then.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from trellis.nrm.lifecycle import (
    CENTRAL,
    CONCLUSIVE,
    DUE,
    FROM,
    REASONABLE,
    RECONSIDER_BY,
    RECONSIDERATION,
    REFERRED,
    WITHDRAWN,
)
from trellis.sample.moments import DAY, HOUR, WorkingDays, at, london_day, stamp
from trellis.sample.part import Part
from trellis.sample.records import Case
from trellis.sample.rows.cut import Cut
from trellis.sample.streams import Stream, id_from, stream

REFERRED_SHARE = 0.2
POSITIVE_REASONABLE, POSITIVE_CONCLUSIVE, WITHDRAWN_SHARE = 0.9, 0.88, 0.04
AFTER = (12, 45)
SOONEST, LATEST_CONCLUSIVE = 31, 320
TARGET, WAIT, ASK_WITHIN = 5, 30, 30
POSITIVE, NEGATIVE = "positive", "negative"
TYPES = (["criminal"], ["criminal"], ["criminal"], ["sexual"], ["criminal", "sexual"], ["not_known"])
WHERE = ("uk", "uk", "uk", "uk", "not_known", "both")
COUNTY_LINES = {"criminal": ("yes", "yes", "no", "not_known"), "": ("no", "no", "not_known")}
SERVICE = "Independent Child Trafficking Guardians (invented)"
# How long after it was asked for each kind of thing a guardian is met.
MET_DAYS = 9


@dataclass
class Event:
    """The referral's next status: when, and for a decision its outcome."""

    status: str
    moment: int
    outcome: str = ""


@dataclass
class Sent:
    """One referral with everything that will come of it."""

    case: Case
    moment: int
    types: list[str]
    county_lines: str
    where: str
    events: list[Event] = field(default_factory=list)

    @property
    def id(self) -> str:
        return id_from(self.case.id, "nrm")


def write_nrm(part: Part, cut: Cut) -> None:
    """One referral at most of each young person; the boy of the story has one, with positive decisions."""
    told = part.told.case if part.told else None
    known: set[str] = set()
    for case in part.book.all:
        by = stream("nrm", case.id)
        if case.child.id in known or not (case is told or by.happens(REFERRED_SHARE)):
            continue
        known.add(case.child.id)
        _write(_sent(case, by, surely=case is told), by, cut, part.working)


def _sent(case: Case, by: Stream, *, surely: bool) -> Sent:
    """What is sent while they are under 18, to the central authority, and what will be decided."""
    moment = at(london_day(case.allocated_at + by.between(*AFTER) * DAY), 11 + by.between(0, 20) / 4)
    types = ["criminal"] if surely else list(by.one(TYPES))
    lines = "yes" if surely else by.one(COUNTY_LINES["criminal" if "criminal" in types else ""])
    sent = Sent(case, moment, types, lines, by.one(WHERE))
    reasonable = moment + by.between(2, 12) * DAY
    if not surely and by.happens(WITHDRAWN_SHARE):
        sent.events = [Event(WITHDRAWN, reasonable)]
        return sent
    first = POSITIVE if surely or by.happens(POSITIVE_REASONABLE) else NEGATIVE
    sent.events = [Event(REASONABLE, reasonable, first)]
    if first == NEGATIVE and by.happens(0.5):
        asked, answered = reasonable + by.between(5, 25) * DAY, reasonable + by.between(40, 70) * DAY
        first = by.one((POSITIVE, NEGATIVE))
        sent.events += [Event(RECONSIDERATION, asked), Event(REASONABLE, answered, first)]
    if first == POSITIVE:
        last = sent.events[-1].moment + (SOONEST + 60 if surely else by.between(SOONEST, LATEST_CONCLUSIVE)) * DAY
        second = POSITIVE if surely or by.happens(POSITIVE_CONCLUSIVE) else NEGATIVE
        sent.events.append(Event(CONCLUSIVE, last, second))
    return sent


def _write(sent: Sent, by: Stream, cut: Cut, working: WorkingDays) -> None:
    child = sent.case.child
    if not cut.has(sent.moment) or london_day(sent.moment) >= child.eighteenth:
        return
    come = [event for event in sent.events if cut.has(event.moment)]
    status, (clock, clock_on) = (come[-1].status if come else REFERRED), _clock(sent, come, working)
    cut.writer.add(
        "nrm.NrmReferral",
        sent.id,
        stamp(sent.moment),
        1 + len(come),
        child.id,
        status,
        cut.directory.agencies["social_care"],
        next(worker.name for worker in cut.staff.workers if worker.id == sent.case.worker),
        "not_needed",
        None,
        sent.types,
        sent.county_lines,
        sent.where,
        stamp(sent.moment),
        f"NRM-{id_from(sent.id, 'reference')[:8].upper()}",
        CENTRAL,
        clock,
        clock_on,
        None,
        sent.case.worker,
    )
    cut.move("nrm.NrmReferralMove", sent.id, "", REFERRED, sent.moment, sent.case.worker)
    _entry(sent, sent.moment, "nrm.referred", "Referred to the NRM", "sent", cut)
    for old, new in pairwise([Event(REFERRED, sent.moment), *come]):
        _write_event(sent, old, new, cut)
    if by.happens(0.6):
        _write_guardian(sent, cut)


def _clock(sent: Sent, come: list[Event], working: WorkingDays) -> tuple[str, date | None]:
    """Which day matters next, as the services reckon it."""
    if not come:
        return DUE, working.after(london_day(sent.moment), TARGET)
    last, on = come[-1], london_day(come[-1].moment)
    if last.outcome == NEGATIVE:
        return RECONSIDER_BY, on + timedelta(days=ASK_WITHIN)
    if last.status == REASONABLE and last.outcome == POSITIVE:
        return FROM, on + timedelta(days=WAIT)
    return "", None


def _write_event(sent: Sent, old: Event, new: Event, cut: Cut) -> None:
    """A move, and the decision or the asking that it is."""
    why = "They asked for it to be withdrawn and talked it through with their worker" if new.status == WITHDRAWN else ""
    text, on = stamp(new.moment), london_day(new.moment)
    move = id_from(sent.id, old.status, new.status, new.moment)
    cut.writer.add("nrm.NrmReferralMove", move, text, old.status, new.status, text, why, sent.id, sent.case.worker)
    if new.outcome:
        decision = id_from(sent.id, new.status, new.moment)
        cut.writer.add(
            "nrm.NrmDecision", decision, text, sent.id, new.status, new.outcome, on, CENTRAL, "", None, sent.case.worker
        )
        stage = "reasonable grounds" if new.status == REASONABLE else "conclusive grounds"
        _entry(sent, at(on, 0), "nrm.decided", f"NRM: {stage}, {new.outcome}", str(new.moment), cut)
    if new.status == RECONSIDERATION:
        answer = next((e for e in sent.events if e.moment > new.moment and cut.has(e.moment)), None)
        outcome = ("changed" if answer.outcome == POSITIVE else "stands") if answer else ""
        cut.writer.add(
            "nrm.NrmReconsideration",
            id_from(sent.id, "asked"),
            text,
            sent.id,
            id_from(sent.id, old.status, old.moment),
            on,
            "Their solicitor",
            outcome,
            london_day(answer.moment) if answer else None,
            None,
            sent.case.worker,
        )


def _write_guardian(sent: Sent, cut: Cut) -> None:
    asked_at = sent.moment + 3 * HOUR
    met = cut.known_day(london_day(asked_at) + timedelta(days=MET_DAYS))
    if cut.has(asked_at):
        cut.writer.add(
            "nrm.Guardian",
            id_from(sent.id, "guardian"),
            stamp(asked_at),
            2 if met else 1,
            sent.case.child.id,
            london_day(asked_at),
            SERVICE,
            "Oluwaseun Carrick (invented)" if met else "",
            "",
            met,
            None,
            "",
            None,
            sent.case.worker,
        )


def _entry(sent: Sent, moment: int, kind: str, title: str, key: str, cut: Cut) -> None:
    cut.entry(
        sent.case.child.id,
        moment,
        kind,
        title,
        agency="social_care",
        significance=2,
        subject=sent.id,
        user=sent.case.worker,
        key=id_from(sent.id, kind, key),
    )
