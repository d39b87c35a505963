"""Reads for the pages of a child's record: whose it is, who leads, what happened."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet

from trellis.accounts.models import User
from trellis.cases.access import chronology_visible_to
from trellis.cases.child_pages import Tag, tags_of
from trellis.cases.models import Allocation, Case, ChronologyEntry, EntryRecoding, RawText, Significance
from trellis.core.clocks import start_of_day, today
from trellis.core.protection import Part
from trellis.need_to_know.access import note_listed, parts_opened, people_visible_to, sight_shown, visible_to
from trellis.people.models import LegalStatus, Person
from trellis.people.queries import Named, people_alike


@dataclass(frozen=True)
class ChildHeader:
    """What the banner of every page of a child's record says."""

    person: Person
    case: Case | None
    workers: list[Allocation]
    statuses: list[LegalStatus]
    tags: list[Tag]
    parts: frozenset[Part]

    @property
    def present_statuses(self) -> list[LegalStatus]:
        return [status for status in self.statuses if status.holds_on(today())]

    @property
    def lead(self) -> User | None:
        return next((a.worker for a in self.workers if a.part == Allocation.Part.LEAD), None)


def child_header(user: User, person: Person) -> ChildHeader:
    """The header of a child whom ``user`` may see; ``parts``: how much of the record opens to them."""
    current = Allocation.objects.current().select_related("worker__agency").order_by("-part", "starts_on")
    case = person.cases.open().prefetch_related(Prefetch("allocations", current, to_attr="workers")).first()
    return ChildHeader(
        person=person,
        case=case,
        workers=case.workers if case else [],
        statuses=list(visible_to(user, LegalStatus).filter(person=person).order_by("-starts_on")),
        tags=tags_of(user, person),
        parts=parts_opened(sight_shown(user, person)),
    )


def lead_workers(people: Collection[uuid.UUID]) -> dict[uuid.UUID, User]:
    """Person to the lead worker of their open case."""
    leads = Allocation.objects.current().filter(case__person__in=people, case__status="open", part=Allocation.Part.LEAD)
    return {lead.case.person_id: lead.worker for lead in leads.select_related("case", "worker")}


def allocations_of(user: User) -> QuerySet[Allocation]:
    """The user's present allocations in open cases, latest first."""
    return user.allocations.current().filter(case__status="open").select_related("case__person")


@dataclass(frozen=True)
class ChronologyFilter:
    """What part of a chronology is asked for. ``as_at``: only what was known at the end of that day."""

    agency: str = ""
    kind: str = ""
    significance: int = Significance.ROUTINE
    as_at: date | None = None


def chronology(user: User, person: Person, wanted: ChronologyFilter) -> QuerySet[ChronologyEntry]:
    """Entries that stand, latest first; one that was corrected gives way to its correction."""
    entries = chronology_visible_to(user, person)
    if wanted.as_at:
        known_by = start_of_day(wanted.as_at + timedelta(days=1))
        entries = entries.filter(recorded_at__lt=known_by)
        standing = Q(superseded_by=None) | Q(superseded_by__recorded_at__gte=known_by)
    else:
        standing = Q(superseded_by=None)
    chosen = {"agency__code": wanted.agency, "kind": wanted.kind}
    return (
        entries.filter(
            standing, significance__gte=wanted.significance, **{key: value for key, value in chosen.items() if value}
        )
        .select_related("agency", "recorded_by")
        .prefetch_related(earlier_seen_by(user))
    )


def earlier_seen_by(user: User) -> Prefetch:
    """What an entry said before its correction, as far as ``user`` may read that."""
    return Prefetch("supersedes", visible_to(user, ChronologyEntry))


def entries_with_raw_text(user: User, entries: Iterable[ChronologyEntry]) -> frozenset[uuid.UUID]:
    """Those of the user's own agency's entries beside which a source's own words are kept."""
    own = [entry.id for entry in entries if entry.agency_id == user.agency_id]
    return frozenset(visible_to(user, RawText).filter(entry__in=own).values_list("entry", flat=True))


def recodings_of(user: User, entry: ChronologyEntry) -> list[EntryRecoding]:
    """How the handling of an entry changed, latest first."""
    return list(
        visible_to(user, EntryRecoding).filter(entry=entry).select_related("recorded_by").order_by("-recorded_at")
    )


def possible_matches(user: User, named: Named) -> list[Person]:
    """People alike whom ``user`` may see; that others exist is not told. Their showing is marked in the log."""
    alike = people_alike([named])[named]
    visible = set(people_visible_to(user).filter(id__in=[p.id for p in alike]).values_list("id", flat=True))
    shown = [person for person in alike if person.id in visible]
    note_listed(user, "possible matches", [person.id for person in shown])
    return shown
