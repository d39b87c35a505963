"""What one of many users asks of the hub, each on its own database connection: reads, writes, errors, rollbacks. Every
call gives a list of what was wrong with what came back; an empty one is as it should be."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.apps import apps
from django.db import Error, close_old_connections, connection, connections, transaction
from django.test import Client
from psycopg import sql

from tests.access.busy_hub import TABLES, BusyHub
from tests.support.pages import signed_in
from trellis.accounts.access import Hidden, Refused
from trellis.accounts.models import User
from trellis.audit_log.trail import attempt, recorded
from trellis.cases.models import ChronologyEntry
from trellis.cases.services import add_note
from trellis.core.clocks import now
from trellis.core.protection import Part
from trellis.core.row_context import NOBODY, SETTINGS, Duty, duty, present_context
from trellis.need_to_know.access import can_see_person, see_person, visible_to
from trellis.need_to_know.row_security import protected_models
from trellis.people.models import Education, Person

MODELS = {model._meta.db_table: model for model in apps.get_models() if model._meta.db_table in TABLES}
ENTRIES = ChronologyEntry._meta.db_table
PERSON = Person._meta.db_table
PROTECTED = [model._meta.db_table for model in protected_models()]
SAID = ", ".join(f"current_setting('{name}', true)" for name in SETTINGS)
# Whether a table shows a row, and what the settings say.
BARE = {table: f"SELECT EXISTS (SELECT 1 FROM {table}), concat({SAID})" for table in PROTECTED}
MOST_WRITTEN = 200


class Mishap(Exception):
    """Something goes wrong in the middle of a request."""


class Written:
    """The notes that were committed meanwhile, as the oracle reads a row. Shared by all who ask."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.rows: dict[UUID, dict] = {}
        self.committed: dict[UUID, dict] = {}
        self.begun = 0

    def may_begin(self) -> bool:
        with self.lock:
            self.begun += 1
            return self.begun <= MOST_WRITTEN


