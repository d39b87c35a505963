"""How many of what, year by year. The four published years hold their published totals; the rest goes on plausibly.

Source of the totals: the hub's annual reports 2020/21 and 2022/23. What they do not say is chosen here, and
docs/explanation/sample-area.md says which, and what was done where published shares cannot be true.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from trellis.measures.periods import report_year
from trellis.sample.streams import largest_remainder

AGES = {10: 1, 11: 3, 12: 6, 13: 11, 14: 17, 15: 22, 16: 23, 17: 17}
OLDER_AGES = {12: 2, 13: 4, 14: 6, 15: 15, 16: 33, 17: 40}
OTHER_TYPES = {"serious_violence": 60, "threat_to_life": 20, "modern_slavery": 8, "other": 12}
GROUPS = {"white_british": 42, "dual_heritage": 26, "black": 19, "asian": 10, "other": 3}
SHARE_AGED_15_16 = 48
SHARE_OPENED = 55
GROWTH = 1.015


@dataclass(frozen=True)
class YearPlan:
    """One report year of one whole area. Shares are percentages as published; they need not sum to 100."""

    year: str
    referrals: int
    types: Mapping[str, float]
    male: int
    open_at_end: int
    missing_reports: int
    missing_children: int
    interviews: int
    in_time: int
    ages: Mapping[int, float] = field(default_factory=lambda: AGES)
    quiet: Mapping[int, float] = field(default_factory=dict)

    @cached_property
    def starts_on(self) -> date:
        return report_year(self.year).starts_on

    @cached_property
    def ends_on(self) -> date:
        return report_year(self.year).ends_on

    @property
    def short_year(self) -> str:
        """ "2223" for 2022/23, as references carry it."""
        return self.year[2:4] + self.year[5:]

    @property
    def primary_types(self) -> dict[str, int]:
        """Referrals by primary type: the published shares brought to 100, then whole referrals."""
        published = largest_remainder(self.types, self.referrals)
        rest = published.pop("rest")
        return published | largest_remainder(OTHER_TYPES, rest)

    @property
    def sexes(self) -> dict[str, int]:
        return largest_remainder({"M": self.male, "F": 100 - self.male}, self.referrals)

    @property
    def groups(self) -> dict[str, int]:
        return largest_remainder(GROUPS, self.referrals)

    @property
    def aged_15_16(self) -> int:
        return round(self.referrals * SHARE_AGED_15_16 / 100)

    @property
    def to_open(self) -> int:
        """Referrals accepted for assessment."""
        return round(self.referrals * SHARE_OPENED / 100)

    @property
    def profile(self) -> Profile:
        return Profile.of(self.open_at_end)


@dataclass(frozen=True)
class Profile:
    """The children open on the last day: statuses overlap, so a pattern is the set of statuses one child has."""

    patterns: Mapping[tuple[str, ...], int]
    send: int
    alternative: int

    @classmethod
    def of(cls, children: int) -> Profile:
        """Of 102 children 67 are in need, 9 on a plan, 35 looked after; 35 have SEND, 41 alternative provision."""
        patterns = {
            ("looked_after",): 29,
            ("child_in_need", "looked_after"): 6,
            ("child_in_need", "child_protection_plan"): 9,
            ("child_in_need",): 52,
            (): 6,
        }
        return cls(largest_remainder(patterns, children), round(children * 35 / 102), round(children * 41 / 102))


# Lockdown: how busy a month was beside an ordinary one.
LOCKDOWN_2019 = {3: 0.75}
LOCKDOWN_2020 = {4: 0.5, 5: 0.65, 6: 0.85, 11: 0.85, 1: 0.75, 2: 0.8}

PUBLISHED = {
    plan.year: plan
    for plan in (
        YearPlan(
            "2019/20", 279, {"CSE": 43, "CCE": 55, "rest": 9}, 50, 96, 4676, 1290, 2650, 1880, quiet=LOCKDOWN_2019
        ),
        YearPlan(
            "2020/21",
            263,
            {"CSE": 28, "CCE": 59, "rest": 15},
            55,
            104,
            3993,
            1068,
            2316,
            1640,
            OLDER_AGES,
            LOCKDOWN_2020,
        ),
        YearPlan("2021/22", 240, {"CSE": 22, "CCE": 54, "rest": 14}, 58, 99, 4280, 1353, 2540, 1830),
        YearPlan("2022/23", 242, {"CSE": 22, "CCE": 60, "rest": 19}, 60, 102, 4958, 1381, 2976, 2179),
    )
}
FIRST, LAST = min(PUBLISHED), max(PUBLISHED)


def plan_for(year: str) -> YearPlan:
    """The plan of a report year. Years before the published ones are like the first, later ones grow from the last."""
    if year in PUBLISHED:
        return PUBLISHED[year]
    if year < FIRST:
        return replace(PUBLISHED[FIRST], year=year, quiet={})
    last = PUBLISHED[LAST]
    growth = GROWTH ** min(int(year[:4]) - int(LAST[:4]), 10)

    def grown(count: int) -> int:
        return round(count * growth)

    return replace(
        last,
        year=year,
        referrals=grown(last.referrals),
        missing_reports=grown(last.missing_reports),
        missing_children=grown(last.missing_children),
        interviews=grown(last.interviews),
        in_time=grown(last.in_time),
    )


def years_between(first: str, last: str) -> list[str]:
    """Every report year from ``first`` to ``last``."""
    starts = range(int(first[:4]), int(last[:4]) + 1)
    return [f"{start}/{(start + 1) % 100:02d}" for start in starts]
