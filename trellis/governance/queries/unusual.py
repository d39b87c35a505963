"""Openings, searches and refusals that deserve a question: found by rules over the log, whose numbers are limits.

Whoever asks may read the log; a sealed child of whose seal they hold no part is in no finding (see governance.access).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from trellis.accounts.models import User
from trellis.core.clocks import birthday_in, now, today
from trellis.core.reference_data import limit
from trellis.core.row_context import Duty, duty
from trellis.governance.access import left_out
from trellis.governance.models import Rule, UnusualAccessReview
from trellis.governance.queries.unusual_sql import UNUSUAL
from trellis.people.models import Person
from trellis.people.names import search_key

DAYS = 30
ADULT_YEARS = 18
TITLES = ("dr", "mr", "mrs", "ms", "miss", "prof")
BY_FAMILY_NAME = ("family_name", "household")

Key = tuple[str, UUID, UUID | date | None]


@dataclass
class Finding:
    """What one rule found about one worker and one record, or one day. ``reviews``: what was made of it, the latest
    first."""

    rule: Rule
    worker: User
    child: UUID | None
    on: date | None
    first_at: datetime
    last_at: datetime
    times: int
    evidence: set[str] = field(default_factory=set)
    reviews: list[UnusualAccessReview] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return (self.rule, self.worker.id, self.child or self.on)

    @property
    def about(self) -> str:
        """The record or the day, as it stands in an address."""
        return str(self.child or self.on)

    @property
    def review(self) -> UnusualAccessReview | None:
        """What was made of all of it; None once more was opened since."""
        latest = self.reviews[0] if self.reviews else None
        return latest if latest and latest.seen_until_at >= self.last_at else None

    @property
    def outcome(self) -> str:
        return self.review.outcome if self.review else ""


def unusual(user: User, days: int = DAYS, *, worker: UUID | None = None, child: UUID | None = None) -> list[Finding]:
    """The findings of the last ``days``, the latest first; of one worker or about one record, if asked."""
    with duty(Duty.REVIEW):
        workers = {each.id: each for each in User.objects.all()}
        found = _found(_asked(user, workers.values(), days, worker, child))
        certain = _without_given_names(found, workers)
        findings = _one_each(certain, workers)
        _add_reviews(findings)
    return findings


def chosen(findings: Iterable[Finding], rule: str, state: str) -> list[Finding]:
    """Those of one rule, or all; those not looked at yet (""), with an outcome, or "all"."""
    return [f for f in findings if (not rule or f.rule == rule) and (state == "all" or f.outcome == state)]


def finding(user: User, rule: str, worker: UUID, about: UUID | date, days: int) -> Finding | None:
    """One finding as it stands now."""
    child = about if isinstance(about, UUID) else None
    return next((f for f in unusual(user, days, worker=worker, child=child) if f.key == (rule, worker, about)), None)


def _asked(
    user: User, workers: Iterable[User], days: int, worker: UUID | None, child: UUID | None
) -> Mapping[str, Any]:
    moment, day = now(), today()
    known = list(workers)
    keys = [_name_key(each.name) for each in known]
    return {
        "known_from": moment - timedelta(days=days + limit("unusual.known_days", day)),
        "start": moment - timedelta(days=days),
        "stop": moment,
        "left_out": list(left_out(user)),
        "worker": worker,
        "child": child,
        "ids": [each.id for each in known],
        "names": keys,
        "surnames": [_surname(key) for key in keys],
        "postcodes": ["".join(each.home_postcode.split()).upper() for each in known],
        "adult": birthday_in(day, day.year - ADULT_YEARS),
        "searches": limit("unusual.searches", day),
        "refusals": limit("unusual.refusals", day),
        "day_begins": limit("unusual.day_begins", day),
        "day_ends": limit("unusual.day_ends", day),
    }


def _name_key(name: str) -> str:
    first, _, rest = search_key(name).partition(" ")
    return rest if first in TITLES and rest else f"{first} {rest}".strip()


def _surname(key: str) -> str:
    return key.rpartition(" ")[2]


def _found(asked: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(UNUSUAL, asked)
        return cursor.fetchall()


def _without_given_names(rows: list[tuple[Any, ...]], workers: Mapping[UUID, User]) -> list[tuple[Any, ...]]:
    """Leave out where the worker's surname is the child's given name, or the one they are known by."""
    doubtful = {child for _, _, child, *_, evidence, _ in rows if evidence in BY_FAMILY_NAME}
    names = dict(Person.objects.filter(id__in=doubtful).values_list("id", "family_name"))
    surnames = {child: _surname(search_key(name)) for child, name in names.items()}
    return [
        row
        for row in rows
        if row[7] not in BY_FAMILY_NAME or surnames[row[2]] == _surname(_name_key(workers[row[8]].name))
    ]


def _one_each(rows: list[tuple[Any, ...]], workers: Mapping[UUID, User]) -> list[Finding]:
    findings: dict[Key, Finding] = {}
    for rule, actor, child, on, first_at, last_at, times, evidence, _ in rows:
        made = Finding(Rule(rule), workers[actor], child, on, first_at, last_at, times)
        findings.setdefault(made.key, made).evidence.add(evidence)
    return list(findings.values())


def _add_reviews(findings: Iterable[Finding]) -> None:
    by_key = {finding.key: finding for finding in findings}
    made = UnusualAccessReview.objects.filter(worker__in={finding.worker.id for finding in by_key.values()})
    for review in made.select_related("reviewed_by").order_by("-reviewed_at"):
        about = by_key.get((review.rule, review.worker_id, review.person_id or review.on))
        if about:
            about.reviews.append(review)