@dataclass
class Asking:
    """One worker of the web server: a connection of its own, kept from one user to the next."""

    hub: BusyHub
    written: Written
    chance: random.Random
    done: Counter = field(default_factory=Counter)
    given: int = 0
    backend: int = 0
    users: list[User] = field(default_factory=list)
    clients: dict[UUID, Client] = field(default_factory=dict)

    def call(self, kind: str) -> list[str]:
        """One request of some user, and what is left behind by it."""
        close_old_connections()
        wrong = KINDS[kind](self, self.somebody())
        self.done[kind] += 1
        return [f"{kind}: {what}" for what in wrong + self.left_behind()]

    def somebody(self) -> User:
        if not self.users:
            self.users = list(User.objects.filter(id__in=self.hub.users).order_by("id"))
        return self.chance.choice(self.users)

    # -- comparing

    def table(self) -> str:
        return self.chance.choice(TABLES)

    def child(self) -> UUID:
        return self.chance.choice(list(self.hub.children))

    def compare(self, user: UUID, table: str, found: list[UUID], known: dict[UUID, dict] | None = None) -> list[str]:
        """What must be there: the fixed rows, and what was committed before the asking began."""
        self.given += len(found)
        must, may = set(self.hub.given[user, table]), set()
        if table == ENTRIES:
            must |= {id for id, row in (known or {}).items() if self.sees_note(user, row)}
            may = {id for id, row in dict(self.written.rows).items() if self.sees_note(user, row)}
        foreign, lacking = set(found) - must - may, must - set(found)
        wrong = [f"{table}: {len(foreign)} rows that are not theirs to see"] if foreign else []
        wrong += [f"{table}: {len(lacking)} rows of theirs are lacking"] if lacking else []
        return wrong + ([f"{table}: a row twice"] if len(set(found)) < len(found) else [])

    def sees_note(self, user: UUID, row: dict) -> bool:
        return self.hub.oracle.sees_row(user, ENTRIES, row, self.hub.moment)

    def raw(self, user: UUID, table: str) -> list[str]:
        """Every row the app's role is given, with no filter at all."""
        known = dict(self.written.committed)
        return self.compare(user, table, ids_of(table), known)

    def left_behind(self) -> list[str]:
        """The bare connection: no transaction, no setting, no protected row; now and then every table is looked at."""
        wrong = [] if present_context() == NOBODY else ["a context is left over"]
        if connection.in_atomic_block:
            return [*wrong, "a transaction is left open"]
        tables = PROTECTED if self.chance.random() < 0.02 else (PERSON, self.chance.choice(PROTECTED))
        with connection.cursor():  # opens it anew where it was lost
            for table in tables:
                any_row, said = connection.connection.execute(BARE[table], prepare=True).fetchone()
                wrong += [f"{table}: rows where nobody asks"] if any_row else []
                wrong += [f"settings are left over: {said}"] if said else []
        return wrong

    # -- what is asked

    def a_list(self, user: User) -> list[str]:
        table = self.table()
        with recorded(user):
            known = dict(self.written.committed)
            found = list(visible_to(user, MODELS[table]).values_list("id", flat=True))
        return self.compare(user.id, table, found, known)

    def raw_sql(self, user: User) -> list[str]:
        with recorded(user):
            return self.raw(user.id, self.table()) + self.raw(user.id, self.table())

    def one_person(self, user: User) -> list[str]:
        child, part = self.child(), self.chance.choice(list(Part)[:6])
        expected = self.hub.sees(user.id, child, part)
        with recorded(user):
            wrong = [] if can_see_person(user, child, part) == expected else [f"{part} of a child"]
            try:
                with attempt():
                    found = see_person(user, child, part=part).id == child
            except (Hidden, Refused):
                found = False
        return wrong + ([] if found == expected else [f"the record, by its part {part}"])

    def half_read(self, user: User) -> list[str]:
        """A list of which only the first row is fetched."""
        with recorded(user):
            rows = visible_to(user, Person).values_list("id", flat=True).iterator(chunk_size=1)
            first = [id for id, _ in zip(rows, range(1), strict=False)]
        return [] if set(first) <= self.hub.given[user.id, PERSON] else ["a foreign first row"]

    def a_note(self, user: User) -> list[str]:
        """Written and kept by who may; refused by the database to who may not see the child."""
        child, keeps = self.child(), self.written.may_begin()
        sees = self.hub.sees(user.id, child, "chronology")
        written, moment = {"title": "Seen", "body": "At home"}, now() - timedelta(hours=1)
        made = row = None
        try:
            with recorded(user):
                made = add_note(person=Person(id=child), by=user, happened_at=moment, **written)
                row = {name: getattr(made, name) for name in ("id", "person_id", "agency_id", "handling", "limited_to")}
                if not keeps:
                    raise Mishap
                self.written.rows[made.id] = row
            self.written.committed[made.id] = row
        except (Refused, Mishap, Error):
            pass
        return [] if made is None or sees else ["a note about a child whom the writer does not see"]

    def a_change(self, user: User) -> list[str]:
        """Of any row of a table that changes: it is found only by who sees it."""
        table = Education._meta.db_table
        row = self.chance.choice(self.hub.oracle.tables[table])["id"]
        with recorded(user):
            changed = Education.objects.filter(id=row).update(place_name=f"School {self.chance.random()}")
        return [] if changed == (row in self.hub.given[user.id, table]) else [f"changed {changed} rows of {table}"]

    def a_rollback(self, user: User) -> list[str]:
        """The view fails after it has read and written."""
        wrong: list[str] = []
        try:
            with recorded(user):
                wrong += self.raw(user.id, self.table())
                self.goes_wrong()
        except (Mishap, Error):
            pass
        return wrong

    def a_savepoint(self, user: User) -> list[str]:
        """Part of a request fails; what comes after it asks on behalf of the same user."""
        with recorded(user):
            try:
                with attempt():
                    wrong = self.raw(user.id, self.table())
                    self.goes_wrong()
            except (Mishap, Error):
                pass
            return wrong + self.raw(user.id, self.table())

    def a_duty(self, user: User) -> list[str]:
        """The second lock is open inside, and shut again however that ends."""
        table, wrong = self.table(), []
        fixed = {row["id"] for row in self.hub.oracle.tables[table]}
        with recorded(user):
            try:
                with attempt(), duty(self.chance.choice(list(Duty)[1:])):
                    wrong += [] if fixed <= set(ids_of(table)) else [f"{table}: rows lack on duty"]
                    if self.chance.random() < 0.7:
                        self.goes_wrong()
            except (Mishap, Error):
                pass
            return wrong + self.raw(user.id, table)

    def a_duty_that_ends_it_all(self, user: User) -> list[str]:
        """On duty, the request breaks off; sometimes where no request is."""
        around = recorded(user) if self.chance.random() < 0.5 else transaction.atomic()
        try:
            with around, duty(self.chance.choice(list(Duty)[1:])):
                ids_of(self.table())
                self.goes_wrong()
        except (Mishap, Error):
            pass
        return []

    def one_in_another(self, user: User) -> list[str]:
        """A trail inside a trail, for somebody else; the outer goes on as it was, whatever became of the inner."""
        other = self.somebody()
        with recorded(user):
            wrong = self.raw(user.id, self.table())
            try:
                with recorded(other):
                    wrong += self.raw(other.id, self.table())
                    if self.chance.random() < 0.5:
                        self.goes_wrong()
            except (Mishap, Error):
                pass
            return wrong + self.raw(user.id, self.table())

    def nobody(self, user: User) -> list[str]:
        """A request before sign-in, and questions between requests."""
        table = self.table()
        with recorded(None):
            found = ids_of(table)
        found += ids_of(table)
        if self.chance.random() < 0.2:
            found += list(visible_to(user, MODELS[table]).values_list("id", flat=True))
        return [f"{table}: {len(found)} rows for nobody"] if found else []

    def a_lost_connection(self, user: User) -> list[str]:
        """It breaks in the middle; the next request gets a new one."""
        wrong: list[str] = []
        try:
            with recorded(user):
                wrong += self.raw(user.id, self.table())
                connection.connection.close()
                ids_of(self.table())
        except Error:
            pass
        return wrong

    def a_page(self, user: User) -> list[str]:
        """Over HTTP: the record of a child comes to who sees it, and names only people whom they see."""
        child = self.child()
        client = self.clients.get(user.id) or self.clients.setdefault(user.id, signed_in(user))
        where = self.chance.choice(
            [f"/children/{child}/", f"/children/{child}/chronology/", "/missing/", "/referrals/"]
        )
        response = client.get(where)
        text = response.content.decode()
        seen = self.hub.named_to[user.id]
        named = {name for name in self.hub.children.values() if name in text}
        wrong = [f"{where}: names {len(named - seen)} people of others"] if named - seen else []
        wrong += [f"{where}: {response.status_code}"] if response.status_code not in (200, 403, 404) else []
        is_overview = where == f"/children/{child}/"
        opened = is_overview and response.status_code == 200
        expected = (user.id, child) in self.hub.pages_open
        return wrong + (
            [f"{where}: wrongly {'open' if opened else 'shut'}"] if is_overview and opened != expected else []
        )

    def goes_wrong(self) -> None:
        """In Python, or in the database, which then takes no more statements before a rollback."""
        if self.chance.random() < 0.5:
            raise Mishap
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")


