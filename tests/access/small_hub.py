"""A hub small enough to compare whole: seven workers, four agencies, four children, a row of every kind about each."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.factories import accounts, missing, people, referrals
from tests.factories.prepared import prepared
from trellis.accounts.models import Agency, Membership, Role, Team, User
from trellis.cases.models import ChronologyEntry, EntryRecoding, RawText
from trellis.core.clocks import now
from trellis.need_to_know.models import AdultBasis, Grant
from trellis.people.models import Education, LegalStatus, Person, Relationship
from trellis.sharing.models import Pointer, SharingDecision

AGENCIES = ("social_care", "police", "health", "education")


@dataclass
class SmallHub:
    users: list[User]
    children: list[Person]
    agencies: list[Agency]
    teams: list[Team]
    roles: list[Role]


def small_hub() -> SmallHub:
    """Nobody sees anybody yet: what the making of the rows granted is taken away again."""
    agencies = [Agency.objects.get(code=code) for code in AGENCIES]
    users = [accounts.user(agency=AGENCIES[n % len(AGENCIES)]) for n in range(7)]
    teams = [Team.objects.get(code=code) for code in ("hub", "missing")]
    roles = [Role.objects.create(code=f"role-{n}", name=f"Role {n}", permissions=["CHILD_READ"]) for n in range(2)]
    for number, user in enumerate(users[:5]):
        Membership.objects.create(
            user=user, team=teams[number % 2], role=roles[number // 2 % 2], starts_on=date(2024, 1, 1)
        )
    children = [people.child(given_name=f"Child {n}", date_of_birth=date(2010, 1, 1 + n)) for n in range(4)]
    with prepared():
        for number, child in enumerate(children):
            write_about(child, children[number - 1], agencies)
        Grant.objects.all().delete()
    return SmallHub(users, children, agencies, teams, roles)


def write_about(child: Person, other: Person, agencies: list[Agency]) -> None:
    """A row of every kind the record of a child is made of; notes by each agency."""
    Education.objects.create(person=child, starts_on=date(2022, 9, 1), provision="mainstream")
    LegalStatus.objects.create(person=child, starts_on=date(2023, 1, 1), kind="looked_after", authority="E08000003")
    Relationship.objects.create(person=child, other=other, kind="friend", starts_on=date(2023, 1, 1))
    missing.returned_child(child)
    referrals.waiting_referral(child)
    told = [agency.id for agency in agencies[2:]]
    worker, since = accounts.user(), now() - timedelta(days=9)
    AdultBasis.objects.create(person=child, kind="consent", words="Yes", starts_on=since.date(), ended_at=since)
    SharingDecision.objects.create(
        person=child, outcome="not_relevant", agency=agencies[3], reason="No", decided_at=since, decided_by=worker
    )
    Pointer.objects.create(
        person=child,
        child_name=child.name,
        date_of_birth=child.date_of_birth,
        agency=agencies[2],
        agencies=told,
        contact=worker,
        starts_at=since,
        recorded_by=worker,
    )
    for agency in agencies:
        entry = write_item(child, agency, handling="C" if agency.code == "police" else "P")
        EntryRecoding.objects.create(entry=entry, old={}, new={}, recorded_by=accounts.user(), why="Told since")
        RawText.objects.create(entry=entry, agency=agency, text="Word for word")


def write_item(
    child: Person, agency: Agency, handling: str = "P", limited_to: list | None = None, **texts: str
) -> ChronologyEntry:
    return ChronologyEntry.objects.create(
        person=child,
        agency=agency,
        handling=handling,
        limited_to=limited_to or [],
        kind="note",
        happened_at=now() - timedelta(days=1),
        **{"title": "Seen", "conditions": "Ask first" if handling == "C" else "", **texts},
    )
