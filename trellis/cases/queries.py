"""Reads for the pages of a child's record: whose it is, who leads, what happened."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from trellis.accounts.models import User
from trellis.cases.access import chronology_visible_to
from trellis.cases.child_pages import Tag, tags_of
from trellis.cases.chronology import NOTE, WRITTEN
from trellis.cases.models import Allocation, Case, ChronologyEntry, EntryRecoding, RawText, Significance
from trellis.core.clocks import start_of_day, today
from trellis.core.protection import Part
from trellis.need_to_know.access import note_listed, parts_opened, people_visible_to, sight_shown, visible_to
from trellis.need_to_know.codes import CodeBook
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


MOST_PRINTED = 1000
# Where entries come from: what a worker wrote, what forms and decisions here made, what came with a partner's file.
BY_WORKER = Q(kind=NOTE) | Q(kind__in=WRITTEN, subject__isnull=True, recorded_by__isnull=False)
SOURCES: dict[str, tuple[str, Q]] = {
    "written": ("Written by a worker", BY_WORKER),
    "made": ("From a form or a decision here", ~BY_WORKER & Q(recorded_by__isnull=False)),
    "file": ("From a partner's file", ~BY_WORKER & Q(recorded_by__isnull=True)),
}


@dataclass(frozen=True)
class ChronologyFilter:
    """What part of a chronology is asked for. ``source``: a key of SOURCES. ``as_at``: only what was known at the end
    of that day, in the words that stood then."""

    agency: str = ""
    kind: str = ""
    significance: int = Significance.ROUTINE
    source: str = ""
    as_at: date | None = None

    @property
    def known_by(self) -> datetime | None:
        """The end of the day asked for: what was recorded before was known."""
        return start_of_day(self.as_at + timedelta(days=1)) if self.as_at else None


def chronology(user: User, person: Person, wanted: ChronologyFilter) -> QuerySet[ChronologyEntry]:
    """Entries that stand, latest first; one that was corrected gives way to its correction."""
    standing = Q(superseded_by=None)
    if wanted.known_by:
        standing |= Q(superseded_by__recorded_at__gte=wanted.known_by)
        standing &= Q(recorded_at__lt=wanted.known_by)
    chosen = {"agency__code": wanted.agency, "kind": wanted.kind}
    from_there = SOURCES[wanted.source][1] if wanted.source else Q()
    return (
        chronology_visible_to(user, person)
        .filter(
            standing,
            from_there,
            significance__gte=wanted.significance,
            **{key: value for key, value in chosen.items() if value},
        )
        .select_related("agency", "recorded_by")
        .prefetch_related(earlier_seen_by(user))
    )


def written_since(user: User, person: Person, moment: datetime) -> int:
    """How many entries and corrections that the user may see now were recorded from ``moment`` on."""
    return chronology_visible_to(user, person).filter(recorded_at__gte=moment).count()


@dataclass(frozen=True)
class PrintedChronology:
    """What goes on paper, first to last: at most MOST_PRINTED of ``count``. ``left_out``: entries that whoever prints
    sees on the page and may not take along."""

    entries: list[ChronologyEntry]
    count: int
    left_out: int


def chronology_to_print(user: User, person: Person, wanted: ChronologyFilter, book: CodeBook) -> PrintedChronology:
    """As a copy of the record does: what others said must be asked for first stays out, and is counted."""
    seen = list(chronology(user, person, wanted))
    taken = [entry for entry in seen if book.may_leave(entry, user.agency_id)]
    latest = taken[:MOST_PRINTED]
    return PrintedChronology(latest[::-1], len(taken), len(seen) - len(taken))


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
