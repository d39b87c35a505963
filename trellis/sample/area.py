"""The invented area: from the arguments of the command to rows, part by part and year by year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trellis.sample.directory import Directory
from trellis.sample.living import enliven
from trellis.sample.moments import DAY, WorkingDays, end_of
from trellis.sample.part import Part, Year
from trellis.sample.plan import YearPlan, plan_for
from trellis.sample.records import Referral
from trellis.sample.rows.assessments import write_assessments
from trellis.sample.rows.case_studies import write_case_study
from trellis.sample.rows.cases import write_case, write_entry
from trellis.sample.rows.cut import Cut
from trellis.sample.rows.health import write_health
from trellis.sample.rows.missing import write_episodes
from trellis.sample.rows.nrm import write_nrm
from trellis.sample.rows.outcomes import write_outcomes
from trellis.sample.rows.panels import write_panels
from trellis.sample.rows.people import write_people
from trellis.sample.rows.plans import write_plan
from trellis.sample.rows.profiles import write_profiles
from trellis.sample.rows.referrals import write_referral
from trellis.sample.rows.sharing import write_sharing
from trellis.sample.rows.supervision import write_supervision
from trellis.sample.rows.transition import write_transition
from trellis.sample.rows.users import write_workforce
from trellis.sample.rows.voice import write_voice
from trellis.sample.users import Workforce, workforce
from trellis.sample.words import words
from trellis.sample.writing import Writer

RECENT = 40 * DAY
KEPT_IN_SIGHT = "Kept for training: the story new workers read"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Area:
    """What to make. ``until`` is the moment it is cut at; ``living`` asks for a desk with something on it just then."""

    years: tuple[str, ...]
    scale: int
    authorities: int
    seed: int
    until: int
    living: bool = False

    @property
    def plans(self) -> list[YearPlan]:
        return [plan_for(year) for year in self.years]

    def parts(self, staff: Workforce, working: WorkingDays) -> Iterator[Part]:
        codes = authority_codes(self.authorities)
        for number in range(self.scale * len(codes)):
            yield Part(self.seed, codes[number // self.scale], number, staff, working)


def authority_codes(count: int) -> list[str]:
    """ONS codes: the ten of Greater Manchester, Manchester first, then invented ones."""
    known = [code for code in words("places") if code != "invented"]
    return (known + [f"E089{number:05d}" for number in range(1, count)])[:count]


def fill(area: Area, directory: Directory, writer: Writer, working: WorkingDays, progress: Progress) -> None:
    """Send every row of the area to ``writer``. The same arguments send the same rows in the same order."""
    staff = workforce(area.seed)
    cut = Cut(area.until, writer, directory, staff)
    write_workforce(cut)
    steps, done = area.scale * area.authorities * len(area.years), 0
    for part in area.parts(staff, working):
        recent: list[Year] = []
        referrals: list[Referral] = []
        for year in part.live(area.plans):
            done += 1
            referrals += year.referrals
            progress(f"area {part.number + 1}, {year.plan.year}", done, steps)
            if end_of(year.plan.ends_on) > area.until - RECENT:
                recent.append(year)
            else:
                _write_year(year, cut)
        if area.living:
            enliven(recent, part.book, area.until)
        for year in recent:
            _write_year(year, cut)
        write_profiles([episode for year in recent for episode in year.episodes], cut)
        _write_lives(part, cut)
        write_health(part, referrals, cut)
        writer.flush()


def _write_year(year: Year, cut: Cut) -> None:
    for referral in year.referrals:
        write_referral(referral, cut)
    write_episodes(year.episodes, cut)
    for entry in year.entries:
        write_entry(entry, cut)


def _write_lives(part: Part, cut: Cut) -> None:
    """What lasts from year to year: people, their statuses, their cases."""
    for case in part.book.all:
        write_case(case, cut)
        write_supervision(case, cut)
        told = part.told is not None and case is part.told.case
        write_plan(case, cut, told=told)
        write_transition(case, cut, told=told)
        write_voice(case, cut, told=part.told is not None and case is part.told.case)
        write_outcomes(case, cut)
    write_people(part.people.children, part.people.adults, cut)
    write_sharing(part, cut)
    write_assessments(part, cut)
    write_panels(part, cut)
    write_nrm(part, cut)
    if part.told:
        child, case = part.told.child.id, part.told.case
        cut.grant(child, KEPT_IN_SIGHT, case.opened_at, None, user=case.worker)
        cut.grant(child, KEPT_IN_SIGHT, case.opened_at, None, team="hub")
        write_case_study(case, cut)
