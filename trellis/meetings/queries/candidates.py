"""Who belongs on the agenda of a meeting, and why: by the panel's rule, by referral, by what was left over.

Asked as whoever builds the agenda: nobody they do not see is on it, and nothing says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from trellis.accounts.models import User
from trellis.cases.lifecycle import OPEN
from trellis.cases.models import Case
from trellis.core.clocks import london_date
from trellis.core.presenters import day as in_words
from trellis.core.presenters import plural
from trellis.core.reference_data import limit
from trellis.meetings.access import items_visible_to
from trellis.meetings.lifecycle import CANCELLED, HELD, PUT_OFF, TAKEN_OFF, TALKED_ABOUT, TO_DO, WAITING, WITHDRAWN
from trellis.meetings.models import AgendaItem, PanelAction, PanelMeeting, PanelReferral, Rule
from trellis.missing.access import episodes_visible_to
from trellis.missing.lifecycle import MISSING
from trellis.need_to_know.access import people_visible_to, visible_to
from trellis.people.models import Person

HIGH = "high"
NO_LONGER = "no_longer"
MONTHS = 12
OUT_NOW, GRADED_HIGH, REPEATEDLY, COMES_OF_AGE, REFERRED, PUT_OFF_BEFORE, REVIEW_DUE, TO_BE_DONE = range(8)


@dataclass(frozen=True)
class Reason:
    """One reason for one young person. ``weight`` puts those of one ``rank`` in order, the heaviest first."""

    person: UUID
    rank: int
    words: str
    weight: int = 0
    referral: PanelReferral | None = None


@dataclass(frozen=True)
class Candidate:
    """Somebody who belongs on the agenda, with every reason in words."""

    person: Person
    reason: str
    referral: PanelReferral | None


def candidates(user: User, meeting: PanelMeeting) -> list[Candidate]:
    """Whom of those the user sees the meeting is to talk about, in order."""
    found: dict[UUID, list[Reason]] = {}
    allowed = _consented(user, meeting) if meeting.panel.consent_from else None
    for reason in _reasons(user, meeting):
        if allowed is None or reason.person in allowed:
            found.setdefault(reason.person, []).append(reason)
    people = people_visible_to(user).in_bulk(list(found))
    order = sorted(people.values(), key=lambda person: (*_place(found[person.id]), person.family_name, str(person.id)))
    return [_candidate(person, found[person.id]) for person in order]


def _place(reasons: list[Reason]) -> tuple[int, int]:
    first = min(reasons, key=lambda reason: (reason.rank, -reason.weight))
    return first.rank, -first.weight


def _candidate(person: Person, reasons: list[Reason]) -> Candidate:
    words = "; ".join(reason.words for reason in sorted(reasons, key=lambda reason: reason.rank))
    return Candidate(person, words, next((reason.referral for reason in reasons if reason.referral), None))


def _consented(user: User, meeting: PanelMeeting) -> set[UUID]:
    """Whose latest referral to a panel that needs consent stands."""
    rows = visible_to(user, PanelReferral).filter(panel=meeting.panel_id).order_by("person_id", "-referred_at", "id")
    return {row.person_id for row in rows.distinct("person_id") if row.status != WITHDRAWN}


def _reasons(user: User, meeting: PanelMeeting) -> Iterator[Reason]:
    match meeting.panel.rule:
        case Rule.MISSING:
            yield from _missing(user, meeting)
        case Rule.ADULTHOOD:
            yield from _adulthood(user, meeting)
    yield from _referred(user, meeting)
    yield from _left_over(user, meeting)
    yield from _to_be_done(user, meeting)


def last_met(meeting: PanelMeeting) -> datetime | None:
    """When this panel met last before this meeting."""
    rows = PanelMeeting.objects.filter(panel=meeting.panel_id, status=HELD, meets_at__lt=meeting.meets_at)
    return rows.order_by("-meets_at").values_list("meets_at", flat=True).first()


def _missing(user: User, meeting: PanelMeeting) -> Iterator[Reason]:
    """Missing now; graded high, or missing so often within so many days (limits), once more since the panel met."""
    on = london_date(meeting.meets_at)
    often, days = limit("missing.repeat_count", on), limit("missing.repeat_days", on)
    window = meeting.meets_at - timedelta(days=days)
    since = max(window, last_met(meeting) or window)
    episodes = episodes_visible_to(user).counted().filter(reported_at__gte=window, reported_at__lt=meeting.meets_at)
    new = Q(reported_at__gte=since)
    rows = (
        episodes.order_by()
        .values_list("person")
        .annotate(
            count=Count("id"),
            lately=Count("id", filter=new),
            high=Count("id", filter=new & Q(risk_grade=HIGH)),
            out=Count("id", filter=Q(status=MISSING)),
        )
    )
    for person, count, lately, high, out in rows:
        if out:
            yield Reason(person, OUT_NOW, "Missing now", count)
        if high:
            yield Reason(person, GRADED_HIGH, f"Graded high {_times(high)} since {in_words(since)}", high)
        if count >= often and lately:
            yield Reason(person, REPEATEDLY, f"Missing {_times(count)} within {days} days", count)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def months_before(on: date, months: int) -> date:
    """The same day ``months`` earlier, or the last day of that month."""
    years, month = divmod(on.year * MONTHS + on.month - 1 - months, MONTHS)
    first_of_next = date(years + (month + 1) // MONTHS, (month + 1) % MONTHS + 1, 1)
    return min(date(years, month + 1, 1) + timedelta(days=on.day - 1), first_of_next - timedelta(days=1))


def _adulthood(user: User, meeting: PanelMeeting) -> Iterator[Reason]:
    """With an open case, from the age of the limit on, unless the panel talked about them before: then by review."""
    on = london_date(meeting.meets_at)
    born = months_before(on, limit("panel.adulthood", on))
    before = items_visible_to(user).filter(meeting__panel=meeting.panel_id, status=TALKED_ABOUT)
    cases = visible_to(user, Case).filter(status=OPEN, person__date_of_birth__lte=born)
    cases = cases.exclude(person__in=before.values("person")).select_related("person")
    for case in cases:
        age = case.person.age
        yield Reason(case.person_id, COMES_OF_AGE, f"{age} years old, with an open case", age)


def _referred(user: User, meeting: PanelMeeting) -> Iterator[Reason]:
    rows = visible_to(user, PanelReferral).filter(panel=meeting.panel_id, status=WAITING).select_related("referred_by")
    for referral in rows.order_by("referred_at"):
        by = f" by {referral.referred_by.name}" if referral.referred_by else ""
        waited = (meeting.meets_at - referral.referred_at) // timedelta(microseconds=1)
        words = f"Referred on {in_words(referral.referred_at)}{by}"
        yield Reason(referral.person_id, REFERRED, words, waited, referral)


def _earlier(user: User, meeting: PanelMeeting) -> QuerySet[AgendaItem]:
    """Of each young person the last time they were on an agenda of this panel."""
    rows = items_visible_to(user).filter(meeting__panel=meeting.panel_id, meeting__meets_at__lt=meeting.meets_at)
    rows = rows.exclude(status=TAKEN_OFF).exclude(meeting__status=CANCELLED).select_related("meeting", "referral")
    return rows.order_by("person_id", "-meeting__meets_at").distinct("person_id")


def _left_over(user: User, meeting: PanelMeeting) -> Iterator[Reason]:
    """Put off or not reached last time, or to be looked at again by now."""
    on = london_date(meeting.meets_at)
    for item in _earlier(user, meeting):
        if item.status == PUT_OFF or (item.status != TALKED_ABOUT and item.meeting.status == HELD):
            words = f"Not talked about on {in_words(item.meeting.meets_at)}"
            waits = item.referral if item.referral and item.referral.status == WAITING else None
            yield Reason(item.person_id, PUT_OFF_BEFORE, words, referral=waits)
        elif item.review_on and item.review_on <= on and item.decision != NO_LONGER:
            overdue = (on - item.review_on).days
            yield Reason(item.person_id, REVIEW_DUE, f"To be looked at again by {in_words(item.review_on)}", overdue)


def _to_be_done(user: User, meeting: PanelMeeting) -> Iterator[Reason]:
    rows = visible_to(user, PanelAction).filter(
        status=TO_DO, item__meeting__panel=meeting.panel_id, item__meeting__meets_at__lt=meeting.meets_at
    )
    for person, count in rows.order_by().values_list("person").annotate(Count("id")):
        yield Reason(person, TO_BE_DONE, f"{plural(count, 'action')} of this panel still to do", count)
