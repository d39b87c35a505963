"""What the API says, field by field: the least that serves."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema

Cursor = Annotated[str | None, Field(description="Ask again with this as `after`; null on the last page")]


class AgencyOut(Schema):
    code: str
    name: str


class MeOut(Schema):
    id: UUID
    name: str
    agency: AgencyOut
    permissions: list[str]


class ChildRow(Schema):
    """The least that tells one from another."""

    id: UUID
    name: str
    age: int
    lead_worker: str | None


class ChildPage(Schema):
    items: list[ChildRow]
    next: Cursor


class SearchIn(Schema):
    q: str = Field(min_length=1, max_length=200, description="A name, a date of birth, a reference or an NHS number")


class SearchOut(Schema):
    items: list[ChildRow]
    count: int = Field(description="How many you may see; at most 50 are here")
    nearly: bool = Field(description="Nobody is spelt so: these are spelt nearly so")


class WorkerOut(Schema):
    name: str
    agency: AgencyOut
    part: str
    since: date


class StatusOut(Schema):
    kind: str
    label: str
    starts_on: date
    ends_on: date | None


class ChildOut(ChildRow):
    known_as: str
    pronouns: str
    safe_contact: str
    own_words: str
    case: str | None = Field(description="Reference of the open case")
    workers: list[WorkerOut]
    statuses: list[StatusOut] = Field(description="Legal statuses; empty when that part is not shared with you")
    tags: list[str]
    parts: list[str] = Field(description="The parts of the record that open to you")
    marking: str


class HandlingOut(Schema):
    """What you may do with an item. It travels with the item: keep them together."""

    owner: AgencyOut
    code: str
    words: str
    conditions: str
    limited_to: list[AgencyOut]
    lawful_basis: str
    purpose: str


class EntryOut(Schema):
    id: UUID
    happened_at: datetime
    recorded_at: datetime
    kind: str
    title: str
    body: str
    significance: int
    recorded_by: str | None
    is_correction: bool
    handling: HandlingOut


class EntryPage(Schema):
    items: list[EntryOut]
    next: Cursor


class InterviewOut(Schema):
    status: str
    due_at: datetime | None
    completed_at: datetime | None


class EpisodeOut(Schema):
    id: UUID
    kind: str
    status: str
    last_seen_at: datetime | None
    reported_at: datetime
    returned_at: datetime | None
    risk_grade: str
    interview: InterviewOut | None = Field(description="Null until the young person is back")


class EpisodePage(Schema):
    items: list[EpisodeOut]
    next: Cursor


class PointerOut(Schema):
    """An agency knows a young person: ask them."""

    id: UUID
    child: UUID | None = Field(description="The young person, when something of their record opens to you")
    name: str
    age_band: str
    agency: str
    ask: str
    own: bool = Field(description="It is your own agency that knows them")
    until: str | None


class PointerPage(Schema):
    items: list[PointerOut]
    next: Cursor


class ProblemOut(Schema):
    """RFC 9457."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    errors: list[dict[str, str]] | None = Field(
        None, description="Each wrong thing with its place: `pointer` into the body, or `parameter`"
    )
    reference: str | None = None
