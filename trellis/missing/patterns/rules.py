"""The rules by which two young people are linked, in the order of how much each says. Pure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

DAYS = 365
# A place or a name that more young people than this share says nothing of any two of them.
COMMON = 8
# So often missing at the same time, each time gone within the hours of missing.found_together_hours.
OFTEN = 3

NAMED, TOGETHER, THING, ADULT, OFTEN_TOGETHER, PLACE = "named", "together", "thing", "adult", "often", "place"

STRONG = "A strong reason to ask"
SOME = "Some reason to ask"
LITTLE = "A small reason to ask"
STRENGTHS = (STRONG, SOME, LITTLE)


@dataclass(frozen=True)
class Rule:
    """``words``: what the two have in common. ``strength``: how much of a reason to ask it is, in words."""

    code: str
    words: str
    strength: str


RULES = {
    rule.code: rule
    for rule in (
        Rule(NAMED, "Found with the other, as it was recorded, while both were missing", STRONG),
        Rule(TOGETHER, "Missing at the same time and found at one place within {hours} hours", STRONG),
        Rule(THING, "Spoke of the same phone, vehicle or online name", SOME),
        Rule(OFTEN_TOGETHER, "Missing at the same time {often} times or more, gone within {hours} hours", SOME),
        Rule(ADULT, "Spoke of an adult of the same name", LITTLE),
        Rule(PLACE, "Found at, or spoke of, the same place at different times", LITTLE),
    )
}


@dataclass(frozen=True)
class Evidence:
    """That a rule holds of two episodes of two young people. ``words``: what was the same, if it has words."""

    rule: str
    one: UUID
    other: UUID
    one_episode: UUID
    other_episode: UUID
    one_at: datetime
    other_at: datetime
    words: str


@dataclass(frozen=True)
class Link:
    """Two young people and all that links them, what says most first."""

    one: UUID
    other: UUID
    evidence: tuple[Evidence, ...]

    @property
    def strength(self) -> str:
        return min((RULES[e.rule].strength for e in self.evidence), key=STRENGTHS.index)

    @property
    def latest(self) -> datetime:
        return max(max(e.one_at, e.other_at) for e in self.evidence)


def links_of(found: list[Evidence]) -> list[Link]:
    """By pair: those with the strongest reason first, then the latest."""
    pairs: dict[tuple[UUID, UUID], list[Evidence]] = {}
    for evidence in found:
        pairs.setdefault((evidence.one, evidence.other), []).append(evidence)
    order = list(RULES)
    links = [
        Link(one, other, tuple(sorted(rows, key=lambda e: (order.index(e.rule), -e.one_at.timestamp()))))
        for (one, other), rows in pairs.items()
    ]
    return sorted(links, key=lambda link: (STRENGTHS.index(link.strength), -link.latest.timestamp(), str(link.other)))
