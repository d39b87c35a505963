"""What a copy of a record holds: what whoever takes it sees on the pages, less what others said must be asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.models import ChronologyEntry
from trellis.cases.queries import ChronologyFilter, chronology
from trellis.core.clocks import now
from trellis.missing.access import episodes_visible_to
from trellis.missing.models import MissingEpisode
from trellis.need_to_know.access import grants_used, see_person
from trellis.need_to_know.codes import CodeBook
from trellis.people.models import Person
from trellis.workspace.queries import Overview, overview_of

WHAT = "record as PDF"
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
    book: CodeBook
    taken_by: User
    taken_at: datetime
    purpose: str
    receiver: str

    @property
    def person(self) -> Person:
        return self.overview.person


def see_record_to_take(user: User, person_id: UUID) -> Person:
    """The person whose record the user may take out of the system. Raises Refused, Hidden."""
    check_may(user, Permission.RECORD_EXPORT)
    return see_person(user, person_id, WHAT)


def take_record(user: User, person: Person, *, purpose: str, receiver: str) -> RecordCopy:
    """A copy of what ``user`` may see of a person they may take along, and an export in the log that says why."""
    check_may(user, Permission.RECORD_EXPORT)
    why = f"{purpose}. For: {receiver}"[:200]
    grants = grants_used(user, [person.id]).values_list("id", flat=True)
    note(Action.EXPORT, WHAT, object_id=person.id, children=[person.id], grants=grants, why=why)
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
        book=book,
        taken_by=user,
        taken_at=now(),
        purpose=purpose,
        receiver=receiver,
    )
