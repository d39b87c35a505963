"""The lives of the area while they are being made. Nothing here knows the database or where the area is cut."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from trellis.core.clocks import age_on, birthday_in
from trellis.sample.moments import midnight


@dataclass(slots=True, eq=False)
class Family:
    """A household: one family name, one address, one community."""

    name: str
    ethnicity: str
    group: str
    community: str
    postcode: str
    locality: str
    authority: str
    children: list[Child] = field(default_factory=list)
    parent: Adult | None = None


@dataclass(slots=True, eq=False)
class Adult:
    id: str
    given: str
    family_name: str
    born: date
    sex: str
    family: Family
    known_from: int


@dataclass(slots=True, eq=False)
class Related:
    """What ``other`` is to the child who holds this; the hub learns of it at ``known_from`` or when it knows both."""

    id: str
    other: Child | Adult
    kind: str
    note: str = ""
    known_from: int = 0


@dataclass(slots=True, eq=False)
class Spell:
    """A legal status from a day until a day."""

    id: str
    kind: str
    starts_on: date
    ends_on: date | None = None


@dataclass(slots=True, eq=False)
class School:
    """A place of education from a day until a day."""

    id: str
    provision: str
    send: str
    place: str
    starts_on: date
    ends_on: date | None = None


@dataclass(slots=True, eq=False)
class Child:
    id: str
    number: int
    given: str
    family_name: str
    born: date
    sex: str
    family: Family
    known_from: int
    known_as: str = ""
    pronouns: str = ""
    defined_by: str = "unknown"
    aliases: list[tuple[str, str]] = field(default_factory=list)
    own_words: str = ""
    safe_contact: str = ""
    nhs_number: str | None = None
    out_of_area: bool = False
    spells: list[Spell] = field(default_factory=list)
    schools: list[School] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    related: list[Related] = field(default_factory=list)
    free_from: int = 0
    referred_at: int = 0

    @property
    def eighteenth(self) -> date:
        return birthday_in(self.born, self.born.year + 18)

    @property
    def eighteen_at(self) -> int:
        return midnight(self.eighteenth)

    @property
    def open_case(self) -> Case | None:
        return self.cases[-1] if self.cases and self.cases[-1].closed_on is None else None

    def age_on(self, day: date) -> int:
        return age_on(self.born, day)

    def status(self, kind: str) -> Spell | None:
        """The latest spell of this kind, if it has not ended."""
        return next((s for s in reversed(self.spells) if s.kind == kind and s.ends_on is None), None)

    def has(self, kind: str, on: date) -> bool:
        return any(s.kind == kind and s.starts_on <= on and (s.ends_on is None or s.ends_on > on) for s in self.spells)


@dataclass(slots=True, eq=False)
class Referral:
    id: str
    reference: str
    child: Child
    received_at: int
    source_code: str
    agency: str
    types: list[str]
    harm_seen: str
    concerns: str
    strengths: str
    child_knows: bool | None
    immediate_danger: bool
    due_on: date
    decision: str
    decided_at: int
    decided_by: str
    reason: str


@dataclass(slots=True, eq=False)
class Case:
    id: str
    reference: str
    child: Child
    opened_at: int
    why: str
    opened_by: str
    worker: str
    allocated_at: int
    allocation_id: str
    closed_on: date | None = None
    closed_at: int | None = None
    closure_reason: str = ""
    closure_why: str = ""


@dataclass(slots=True, eq=False)
class Episode:
    id: str
    police_ref: str
    child: Child
    kind: str
    last_seen_at: int
    reported_at: int
    returned_at: int
    grade: str
    grade_before: str
    regraded_at: int
    reported_by: str
    found_where: str
    found_with: str
    officer: str
    out_of_area: bool
    interview: Interview


@dataclass(slots=True, eq=False)
class Interview:
    """What became of the offer: completed, declined or not_offered, at ``settled_at``."""

    id: str
    outcome: str
    due_at: int
    offered_at: int | None
    accepted_at: int | None
    settled_at: int
    worker: str
    place: str = ""
    account: str = ""
    reason: str = ""
    delay_reason: str = ""
    decline_reason: str = ""
    why: str = ""


@dataclass(slots=True, eq=False)
class Entry:
    """Something a worker wrote in the chronology of a child."""

    id: str
    child: Child
    happened_at: int
    kind: str
    title: str
    body: str
    significance: int
    agency: str
    by: str | None
