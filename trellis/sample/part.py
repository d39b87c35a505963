"""One whole area, year by year. An area at scale N is N such parts, each from streams of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from trellis.sample import schooling, statuses
from trellis.sample.cases import CaseBook
from trellis.sample.casework import entries, open_in
from trellis.sample.interviews import Interviews
from trellis.sample.missing import Desk, choose_children, reports_each
from trellis.sample.moments import WorkingDays, midnight
from trellis.sample.people import People
from trellis.sample.plan import YearPlan
from trellis.sample.records import Child, Entry, Episode, Referral
from trellis.sample.referrals import FrontDoor
from trellis.sample.story import Story
from trellis.sample.streams import Stream, stream
from trellis.sample.users import Workforce


@dataclass
class Year:
    """What one year brought."""

    plan: YearPlan
    referrals: list[Referral] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


class Part:
    """The children and the work of one area, from its first year on."""

    def __init__(self, seed: int, authority: str, number: int, staff: Workforce, working: WorkingDays) -> None:
        self.seed, self.number, self.staff, self.working = seed, number, staff, working
        self.people = People(authority, number)
        self.book = CaseBook(self.people, staff)
        self.roster: list[Child] = []
        self.told: Story | None = None

    def live(self, plans: list[YearPlan]) -> Iterator[Year]:
        """Each year in turn, whole; what it leaves open goes on in the next."""
        for plan in plans:
            yield self._year(plan)

    def _stream(self, plan: YearPlan, word: str) -> Stream:
        return stream(self.seed, self.people.authority, self.number, plan.year, word)

    def _year(self, plan: YearPlan) -> Year:
        story = Story.of(plan, self.seed, self.staff) if self.number == 0 else None
        roster = [c for c in self.people.children if c.eighteen_at > midnight(plan.starts_on)]
        statuses.turn_of_year(roster, plan, self._stream(plan, "statuses"))
        schooling.turn_of_year(roster, plan, self._stream(plan, "schools"))
        if story:
            story.begin(self.people, self._stream(plan, "story"))
            self.told = story
        self.roster = [child for child in roster if not self.told or child is not self.told.child]
        year = Year(plan, self._front_door(plan, story))
        self._case_book(plan, year, story)
        self._missing(plan, year, story)
        open_cases = [case for case in open_in(self.book.all, plan) if story is None or case is not story.case]
        self._come_of_age(plan)
        year.entries += entries(open_cases, plan, self.staff, self._stream(plan, "casework"))
        return year

    def _come_of_age(self, plan: YearPlan) -> None:
        by = self._stream(plan, "eighteen")
        for child in self.people.children:
            if plan.starts_on <= child.eighteenth <= plan.ends_on:
                statuses.come_of_age(child, by)
                schooling.come_of_age(child)

    def _front_door(self, plan: YearPlan, story: Story | None) -> list[Referral]:
        door = FrontDoor(self.people, plan, self.staff, self.working, self._stream(plan, "referrals"))
        return door.receive_all(self.roster, story.slot if story else None)

    def _case_book(self, plan: YearPlan, year: Year, story: Story | None) -> None:
        by = self._stream(plan, "cases")
        if story:
            year.referrals.append(story.referral)
            self.book.keep(story.case, by)
        self.book.open_from([r for r in year.referrals if not story or r is not story.referral], plan, by)
        self.book.close_down_to(plan, by, keeping=story.case if story else None)
        others = [child for child in self.book.open_children() if not story or child is not story.child]
        wanted = dict(plan.profile.patterns)
        if story:
            wanted[story.pattern] -= 1
        statuses.settle_patterns(others, plan, wanted, by)
        schooling.settle_profile(others, plan, by)

    def _missing(self, plan: YearPlan, year: Year, story: Story | None) -> None:
        by = self._stream(plan, "missing")
        busy = {case.child for case in open_in(self.book.all, plan)}
        likely = busy | {referral.child for referral in year.referrals}
        told = story.episodes(self.staff) if story else []
        known = [c for c in [*self.roster, *_new(year, self.roster)] if not story or c is not story.child]
        children = choose_children(self.people, known, likely, plan, plan.missing_children - bool(told), by)
        counts = reports_each(children, busy, plan, plan.missing_reports - len(told), by)
        desk = Desk(self.people, plan, by)
        episodes = {child: desk.episodes(child, count) for child, count in counts.items()}
        held = [episode.interview for episode in told if episode.interview.outcome == "completed"]
        in_time = [interview for interview in held if interview.settled_at <= interview.due_at]
        Interviews(episodes, plan, self.staff.interviewers, by).settle_all(
            plan.interviews - len(held), plan.in_time - len(in_time)
        )
        year.episodes = sorted(
            [*told, *(episode for made in episodes.values() for episode in made)], key=lambda e: (e.reported_at, e.id)
        )
        if story:
            year.entries += story.entries(self.staff)


def _new(year: Year, roster: list[Child]) -> list[Child]:
    """Children first referred this year, once each, in order."""
    known = set(roster)
    return list(dict.fromkeys(r.child for r in year.referrals if r.child not in known))
