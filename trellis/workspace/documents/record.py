"""What a copy of a record holds: what whoever takes it sees on the pages, less what others said must be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from trellis.accounts.access import Hidden, check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.assessments.queries import Whole
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.models import ChronologyEntry
from trellis.cases.queries import ChildHeader, ChronologyFilter, child_header, chronology
from trellis.core.clocks import now
from trellis.core.protection import Part
from trellis.missing.access import episodes_visible_to
from trellis.missing.models import MissingEpisode
from trellis.need_to_know.access import grants_used, parts_seen, see_person
from trellis.need_to_know.codes import CodeBook
from trellis.people.models import Person
from trellis.workspace.documents.sections import PlanCopied, assessments_to_take, details_to_take, plan_to_take
from trellis.workspace.queries import Overview, overview_of

WHAT = "record as PDF"
PLAN = "plan as PDF"
# What is made while somebody waits: some 6 seconds of one processor (60 pages).
MOST_ENTRIES = 400
MOST_EPISODES = 100


@dataclass(frozen=True)
class RecordCopy:
    """One copy. ``left_out``: entries the taker sees on the page and may not take along; of the rest there are
    ``entry_count`` and ``episode_count``, the latest of which are here."""

    overview: Overview
    entries: list[ChronologyEntry]
    entry_count: int
    left_out: int
    episodes: list[MissingEpisode]
    episode_count: int
    details: list[dict[str, Any]]
    assessments: list[Whole]
    plan: PlanCopied | None
    book: CodeBook
    taken_by: User
    taken_at: datetime
    purpose: str
    receiver: str

    @property
    def person(self) -> Person:
        return self.overview.person


@dataclass(frozen=True)
class PlanCopy:
    """A copy of the plan alone, as it goes to a meeting."""

    header: ChildHeader
    plan: PlanCopied
    taken_by: User
    taken_at: datetime
    purpose: str
    receiver: str

    @property
    def person(self) -> Person:
        return self.header.person


def see_record_to_take(user: User, person_id: UUID) -> Person:
    """The person whose record the user may take out of the system. Raises Refused, Hidden."""
    check_may(user, Permission.RECORD_EXPORT)
    return see_person(user, person_id, WHAT)


def take_record(user: User, person: Person, *, purpose: str, receiver: str) -> RecordCopy:
    """A copy of what ``user`` may see of a person they may take along, and an export in the log that says why."""
    note_taken(user, person, WHAT, purpose, receiver)
    parts = parts_seen(user, person.id)
    book = CodeBook()
    seen = list(chronology(user, person, ChronologyFilter()).order_by("-happened_at", "-recorded_at", "id"))
    taken = [entry for entry in seen if book.may_leave(entry, user.agency_id)]
    episodes = list(
        episodes_visible_to(user)
        .counted()
        .filter(person=person)
        .select_related("interview")
        .order_by("-reported_at", "id")
    )
    return RecordCopy(
        overview=overview_of(user, person),
        entries=taken[:MOST_ENTRIES],
        entry_count=len(taken),
        left_out=len(seen) - len(taken),
        episodes=episodes[:MOST_EPISODES],
        episode_count=len(episodes),
        details=details_to_take(user, person) if Part.RECORD in parts else [],
        assessments=assessments_to_take(user, person) if Part.ASSESSMENTS in parts else [],
        plan=plan_to_take(user, person) if Part.PLAN in parts else None,
        book=book,
        taken_by=user,
        taken_at=now(),
        purpose=purpose,
        receiver=receiver,
    )


def take_plan(user: User, person: Person, *, purpose: str, receiver: str) -> PlanCopy:
    """A copy of the plan alone, and an export in the log that says why. Raises Refused; Hidden where there is none."""
    see_person(user, person.id, PLAN, Part.PLAN)
    plan = plan_to_take(user, person)
    if plan is None:
        raise Hidden("plan", person.id)
    note_taken(user, person, PLAN, purpose, receiver)
    return PlanCopy(child_header(user, person), plan, user, now(), purpose, receiver)


def note_taken(user: User, person: Person, what: str, purpose: str, receiver: str) -> None:
    """Raises Refused without RECORD_EXPORT."""
    check_may(user, Permission.RECORD_EXPORT)
    why = f"{purpose}. For: {receiver}"[:200]
    grants = grants_used(user, [person.id]).values_list("id", flat=True)
    note(Action.EXPORT, what, object_id=person.id, children=[person.id], grants=grants, why=why)
