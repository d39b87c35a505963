"""Reads for the team's list, a young person's page, and what is due."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Prefetch, Q

from trellis.accounts.models import Agency, User
from trellis.assessments.access import assessments_visible_to
from trellis.assessments.lifecycle import SIGNED_OFF, SUBMITTED
from trellis.assessments.models import Assessment
from trellis.cases.models import Allocation, Case
from trellis.cases.queries import allocations_of
from trellis.core.clocks import birthday_in, today
from trellis.core.models import Code
from trellis.core.protection import Part
from trellis.core.reference_data import limit
from trellis.need_to_know.access import can_see_person, sight_of, visible_to
from trellis.nrm.access import referrals_visible_to, statements_visible_to
from trellis.nrm.lifecycle import DEVOLVED, NEGATIVE, NRM_REFERRAL, OVER
from trellis.nrm.models import (
    Guardian,
    NrmDecision,
    NrmReconsideration,
    NrmReferral,
    NrmReferralMove,
    NrmRoute,
    NrmStatement,
    Section45,
)
from trellis.nrm.models.referrals import NrmReferralQuerySet
from trellis.nrm.routes import ADULT, Route, Setting, is_reminded, last_day_for_panel, routes
from trellis.people.models import Person

OUTCOMES = "nrm_outcome"
TYPES = "nrm_exploitation_type"
SHORT = "nrm.devolved.short_of_18"
HEAD_START = "nrm.devolved.head_start"
# Around 29 February the same birthday eighteen years before may be a day off: these are left out again by the day.
MARGIN = timedelta(days=2)
STANDING = tuple(status for status in NRM_REFERRAL.statuses if status not in OVER)


def settings_on(authority: str, on: date) -> list[Setting]:
    """Which bodies decide for children of ``authority`` on a day; what is said of it by name beats what is of all."""
    rows = NrmRoute.objects.filter(authority__in=("", authority), valid_from__lte=on).exclude(valid_to__lte=on)
    held = {row.body: row for row in rows.order_by("authority")}
    return [Setting(row.body, row.conditions, row.verified, row.source) for row in held.values()]


def routes_on(person: Person, on: date) -> list[Route]:
    """Every body, open to a referral of this young person made on the day ``on`` or not, and why not."""
    return routes(person.date_of_birth, on, settings_on(person.authority, on), limit(SHORT, on))


def all_referrals(user: User) -> NrmReferralQuerySet:
    """What the team's list shows of every referral this user may see."""
    decisions = NrmDecision.objects.order_by("decided_on", "-stage", "recorded_at")
    rows = referrals_visible_to(user).select_related("person", "agency")
    return rows.prefetch_related(Prefetch("decisions", decisions))


@dataclass(frozen=True)
class ListFilter:
    """Which part of the list is asked for."""

    status: str = ""
    body: str = ""
    only: str = ""


def listed(user: User, wanted: ListFilter) -> NrmReferralQuerySet:
    """The referrals asked for, overdue first, then by their next clock."""
    rows, day = all_referrals(user), today()
    if wanted.status:
        rows = rows.filter(status=wanted.status)
    if wanted.body:
        rows = rows.filter(body=wanted.body)
    if wanted.only == "overdue":
        rows = rows.overdue(day)
    if wanted.only == "mine":
        rows = rows.filter(person__in=allocations_of(user).order_by().values("case__person"))
    return rows.by_clock(day)


def soon_too_old(user: User, on: date | None = None) -> list[tuple[Person, date]]:
    """Young people with an open case and no referral that stands, for whom the hub is reminded that a local panel soon
    decides no more; each with the panel's last day, the nearest first."""
    day = on or today()
    short, head_start = limit(SHORT, day), limit(HEAD_START, day)
    stands = NrmReferral.objects.filter(status__in=STANDING).order_by().values("person")
    people = (
        Person.objects.filter(
            date_of_birth__gte=_eighteen_years_before(day + timedelta(days=short) - MARGIN),
            date_of_birth__lte=_eighteen_years_before(day + timedelta(days=short + head_start) + MARGIN),
            id__in=sight_of(user, Part.NRM).values("person"),
        )
        .filter(id__in=Case.objects.open().order_by().values("person"))
        .exclude(id__in=stands)
        .order_by("date_of_birth", "id")
    )
    decides = _panels_on(day)
    told = [person for person in people if "" in decides or person.authority in decides]
    return [
        (person, last_day_for_panel(person.date_of_birth, short))
        for person in told
        if is_reminded(person.date_of_birth, day, short, head_start)
    ]


def _panels_on(day: date) -> set[str]:
    """The authorities for whose children a local panel decides; the empty one is every authority."""
    rows = NrmRoute.objects.filter(body=DEVOLVED, valid_from__lte=day).exclude(valid_to__lte=day)
    return set(rows.order_by().values_list("authority", flat=True))


def _eighteen_years_before(day: date) -> date:
    return birthday_in(day, day.year - ADULT)


