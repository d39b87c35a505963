"""Who is on the list, why, and who owns the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from trellis.accounts.models import User
from trellis.cases.queries import lead_workers
from trellis.core.clocks import london_date
from trellis.core.reference_data import limit
from trellis.missing.access import episodes_visible_to
from trellis.missing.models import MissingEpisode
from trellis.need_to_know.access import seen_by
from trellis.people.models import Person
from trellis.plans.models import Plan

HIGH, NO_HARM = "high", "none_known"
LONGEST = 20


@dataclass(frozen=True)
class Rule:
    """So many reports within so many days put a child on the list; a high grade or harm in these days does, too."""

    times: int
    days: int


@dataclass
class Listed:
    """A child on the list, with what put them there. ``owner`` is None where there is no plan the reader may see."""

    person: Person
    times: int = 0
    high: int = 0
    harm: int = 0
    latest: datetime | None = None
    planned: bool = False
    owner: User | None = None
    reasons: int = field(default=0)


def rule_on(moment: datetime) -> Rule:
    """The rule in force: the limits of repeated missing. Raises NoLimitInForce."""
    day = london_date(moment)
    return Rule(limit("missing.repeat_count", day), limit("missing.repeat_days", day))


def high_risk(user: User, moment: datetime, rule: Rule) -> list[Listed]:
    """At most twenty children whom the user may see, those with the most reasons first, then the most reports."""
    since = moment - timedelta(days=rule.days)
    episodes = episodes_visible_to(user).counted().filter(reported_at__gt=since, reported_at__lte=moment)
    listed: dict[UUID, Listed] = {}
    for episode in episodes.select_related("person").order_by("reported_at", "id"):
        count(listed.setdefault(episode.person_id, Listed(episode.person)), episode)
    for one in listed.values():
        one.reasons = (one.times >= rule.times) + (one.high > 0) + (one.harm > 0)
    found = sorted((one for one in listed.values() if one.reasons), key=order)[:LONGEST]
    with_owners(user, found)
    return found


def count(one: Listed, episode: MissingEpisode) -> None:
    one.times += 1
    one.high += episode.risk_grade == HIGH
    one.harm += any(code != NO_HARM for code in episode.harm)
    one.latest = episode.reported_at


def order(one: Listed) -> tuple[int, int, str]:
    return -one.reasons, -one.times, str(one.person.id)


def with_owners(user: User, found: Sequence[Listed]) -> None:
    """Whether there is an open plan the user may see, and who leads it: the lead worker of the case."""
    people = [one.person.id for one in found]
    planned = set(Plan.objects.open().filter(seen_by(user, Plan), person__in=people).values_list("person", flat=True))
    leads = lead_workers(planned)
    for one in found:
        one.planned, one.owner = one.person.id in planned, leads.get(one.person.id)
