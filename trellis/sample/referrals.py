"""The front door of one year: who is referred, about what, by whom, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from trellis.sample.moments import HOUR, WorkingDays, at, london_day
from trellis.sample.people import People
from trellis.sample.plan import YearPlan
from trellis.sample.records import Child, Referral
from trellis.sample.rhythm import Days, referral_weight, working_time
from trellis.sample.schooling import first_school
from trellis.sample.statuses import first_status
from trellis.sample.streams import Stream, dealt
from trellis.sample.users import Workforce
from trellis.sample.words import say

ASSESSED, ADVISED = "accepted_assessment", "accepted_advice"
NOT_ASSESSED = {ADVISED: 40, "redirected": 35, "no_further_action": 25}
OTHER_AGES = {11: 3, 12: 10, 13: 27, 14: 38, 17: 22}
SHARE_KNOWN = 0.4
SHARE_OF_MORE_TYPES = 0.16
SHARE_WITH_HARM_SEEN = 0.35
TRIES = 12
BETWEEN_REFERRALS = 60 * 24 * 60
LEAD_TO_18 = timedelta(days=130)

# Statutory source codes with the agency that stands behind them.
SOURCES: dict[tuple[str, str], float] = {
    ("6", "police"): 30,
    ("5A", "social_care"): 26,
    ("2A", "education"): 14,
    ("5B", "youth_justice"): 8,
    ("5D", "early_help"): 7,
    ("3A", "health"): 2,
    ("3C", "health"): 3,
    ("3E", "health"): 4,
    ("8", "voluntary"): 3,
    ("7", "probation"): 1,
    ("4", "housing"): 1,
    ("1A", "social_care"): 1,
}


@dataclass(frozen=True)
class Slot:
    """One referral the plan calls for, before anybody stands in it."""

    day: date
    sex: str
    group: str
    age: int
    primary: str


def slots(plan: YearPlan, by: Stream, story: Slot | None = None) -> list[Slot]:
    """Every referral of the year in order of day, with the plan's totals by type, sex, group and age."""
    older = {15: plan.aged_15_16 // 2, 16: plan.aged_15_16 - plan.aged_15_16 // 2}
    columns: list[dict[Any, int]] = [plan.sexes, plan.groups, older, plan.primary_types]
    taken = [story.sex, story.group, 0, story.primary] if story else []
    left = [
        {key: count - (bool(taken) and taken[n] == key) for key, count in column.items()}
        for n, column in enumerate(columns)
    ]
    size = plan.referrals - bool(story)
    ages = dealt(left[2], by)
    ages += [by.pick(OTHER_AGES) for _ in range(size - len(ages))]
    by.shuffle(ages)
    days = Days(plan, referral_weight).draw_any(by, size)
    drawn = zip(days, dealt(left[0], by), dealt(left[1], by), ages, dealt(left[3], by), strict=True)
    return [Slot(*values) for values in drawn]


class FrontDoor:
    """Receives and decides the referrals of one year."""

    def __init__(self, people: People, plan: YearPlan, staff: Workforce, working: WorkingDays, by: Stream) -> None:
        self.people, self.plan, self.staff, self.working, self.by = people, plan, staff, working, by
        self.known: dict[tuple[str, str], list[Child]] = {}
        self.made: list[Referral] = []

    def receive_all(self, roster: list[Child], story: Slot | None) -> list[Referral]:
        for child in roster:
            self.known.setdefault((child.sex, child.family.group), []).append(child)
        for slot in slots(self.plan, self.by, story):
            received_at = working_time(slot.day, self.by, 8, 18)
            self.made.append(self._referral(slot, self._child(slot, received_at), received_at))
        self._decide_all()
        return self.made

    def _child(self, slot: Slot, received_at: int) -> Child:
        """Somebody already known who fits, as often as not; else somebody new."""
        known = self.known.get((slot.sex, slot.group), [])
        if known and self.by.happens(SHARE_KNOWN):
            for _ in range(TRIES):
                child = self.by.one(known)
                fits = child.born < slot.day and child.age_on(slot.day) == slot.age and child.known_from < received_at
                if fits and received_at - child.referred_at > BETWEEN_REFERRALS:
                    return child
        child = self.people.child(
            self.by, sex=slot.sex, group=slot.group, age=slot.age, on=slot.day, known_from=received_at
        )
        first_status(child, slot.day, self.by)
        first_school(child, slot.day, self.by)
        return child

    def _referral(self, slot: Slot, child: Child, received_at: int) -> Referral:
        by = self.by
        child.referred_at = received_at
        code, agency = by.pick(SOURCES)
        types = [slot.primary]
        if by.happens(SHARE_OF_MORE_TYPES):
            types.append(
                by.one([kind for kind in ("CSE", "CCE", "serious_violence", "threat_to_life") if kind not in types])
            )
        return Referral(
            id=by.id(),
            reference=f"REF-{self.plan.short_year}-{self.people.part * 1000 + len(self.made) + 1:05d}",
            child=child,
            received_at=received_at,
            source_code=code,
            agency=agency,
            types=types,
            harm_seen=by.one(say("harm_seen", slot.primary)) if by.happens(SHARE_WITH_HARM_SEEN) else "",
            concerns=by.one(say("concerns", slot.primary)),
            strengths=by.one(say("strengths")),
            child_knows=by.one([True, True, False, None]),
            immediate_danger=by.happens(0.06),
            due_on=self.working.after(slot.day, 1),
            decision="",
            decided_at=self._decided_at(received_at),
            decided_by=self.staff.manager.id,
            reason="",
        )

    def _decided_at(self, received_at: int) -> int:
        """Mostly by the end of the next working day, sometimes the same day, sometimes days late."""
        by, received_on = self.by, london_day(received_at)
        if by.happens(0.15) and received_at < at(received_on, 15) and self.working.after(received_on, 0) == received_on:
            return by.between(received_at + HOUR, at(received_on, 17))
        late = by.between(2, 5) if by.happens(0.16) else 1
        return working_time(self.working.after(received_on, late), by, 9, 16.5)

    def _decide_all(self) -> None:
        """As many accepted for assessment as the plan says: one a child, none with a case open or close to eighteen."""
        by = self.by
        eligible: dict[Child, Referral] = {}
        for referral in self.made:
            child = referral.child
            if child.open_case is None and child.eighteenth > london_day(referral.received_at) + LEAD_TO_18:
                eligible.setdefault(child, referral)
        first = list(eligible.values())
        by.shuffle(first)
        assessed = set(first[: self.plan.to_open])
        for referral in self.made:
            referral.decision = ASSESSED if referral in assessed else by.pick(NOT_ASSESSED)
            referral.reason = by.one(say("decisions", referral.decision))
