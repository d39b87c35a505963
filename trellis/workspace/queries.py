"""Reads that cross words: what needs a worker today, and everything about one child on one page."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note
from trellis.cases.child_pages import Due, Involved, due_of, involved_of
from trellis.cases.childs_words import Words, latest_words
from trellis.cases.details.queries import Around, around
from trellis.cases.models import Allocation, Case, ChronologyEntry
from trellis.cases.queries import (
    ChildHeader,
    ChronologyFilter,
    allocations_of,
    child_header,
    chronology,
    lead_workers,
)
from trellis.core.clocks import today
from trellis.core.protection import Part
from trellis.core.row_context import Duty, duty
from trellis.missing.access import episodes_visible_to
from trellis.missing.models import MissingEpisode, SafetyAction
from trellis.missing.queries.desk import back_and_waiting, missing_now
from trellis.missing.queries.interviews import actions_open
from trellis.need_to_know.access import grants_used, people_visible_to, sight_of, visible_to
from trellis.need_to_know.models import Grant
from trellis.people.models import Person
from trellis.people.search import Asked, spelt_nearly, spelt_so
from trellis.referrals.models import Referral
from trellis.referrals.queries import waiting as waiting_referrals

LATEST_ENTRIES = 10
LATEST_EPISODES = 3
MOST_FOUND = 50
SOON = timedelta(days=7)
KEPT_FOR_TRAINING = "Kept for training: the story new workers read"


@dataclass(frozen=True)
class MyChild:
    """One of the user's children and what others wrote about them since a moment."""

    allocation: Allocation
    changes: int
    latest: ChronologyEntry | None

    @property
    def person(self) -> Person:
        return self.allocation.case.person


def my_children(user: User, since: datetime) -> list[MyChild]:
    """The children allocated to the user that they may still see, those with most changes first."""
    seen = sight_of(user).values("person")
    allocations = list(allocations_of(user).filter(case__person__in=seen).order_by("starts_on", "id"))
    people = [allocation.case.person_id for allocation in allocations]
    counts, latest = changes_since(user, people, since)
    rows = [MyChild(a, counts.get(a.case.person_id, 0), latest.get(a.case.person_id)) for a in allocations]
    return sorted(rows, key=lambda row: -row.changes)


def changes_since(
    user: User, people: Collection[uuid.UUID], since: datetime
) -> tuple[dict[uuid.UUID, int], dict[uuid.UUID, ChronologyEntry]]:
    """By person, how many entries others recorded after ``since``, and the last of them."""
    entries = (
        visible_to(user, ChronologyEntry).filter(person__in=people, recorded_at__gt=since).exclude(recorded_by=user)
    )
    counts = dict(entries.order_by().values_list("person").annotate(Count("id")))
    latest = entries.select_related("agency").order_by("person_id", "-recorded_at", "id").distinct("person_id")
    return counts, {entry.person_id: entry for entry in latest}


@dataclass(frozen=True)
class SharedChild:
    """A young person of whose record a part is shared with the user, and through which grants."""

    person: Person
    shares: list[Grant]
    lead: User | None


def shared_children(user: User) -> QuerySet[Person]:
    """Whom somebody of a remote agency sees, by name; nobody for the agencies that work in the hub."""
    people = people_visible_to(user)
    return people.none() if user.agency.co_located else people.order_by("family_name", "given_name", "id")


def with_shares(user: User, people: Collection[Person]) -> list[SharedChild]:
    """These people with what opens of each, in a number of queries that does not grow."""
    ids = [person.id for person in people]
    leads, shares = lead_workers(ids), shares_reaching(user, ids)
    return [SharedChild(p, [s for s in shares if s.person_id == p.id], leads.get(p.id)) for p in people]


def mine(user: User, episodes: QuerySet[MissingEpisode]) -> QuerySet[MissingEpisode]:
    """All of them for who works at the desk; else those of the user's own children."""
    if user.may(Permission.MISSING_RECORD):
        return episodes
    return episodes.filter(person__in=allocations_of(user).values("case__person"))


def missing_for(user: User) -> QuerySet[MissingEpisode]:
    """Children missing now whom this user answers for."""
    return mine(user, missing_now(user))


def safety_actions_for(user: User) -> QuerySet[SafetyAction]:
    """What was agreed for the safety of the user's children and is overdue or due within a week, the earliest first."""
    mine = allocations_of(user).order_by().values("case__person")
    return actions_open(user, mine).filter(due_on__lte=today() + SOON)


def interviews_for(user: User) -> QuerySet[MissingEpisode]:
    """Episodes whose return interview waits for this user."""
    waiting = mine(user, back_and_waiting(user))
    return waiting if user.may(Permission.INTERVIEW_RECORD) else waiting.none()