def ids_of(table: str) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT id FROM {}").format(sql.Identifier(table)))
        return [row[0] for row in cursor.fetchall()]


KINDS: dict[str, Callable[[Asking, User], list[str]]] = {
    "a list": Asking.a_list,
    "raw SQL": Asking.raw_sql,
    "one person": Asking.one_person,
    "a list half read": Asking.half_read,
    "a note": Asking.a_note,
    "a change": Asking.a_change,
    "a rollback": Asking.a_rollback,
    "a savepoint": Asking.a_savepoint,
    "a duty": Asking.a_duty,
    "a duty that ends it all": Asking.a_duty_that_ends_it_all,
    "one in another": Asking.one_in_another,
    "nobody": Asking.nobody,
    "a lost connection": Asking.a_lost_connection,
    "a page": Asking.a_page,
}
OFTEN = {"raw SQL": 30, "a change": 10, "a list half read": 3, "a page": 1, "a lost connection": 0.5}
WEIGHTS = [OFTEN.get(kind, 8) for kind in KINDS]


@contextmanager
def as_in_service() -> Iterator[None]:
    """A connection of this thread as a web worker's is: nobody's until somebody asks."""
    for alias in ("default", "audit"):
        held = connections[alias].settings_dict
        options = {name: value for name, value in held["OPTIONS"].items() if name != "options"}
        connections[alias].settings_dict = {**held, "OPTIONS": options}
    try:
        yield
    finally:
        connections.close_all()
