"""Three answers to one question, whatever the hub went through: the oracle's, the access functions', and the rows that
row-level security lets through. They are never different."""

from datetime import datetime, timedelta
from functools import cache
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings, strategies
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.access import plain
from tests.access.oracle import EVERYTHING, OF_PERSON, Oracle
from tests.access.small_hub import SmallHub, small_hub, write_item
from tests.factories import people
from tests.support.context import SEES_ALL
from trellis.accounts.models import Membership, User
from trellis.audit_log.trail import recorded
from trellis.cases.models import Case, ChronologyEntry, EntryRecoding, RawText
from trellis.core.clocks import now, today
from trellis.core.protection import Part
from trellis.core.row_context import Context, asked_by
from trellis.missing.models import InterviewMove, MissingEpisode, ReturnInterview
from trellis.need_to_know import services
from trellis.need_to_know.access import can_see_person, parts_seen, people_visible_to, visible_to
from trellis.need_to_know.models import AdultBasis, Exclusion, Grant, Seal, SealHolder
from trellis.people.models import Education, LegalStatus, Person, Relationship
from trellis.referrals.models import Referral, ReferralMove
from trellis.sharing.models import Pointer, SharingDecision

MODELS = (
    *(Person, Education, LegalStatus, Relationship, Grant, Case, ChronologyEntry, RawText, EntryRecoding),
    *(MissingEpisode, ReturnInterview, InterviewMove, Referral, ReferralMove),
    *(Pointer, SharingDecision, AdultBasis),
)
TABLES = {model._meta.db_table: model for model in MODELS}
SOMEBODY = User(id=uuid4(), agency_id=uuid4())
SHARED = ("family", "chronology", "missing", "referrals")
STARTS = strategies.sampled_from([timedelta(days=-30), timedelta(hours=-1), timedelta(days=3)])
ENDS = strategies.sampled_from([None, timedelta(days=20), timedelta(minutes=-30)])
PARTS = strategies.one_of(
    strategies.just([]),
    strategies.just([]),
    strategies.just(["emergency"]),
    strategies.just(["pointer"]),
    strategies.lists(strategies.sampled_from(SHARED), unique=True, min_size=1, max_size=3).map(sorted),
)
ONE = strategies.integers(min_value=0, max_value=1_000)
BRISK = settings(
    max_examples=10,
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
LONG = settings(BRISK, max_examples=80, stateful_step_count=30, derandomize=False)


class AHub(RuleBasedStateMachine):
    """What may happen to who sees whom. ``hub`` is there already; each run starts from it and is undone."""

    hub: SmallHub

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def pick(self, among: list, number: int):
        rows = list(among)
        return rows[number % len(rows)] if rows else None

    # -- grants

    @initialize(many=strategies.lists(strategies.tuples(ONE, ONE, PARTS), min_size=4, max_size=10))
    def begin(self, many) -> None:
        for to, child, parts in many:
            self.grant(to, child, parts, timedelta(days=-30), None)

    @rule(to=ONE, child=ONE, parts=PARTS, start=STARTS, end=ENDS)
    def grant(self, to, child, parts, start, end) -> None:
        """To a user, a team or an agency; one that ended before it began is not possible."""
        if end is not None and end < start:
            start = timedelta(days=-30)
        kind = ("user", "team", "agency")[to % 3]
        whom = self.pick({"user": self.hub.users, "team": self.hub.teams, "agency": self.hub.agencies}[kind], to // 3)
        Grant.objects.create(
            person=self.pick(self.hub.children, child),
            reason="Because",
            parts=parts,
            starts_at=now() + start,
            ends_at=None if end is None else now() + end,
            **{kind: whom},
        )

    @rule(user=ONE, child=ONE, hours=strategies.sampled_from([None, 2]))
    def grant_as_the_hub_does(self, user, child, hours) -> None:
        with recorded(None, "test", duty=SEES_ALL.duty):
            services.grant_sight(
                person=self.pick(self.hub.children, child),
                user=self.pick(self.hub.users, user),
                reason="Lead worker",
                by=None,
                ends_at=now() + timedelta(hours=hours) if hours else None,
            )

    @rule(which=ONE)
    def end_a_grant(self, which) -> None:
        if grant := self.pick(Grant.objects.in_force().order_by("recorded_at"), which):
            Grant.objects.filter(id=grant.id).update(ends_at=now())

    @rule(which=ONE)
    def take_a_grant_away_altogether(self, which) -> None:
        if grant := self.pick(Grant.objects.order_by("recorded_at"), which):
            grant.delete()

    # -- exclusions and seals

    @rule(user=ONE, child=ONE, start=STARTS)
    def exclude(self, user, child, start) -> None:
        who, whom = self.pick(self.hub.users, user), self.pick(self.hub.children, child)
        if not Exclusion.objects.filter(user=who, person=whom, ends_at=None).exists():
            Exclusion.objects.create(user=who, person=whom, reason="An aunt", starts_at=now() + start)

    @rule(which=ONE)
    def lift_an_exclusion(self, which) -> None:
        if found := self.pick(
            Exclusion.objects.filter(ends_at=None, starts_at__lte=now()).order_by("recorded_at"), which
        ):
            Exclusion.objects.filter(id=found.id).update(ends_at=now())

    @rule(child=ONE, holders=strategies.lists(ONE, max_size=3))
    def seal(self, child, holders) -> None:
        person = self.pick(self.hub.children, child)
        if Seal.objects.filter(person=person, unsealed_at=None).exists():
            return
        made = Seal.objects.create(person=person, reason="A threat", sealed_at=now())
        for user in {self.pick(self.hub.users, number) for number in holders}:
            SealHolder.objects.create(seal=made, user=user)

    @precondition(lambda self: Seal.objects.filter(unsealed_at=None).exists())
    @rule(which=ONE, user=ONE)
    def name_a_holder(self, which, user) -> None:
        found = self.pick(Seal.objects.filter(unsealed_at=None).order_by("recorded_at"), which)
        SealHolder.objects.get_or_create(seal=found, user=self.pick(self.hub.users, user))

    @precondition(lambda self: Seal.objects.filter(unsealed_at=None).exists())
    @rule(which=ONE)
    def unseal(self, which) -> None:
        found = self.pick(Seal.objects.filter(unsealed_at=None).order_by("recorded_at"), which)
        Seal.objects.filter(id=found.id).update(unsealed_at=now())

    # -- coming of age

    @rule(child=ONE, days=strategies.sampled_from([-400, -10, 0, 1, 200]))
    def put_a_birthday_right(self, child, days) -> None:
        """Of age long before what is granted, in between, today, tomorrow or later."""
        person = Person.objects.filter(id=self.pick(self.hub.children, child).id)
        person.update(date_of_birth=people.born_so_that_of_age_in(days))

    @rule(child=ONE, with_partners=strategies.booleans(), days=strategies.sampled_from([-5, 0, 3]))
    def record_a_basis(self, child, with_partners, days) -> None:
        person = self.pick(self.hub.children, child)
        if not AdultBasis.objects.filter(person=person, ended_at=None).exists():
            AdultBasis.objects.create(
                person=person,
                kind="consent",
                words="Yes",
                with_partners=with_partners,
                starts_on=today() + timedelta(days=days),
            )

    @precondition(lambda self: AdultBasis.objects.filter(ended_at=None).exists())
    @rule(which=ONE)
    def end_a_basis(self, which) -> None:
        found = self.pick(AdultBasis.objects.filter(ended_at=None).order_by("recorded_at"), which)
        AdultBasis.objects.filter(id=found.id).update(ended_at=now())

    # -- workers

    @rule(
        user=ONE, team=ONE, role=ONE, start=strategies.sampled_from([-9, 0, 5]), days=strategies.sampled_from([None, 2])
    )
    def join(self, user, team, role, start, days) -> None:
        first = today() + timedelta(days=start)
        Membership.objects.create(
            user=self.pick(self.hub.users, user),
            team=self.pick(self.hub.teams, team),
            role=self.pick(self.hub.roles, role),
            starts_on=first,
            ends_on=None if days is None else first + timedelta(days=days),
        )

    @rule(which=ONE)
    def leave(self, which) -> None:
        current = Membership.objects.current().filter(user__in=self.hub.users).order_by("recorded_at", "id")
        if found := self.pick(current, which):
            Membership.objects.filter(id=found.id).update(ends_on=today())

    @rule(user=ONE, agency=ONE)
    def move(self, user, agency) -> None:
        chosen = self.pick(self.hub.agencies, agency)
        User.objects.filter(id=self.pick(self.hub.users, user).id).update(agency=chosen)

    @rule(user=ONE)
    def close_or_open_the_account(self, user) -> None:
        account = User.objects.get(id=self.pick(self.hub.users, user).id)
        User.objects.filter(id=account.id).update(is_active=not account.is_active)

    @rule(role=ONE)
    def change_what_a_role_permits(self, role) -> None:
        found = type(self.hub.roles[0]).objects.get(id=self.pick(self.hub.roles, role).id)
        found.permissions = [] if found.permissions else ["CHILD_READ"]
        found.save()

    # -- items

    @rule(
        child=ONE,
        agency=ONE,
        code=strategies.sampled_from(["P", "C", "5x5x5:4"]),
        limited=strategies.lists(ONE, max_size=2),
        about=strategies.sampled_from(["", "missing", "referrals"]),
    )
    def write(self, child, agency, code, limited, about) -> None:
        among = [self.pick(self.hub.agencies, number).id for number in limited]
        whose = self.pick(self.hub.agencies, agency)
        write_item(self.pick(self.hub.children, child), whose, code, among, about=about)

    @rule(which=ONE, code=strategies.sampled_from(["P", "C", "5x5x5:4", ""]), limited=strategies.lists(ONE, max_size=1))
    def recode(self, which, code, limited) -> None:
        entry = self.pick(ChronologyEntry.objects.order_by("recorded_at", "id"), which)
        among = [self.pick(self.hub.agencies, number).id for number in limited]
        ChronologyEntry.objects.filter(id=entry.id).update(handling=code, limited_to=among)

    # -- what must hold whenever somebody asks

    @invariant()
    def the_three_answers_are_one(self) -> None:
        oracle, moment = plain.oracle(), database_clock()
        users = list(User.objects.filter(id__in=[user.id for user in self.hub.users]).order_by("id"))
        for user in users:
            expected = {table: oracle.rows_seen(user.id, table, moment) for table in TABLES}
            assert rows_let_through(user) == expected
            assert rows_filtered(user) == expected
        # The functions that ask of one child take longer: one worker at a time.
        self.asked = getattr(self, "asked", -1) + 1
        compare_functions(oracle, users[self.asked % len(users)], self.hub.children, moment)


def compare_functions(oracle: Oracle, user: User, children: list[Person], moment: datetime) -> None:
    assert set(people_visible_to(user).values_list("id", flat=True)) == oracle.rows_seen(
        user.id, "people_person", moment
    )
    for child in children:
        parts = oracle.parts(user.id, child.id, moment)
        assert {str(part) for part in parts_seen(user, child.id)} - {"emergency"} == parts
        part = EVERYTHING[(child.date_of_birth.day + len(parts)) % len(EVERYTHING)]
        assert can_see_person(user, child.id, Part(part)) == (part in parts)


def rows_let_through(user: User) -> dict[str, set]:
    """What the app's role is given of each table when it asks on behalf of this user, with no filter at all."""
    every = " UNION ALL ".join(f"SELECT '{table}', id FROM {table}" for table in TABLES)
    with asked_by(Context(user=str(user.id), agency=str(user.agency_id))):
        return by_table(every)


def rows_filtered(user: User) -> dict[str, set]:
    """What ``visible_to`` gives of each table where every row could be read."""
    text, values = the_filters()
    ids = {SOMEBODY.id: user.id, SOMEBODY.agency_id: user.agency_id}
    return by_table(text, [ids.get(value, value) if isinstance(value, UUID) else value for value in values])


@cache
def the_filters() -> tuple[str, list]:
    """``visible_to`` of every model as one statement for somebody, to be asked for anybody: put together once."""
    parts, values = [], []
    for table, model in TABLES.items():
        text, own = visible_to(SOMEBODY, model).order_by().values("id").query.sql_with_params()
        parts.append(f"SELECT '{table}', found.id FROM ({text}) found")
        values += own
    return " UNION ALL ".join(parts), values


def by_table(statement: str, values: list | None = None) -> dict[str, set]:
    found: dict[str, set] = {table: set() for table in TABLES}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        for table, row in cursor.fetchall():
            found[table].add(row)
    return found


def database_clock() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_oracle_services_and_row_security_agree():
    run(BRISK)


@pytest.mark.nightly
@pytest.mark.django_db
def test_oracle_services_and_row_security_agree_for_long():
    run(LONG)


def run(profile: settings) -> None:
    hub = small_hub()
    run_state_machine_as_test(type("AHubInUse", (AHub,), {"hub": hub}), settings=profile)


@pytest.mark.django_db
def test_there_is_something_of_every_kind_to_see():
    """Else the comparison would hold of nothing. Cases and aliases are compared by the matrix."""
    hub = small_hub()
    for child in hub.children:
        Grant.objects.create(person=child, user=hub.users[0], reason="All", starts_at=now() - timedelta(days=1))
    seen = plain.oracle()
    empty = {table for table in TABLES if not seen.rows_seen(hub.users[0].id, table, now())}
    assert empty <= {"cases_case", "cases_rawtext"}, empty
    assert set(OF_PERSON) >= {table for table in TABLES if table in OF_PERSON}