def referrals_for(user: User) -> QuerySet[Referral]:
    """Referrals this user may decide, the earliest due first."""
    if not user.may(Permission.REFERRAL_DECIDE):
        return Referral.objects.none()
    return waiting_referrals(user)


@dataclass(frozen=True)
class Overview:
    """Everything the overview of one child says."""

    header: ChildHeader
    referral: Referral | None
    around: Around
    due: list[Due]
    involved: list[Involved]
    linked: set[uuid.UUID]
    episodes: list[MissingEpisode]
    episode_count: int
    entries: list[ChronologyEntry]
    entry_count: int
    agencies: list[str]
    shares: list[Grant]
    words: Words | None

    @property
    def person(self) -> Person:
        return self.header.person

    @property
    def is_limited(self) -> bool:
        """Whether only parts of the record open."""
        return Part.RECORD not in self.header.parts

    def opens(self, part: Part) -> bool:
        return part in self.header.parts


def overview_of(user: User, person: Person) -> Overview:
    """The overview of a child whom ``user`` may see. ``linked``: people named in it whose own record opens to them."""
    found = around(user, person)
    visible = people_visible_to(user).filter(id__in=[r.other_id for r in found.relationships if r.other_id])
    episodes = (
        episodes_visible_to(user)
        .counted()
        .filter(person=person)
        .select_related("interview")
        .order_by("-reported_at", "id")
    )
    entries = chronology(user, person, ChronologyFilter())
    by_agency = dict(entries.order_by().values_list("agency__name").annotate(Count("id")))
    header = child_header(user, person)
    return Overview(
        header=header,
        referral=visible_to(user, Referral).filter(person=person).select_related("agency").first(),
        around=found,
        due=due_of(user, person),
        involved=involved_of(user, person),
        linked=set(visible.values_list("id", flat=True)),
        episodes=list(episodes[:LATEST_EPISODES]),
        episode_count=episodes.count(),
        entries=list(entries[:LATEST_ENTRIES]),
        entry_count=sum(by_agency.values()),
        agencies=sorted(by_agency),
        shares=[] if Part.RECORD in header.parts else shares_reaching(user, [person.id]),
        words=latest_words(user, person),
    )


def shares_reaching(user: User, people: Collection[uuid.UUID]) -> list[Grant]:
    """The grants of parts of these records through which the user sees them, the longest first."""
    grants = grants_used(user, people).exclude(parts=[]).exclude(parts__overlap=[Part.EMERGENCY, Part.POINTER])
    return list(grants.select_related("agency", "user").order_by("-ends_at", "id"))


@dataclass(frozen=True)
class Found:
    """The people a search shows: at most MOST_FOUND of ``count``; ``nearly`` when no name was spelt as asked."""

    people: list[Person]
    count: int
    nearly: bool = False


def find_people(user: User, asked: Asked) -> Found:
    """Search among the people this user may see, and nobody else."""
    visible = people_visible_to(user)
    if asked.nhs_number or asked.reference:
        return found(by_number(user, visible, asked))
    exact = found(spelt_so(visible, asked))
    if exact.count or not asked.words:
        return exact
    return found(spelt_nearly(visible, asked), nearly=True)


def by_number(user: User, visible: QuerySet[Person], asked: Asked) -> QuerySet[Person]:
    """A reference finds only whoever may see what it refers to."""
    if asked.nhs_number:
        return visible.filter(nhs_number=asked.nhs_number)
    cases = visible_to(user, Case).filter(reference__iexact=asked.reference).values("person")
    referrals = visible_to(user, Referral).filter(reference__iexact=asked.reference).values("person")
    episodes = visible_to(user, MissingEpisode).filter(police_ref__iexact=asked.reference).values("person")
    return visible.filter(Q(id__in=cases) | Q(id__in=referrals) | Q(id__in=episodes))


def found(people: QuerySet[Person], nearly: bool = False) -> Found:
    return Found(list(people[:MOST_FOUND]), people.count(), nearly)


@dataclass(frozen=True)
class Story:
    """What happened to one invented young person, first to last, and who can show their record."""

    person: Person
    entries: list[ChronologyEntry]
    guide: User | None


def story() -> Story | None:
    """The story of the invented area; None where there is none. Nobody real is ever found by this."""
    with duty(Duty.STORY):
        return _told()


def _told() -> Story | None:
    kept = Grant.objects.filter(reason=KEPT_FOR_TRAINING, person__is_synthetic=True).select_related("person", "user")
    grants = list(kept)
    if not grants:
        return None
    person = grants[0].person
    note(Action.READ, "story", object_id=person.id, children=[person.id])
    entries = person.chronology.filter(superseded_by=None).select_related("agency", "recorded_by", "supersedes")
    guide = next((grant.user for grant in grants if grant.user and grant.user.is_demonstration), None)
    return Story(person, list(entries.order_by("happened_at", "recorded_at", "id")), guide)
