"""The rounds of the peer audit: what was drawn, read and agreed. Each reader counts only what they see."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from trellis.accounts.models import Membership, User
from trellis.core.clocks import start_of_day
from trellis.missing.lifecycle import COMPLETED
from trellis.missing.models import AuditAction, AuditRound, InterviewAudit, ReturnInterview
from trellis.need_to_know.access import visible_to

NEXT_DAY = timedelta(days=1)


def held_between(user: User, starts_on: date, ends_on: date) -> QuerySet[ReturnInterview]:
    """Interviews held on these days (both counted) that the user may see, in an order that stays the same."""
    start, end = start_of_day(starts_on), start_of_day(ends_on + NEXT_DAY)
    rows = visible_to(user, ReturnInterview).filter(status=COMPLETED, completed_at__gte=start, completed_at__lt=end)
    return rows.select_related("episode").order_by("completed_at", "id")


@dataclass(frozen=True)
class RoundLine:
    """A round, and how many of the interviews drawn, of those the reader may see, were read."""

    round: AuditRound
    drawn: int
    read: int


def rounds() -> QuerySet[AuditRound]:
    return AuditRound.objects.select_related("drawn_by").order_by("-starts_on", "-drawn_at", "id")


def with_counts(user: User, found: Collection[AuditRound]) -> list[RoundLine]:
    """These rounds with their counts, in as many queries for one as for fifty."""
    audits = visible_to(user, InterviewAudit).filter(round__in=[one.id for one in found])
    drawn, read = Counter[object](), Counter[object]()
    for key, read_at in audits.order_by().values_list("round", "read_at"):
        drawn[key] += 1
        read[key] += read_at is not None
    return [RoundLine(one, drawn[one.id], read[one.id]) for one in found]


def audits_of(user: User, round: AuditRound) -> list[InterviewAudit]:
    """What was drawn, of those the reader may see, what is not yet read first."""
    rows = visible_to(user, InterviewAudit).filter(round=round)
    related = ("interview__episode__person", "interview__completed_by", "read_by")
    return sorted(
        rows.select_related(*related), key=lambda one: (one.read_at is not None, one.interview.completed_at, one.id)
    )


def actions_of(round: AuditRound) -> list[AuditAction]:
    return list(round.actions.select_related("owner").order_by("due_on", "id"))


def those_who_work_here() -> list[tuple[str, str]]:
    """Id and name with agency of everybody who works here now, by name."""
    here = Membership.objects.current().values("user")
    found = User.objects.filter(id__in=here, is_active=True).order_by("name", "email")
    return [(str(key), f"{name}, {agency}") for key, name, agency in found.values_list("id", "name", "agency__name")]


def worker_of(key: str) -> User:
    return User.objects.select_related("agency").get(id=key)