def reminder_of(user: User, person: Person) -> date | None:
    """The last day on which a local panel decides for this young person, while the hub is reminded of it; else None."""
    day = today()
    short = limit(SHORT, day)
    if not is_reminded(person.date_of_birth, day, short, limit(HEAD_START, day)):
        return None
    if not _panels_on(day) & {"", person.authority} or not without_referral(user, person):
        return None
    if not person.cases.open().exists():
        return None
    return last_day_for_panel(person.date_of_birth, short)


def without_referral(user: User, person: Person) -> bool:
    return not referrals_visible_to(user).filter(person=person, status__in=STANDING).exists()


@dataclass(frozen=True)
class Considered:
    """What assessments say of whether a referral was considered. ``told``: whether assessments open to the reader."""

    told: bool
    assessments: list[Assessment] = field(default_factory=list)
    waiting: int = 0


def considered(user: User, person: Person) -> Considered:
    """Every assessment submitted, the latest first, and how many under way do not say it yet."""
    if not can_see_person(user, person.id, Part.ASSESSMENTS):
        return Considered(told=False)
    rows = assessments_visible_to(user).filter(person=person).select_related("version__instrument", "worker__agency")
    said = rows.filter(Q(status__in=(SUBMITTED, SIGNED_OFF)) | ~Q(nrm_considered=Assessment.NrmConsidered.NOT_YET))
    not_yet = rows.under_way().filter(nrm_considered=Assessment.NrmConsidered.NOT_YET)
    return Considered(True, list(said.order_by("-clock_started_on", "-recorded_at")), not_yet.count())


@dataclass(frozen=True)
class WholeReferral:
    """A referral with its decisions, moves, reconsiderations, and what of its words opens to the reader."""

    referral: NrmReferral
    decisions: list[NrmDecision]
    reconsiderations: list[NrmReconsideration]
    moves: list[NrmReferralMove]
    statements: list[NrmStatement]


def whole_referrals(user: User, person: Person, only: NrmReferral | None = None) -> list[WholeReferral]:
    """Every referral of a young person, or one of them, the latest first; in as many queries for one as for many."""
    rows = referrals_visible_to(user).filter(person=person).select_related("agency", "recorded_by")
    if only:
        rows = rows.filter(id=only.id)
    rows = rows.order_by("-submitted_at", "id").prefetch_related(
        Prefetch("decisions", NrmDecision.objects.order_by("decided_on", "-stage", "recorded_at")),
        Prefetch("reconsiderations", NrmReconsideration.objects.select_related("decision").order_by("asked_on")),
        Prefetch("status_moves", NrmReferralMove.objects.select_related("moved_by").order_by("moved_at")),
        Prefetch("statements", statements_visible_to(user).select_related("agency").order_by("said_on", "recorded_at")),
    )
    return [
        WholeReferral(
            one,
            list(one.decisions.all()),
            list(one.reconsiderations.all()),
            list(one.status_moves.all()),
            list(one.statements.all()),
        )
        for one in rows
    ]


def guardians_of(user: User, person: Person) -> list[Guardian]:
    return list(visible_to(user, Guardian).filter(person=person).order_by("-asked_on", "id"))


def section_45_of(user: User, person: Person) -> list[Section45]:
    return list(visible_to(user, Section45).filter(person=person).order_by("-considered_on", "id"))


def led_on(person_id: uuid.UUID, on: date) -> set[tuple[uuid.UUID, str]]:
    """Id and name of whoever leads, or on a day led, the work with a young person."""
    leads = Allocation.objects.filter(part=Allocation.Part.LEAD, case__person=person_id, starts_on__lte=on)
    rows = leads.exclude(ends_on__lte=on).order_by().values_list("worker_id", "worker__name")
    return set(rows)


def referrals_waiting_for(user: User) -> NrmReferralQuerySet:
    """Referrals of the user's own young people whose decision is due within a week or overdue, or whose last day to ask
    for reconsideration is."""
    mine = allocations_of(user).order_by().values("case__person")
    soon = today() + timedelta(days=7)
    rows = referrals_visible_to(user).filter(person__in=mine, clock_on__lte=soon)
    rows = rows.filter(Q(clock="reasonable_due") | Q(clock="reconsider_by", clock_on__gte=today()))
    return rows.select_related("person").order_by("clock_on", "id")


def panel_reminders_for(user: User) -> list[tuple[Person, date]]:
    """The local panel's last day for the user's own young people, while the hub is reminded of it."""
    mine = set(allocations_of(user).order_by().values_list("case__person", flat=True))
    return [(person, last) for person, last in soon_too_old(user) if person.id in mine] if mine else []


def is_negative(outcome: str) -> bool:
    """Whether an outcome of the list leads to the question of reconsideration."""
    return Code.objects.filter(list=OUTCOMES, code=outcome, group=NEGATIVE).exists()


def asked_stage(referral: NrmReferral) -> str:
    """The stage whose decision is asked to be looked at again; empty for none."""
    asked = referral.reconsiderations.filter(outcome="").select_related("decision").first()
    return asked.decision.stage if asked else ""


def is_adult(person: Person) -> bool:
    """Whether they are of the age from which a referral needs their consent, today."""
    return person.age >= limit("nrm.consent", today())


def agency(key: str) -> Agency:
    """Which was chosen among the agencies."""
    return Agency.objects.get(id=key)
