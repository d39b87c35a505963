"""The list in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from trellis.core.presenters import plural
from trellis.workspace.high_risk.queries import Listed, Rule

NO_PLAN, NO_OWNER = "No plan", "A plan without an owner"


@dataclass(frozen=True)
class Line:
    person_id: UUID
    name: str
    why: Sequence[str]
    latest: datetime | None
    owner: str
    owned: bool


def lines(found: Sequence[Listed], rule: Rule) -> list[Line]:
    return [
        Line(one.person.id, str(one.person), reasons(one, rule), one.latest, owner(one), one.owner is not None)
        for one in found
    ]


def reasons(one: Listed, rule: Rule) -> list[str]:
    """What put the child on the list, each in words."""
    said = [f"Reported missing {plural(one.times, 'time', 'times')} in {rule.days} days"]
    if one.high:
        said.append(f"Graded high risk {plural(one.high, 'time', 'times')}")
    if one.harm:
        said.append(f"Harm known {plural(one.harm, 'time', 'times')}")
    return said


def owner(one: Listed) -> str:
    if one.owner is not None:
        return one.owner.name
    return NO_OWNER if one.planned else NO_PLAN
