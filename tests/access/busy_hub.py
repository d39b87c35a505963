"""A hub of twenty users who see different things, committed, and what each of them may be given: worked out once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from tests.access import plain
from tests.access.oracle import DETAILS, OF_PERSON, Oracle
from tests.access.small_hub import write_about
from tests.factories import accounts, people
from tests.factories.prepared import prepared
from trellis.accounts.models import Agency, Team, User
from trellis.core.clocks import now
from trellis.need_to_know.models import Exclusion, Grant, Seal, SealHolder
from trellis.people.models import Person

AGENCIES = ("social_care", "police", "health", "education")
CHILDREN = 12
RELATIONSHIPS = "people_relationship"
SHARED = ("family", "chronology", "missing", "referrals")
TABLES = (*OF_PERSON, *DETAILS)


@dataclass
class BusyHub:
    users: list[UUID]
    children: dict[UUID, str]
    oracle: Oracle
    moment: datetime
    given: dict[tuple[UUID, str], frozenset[UUID]]
    pages_open: frozenset[tuple[UUID, UUID]]
    named_to: dict[UUID, frozenset[str]]

    def sees(self, user: UUID, person: UUID, part: str) -> bool:
        return self.oracle.sees(user, person, part, self.moment)


def twenty_users() -> list[User]:
    """Those of the hub see by their team; the others by what is granted to them or their agency."""
    workers = [accounts.hub_worker_of(AGENCIES[n % 3]) for n in range(6)]
    desk = [accounts.missing_worker(), accounts.missing_worker()]
    managers = [accounts.manager(), accounts.manager(agency="police")]
    partners = [accounts.remote_partner(code) for code in ("education", "education", "youth_justice", "housing")]
    alone = [
        accounts.member("analysis", "practitioner", agency=code) for code in ("health", "early_help", "psychology")
    ]
    return [*workers, *desk, *managers, *partners, *alone, accounts.analyst(), accounts.leaver(), accounts.user()]


def busy_hub() -> BusyHub:
    users = twenty_users()
    agencies = [Agency.objects.get(code=code) for code in AGENCIES]
    names = {n: f"Kq{chr(97 + n)}{chr(97 + n)}zx" for n in range(CHILDREN)}
    made = [people.child(given_name=names[n], date_of_birth=date(2010, 1, 1 + n)) for n in range(CHILDREN)]
    with prepared():
        for number, child in enumerate(made):
            write_about(child, made[number - 1], agencies)
        # Half the children stay as the services left them; of the others only what follows is granted.
        Grant.objects.filter(person__in=made[::2]).delete()
        for grant in grants(users, made, agencies):
            grant.save()
        keep_apart(users, made)
    return settled(users, made)


def grants(users: list[User], made: list[Person], agencies: list[Agency]) -> list[Grant]:
    """To users, teams and agencies; whole, in part, for an emergency; in date, over, not begun."""
    spans = [(-30, None), (-30, 20), (-30, None), (-30, -2), (3, None)]
    openings = [[], [SHARED[0]], sorted(SHARED[1:3]), [], ["emergency"], ["pointer"], sorted(SHARED)]
    teams = [Team.objects.get(code=code) for code in ("hub", "missing", "management")]
    found = []
    for number in range(60):
        start, end = spans[number % len(spans)]
        whom = ({"user": users[number % len(users)]}, {"agency": agencies[number % 4]}, {"team": teams[number % 3]})
        found.append(
            Grant(
                person=made[number * 5 % CHILDREN if number % 3 else number * 2 % CHILDREN],
                parts=openings[number % len(openings)],
                reason="Because",
                starts_at=now() + timedelta(days=start),
                ends_at=None if end is None else now() + timedelta(days=end),
                **whom[min(number % 5, 2) if number % 5 in (1, 2) else 0],
            )
        )
    return found


def keep_apart(users: list[User], made: list[Person]) -> None:
    since = now() - timedelta(days=1)
    for number in range(4):
        Exclusion.objects.create(user=users[number * 3], person=made[number * 2 + 1], reason="An aunt", starts_at=since)
    for number in (3, 8):
        seal = Seal.objects.create(person=made[number], reason="A threat", sealed_at=since)
        for user in (users[number], users[number - 1]):
            SealHolder.objects.create(seal=seal, user=user)


def settled(users: list[User], made: list[Person]) -> BusyHub:
    oracle, moment, names = plain.oracle(), now(), {child.id: child.given_name for child in made}
    given = {(u.id, table): frozenset(oracle.rows_seen(u.id, table, moment)) for u in users for table in TABLES}
    opened = {u.id: [c.id for c in made if oracle.sees(u.id, c.id, "identity", moment)] for u in users}
    return BusyHub(
        users=[user.id for user in users],
        children=names,
        oracle=oracle,
        moment=moment,
        given=given,
        pages_open=frozenset((user, child) for user, children in opened.items() for child in children),
        named_to={u.id: frozenset(names[p] for p in [*opened[u.id], *friends(oracle, given, u.id)]) for u in users},
    )


def friends(oracle: Oracle, given: dict[tuple[UUID, str], frozenset[UUID]], user: UUID) -> list[UUID]:
    """A relationship that somebody sees names the other person, whose own record may be shut to them."""
    return [oracle.row(RELATIONSHIPS, row)["other_id"] for row in given[user, RELATIONSHIPS]]
