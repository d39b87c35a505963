"""What the database itself says about the second lock: every table that could tell of a child is shut, by force, and
nothing leads around it."""

import sys
from collections.abc import Iterator

import psycopg
import pytest
from django.apps import apps
from psycopg import sql

from tests.support import hub
from trellis.core.database_server import DatabaseUrls
from trellis.core.protection import OnDuty, Open
from trellis.need_to_know.row_security import OTHERS, protected_models, protection_of

PERSON = "people_person"
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
# Which table has a foreign key to which.
POINTS = """
    SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
    WHERE contype = 'f' AND connamespace = 'public'::regnamespace
"""
# Columns that name a person without a foreign key.
NAMES_A_PERSON = """
    SELECT DISTINCT table_name FROM information_schema.columns
    WHERE table_schema = 'public' AND (column_name LIKE '%person%' OR column_name IN ('children', 'child_name'))
"""
# A value that any column of the type takes.
OF_TYPE = {
    "uuid": "gen_random_uuid()",
    "text": "'x'",
    "character varying": "'x'",
    "date": "'2024-01-01'",
    "timestamp with time zone": "'2024-01-01'",
    "ARRAY": "'{}'",
    "jsonb": "'{}'",
    "bytea": "'x'",
    "boolean": "false",
    "integer": "1",
    "smallint": "1",
    "bigint": "1",
}
NEEDED = """
    SELECT column_name, data_type FROM information_schema.columns
    WHERE table_name = %s AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
"""
CHECKS = "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass"


@pytest.fixture(scope="module")
def full_database() -> DatabaseUrls:
    """A database of this module with a row in every protected table, so that seeing none means something."""
    name = hub.own_copy(hub.prepared_template(), "catalogue")
    with hub.server().connect(name) as connection:
        connection.execute("SET session_replication_role = replica")
        for table in protected_tables():
            if not counted(connection, table):
                add_any_row(connection, table)
    return hub.server().urls_of(name)


def add_any_row(connection: psycopg.Connection, table: str) -> None:
    """A row that need not make sense: what checks its sense is taken away first."""
    here = sql.Identifier(table)
    for check in connection.execute(CHECKS, [table]).fetchall():
        connection.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(here, sql.Identifier(*check)))
    columns = dict(connection.execute(NEEDED, [table]).fetchall())
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    values = sql.SQL(", ").join(sql.SQL(OF_TYPE[kind]) for kind in columns.values())
    connection.execute(sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(here, names, values))


@pytest.fixture(scope="module")
def superuser(full_database) -> Iterator[psycopg.Connection]:
    """Sees the catalogue and every row, whatever the policies."""
    name = psycopg.conninfo.conninfo_to_dict(full_database.app)["dbname"]
    with hub.server().connect(name) as connection:
        yield connection


@pytest.fixture
def app_role(full_database) -> Iterator[psycopg.Connection]:
    """A plain connection of the role the pages run as: no framework, no setting, no context."""
    with psycopg.connect(full_database.app) as connection:
        yield connection


def one_column(connection: psycopg.Connection, query: str) -> set[str]:
    return {row[0] for row in connection.execute(query)}


def protected_tables() -> list[str]:
    return [model._meta.db_table for model in protected_models()]


def reached_from_a_person(connection: psycopg.Connection) -> set[str]:
    """Tables whose rows belong to a person, to what belongs to a person, and so on."""
    points, reached = connection.execute(POINTS).fetchall(), {PERSON}
    while further := {table for table, target in points if target in reached} - reached:
        reached |= further
    return reached


def counted(connection: psycopg.Connection, table: str) -> int:
    found = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    return found[0] if found else 0


def test_every_model_of_ours_says_how_its_rows_are_protected():
    silent = [
        m.__name__ for m in apps.get_models() if m.__module__.startswith("trellis.") and not hasattr(m, "protection")
    ]
    assert silent == []


def test_every_table_belongs_to_a_model_of_ours_or_is_listed_with_what_it_holds(superuser):
    ours = {m._meta.db_table for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("trellis.")}
    assert one_column(superuser, TABLES) - ours - set(OTHERS) == set()


def test_what_belongs_to_a_person_is_protected(superuser):
    """By a foreign key, however far, or by a column that names people."""
    reached = reached_from_a_person(superuser)
    assert reached - set(protected_tables()) == set()
    assert one_column(superuser, NAMES_A_PERSON) - set(protected_tables()) == set()
    assert len(reached) > 25, reached


def test_row_level_security_is_on_and_forced_and_has_our_policies_and_no_other(superuser):
    locks = superuser.execute(
        "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relname = ANY (%s)",
        [protected_tables()],
    )
    assert dict(locks.fetchall()) == dict.fromkeys(protected_tables(), True)
    rows = superuser.execute("SELECT tablename, policyname, cmd, permissive, roles::text FROM pg_policies")
    everywhere = {(table, "seen", "ALL", "PERMISSIVE", "{public}") for table in protected_tables()}
    adding = {
        (model._meta.db_table, "added", "INSERT", "PERMISSIVE", "{public}")
        for model in protected_models()
        if isinstance(protection_of(model), OnDuty) and protection_of(model).anybody_adds
    }
    assert set(rows.fetchall()) == everywhere | adding


def test_a_condition_asks_who_is_reading(superuser):
    """A policy that forgot the reader would let everybody in."""
    rows = superuser.execute("SELECT tablename, qual FROM pg_policies WHERE policyname = 'seen'").fetchall()
    asks = ("trellis.user", "EXISTS", "false")
    assert [table for table, condition in rows if "trellis.duty" not in condition] == []
    assert [table for table, condition in rows if not any(word in condition for word in asks)] == []


def test_with_no_context_the_app_role_counts_nothing_in_any_protected_table(superuser, app_role, capsys):
    held = {table: counted(superuser, table) for table in protected_tables()}
    seen = {table: counted(app_role, table) for table in protected_tables()}
    said = ", ".join(f"{table} {seen[table]} of {rows}" for table, rows in held.items())
    with capsys.disabled():
        sys.stdout.write(f"\nWith no context the app role sees of {len(held)} protected tables: {said}\n")
    assert seen == dict.fromkeys(held, 0)
    assert min(held.values()) > 0


@pytest.mark.parametrize("user", ["", "00000000-0000-4000-8000-000000000000"])
def test_who_is_nobody_sees_nothing_but_what_needs_no_duty(app_role, user):
    for setting in ("user", "agency"):
        app_role.execute("SELECT set_config(%s, %s, true)", [f"trellis.{setting}", user])
    app_role.execute("SELECT set_config('trellis.duty', '', true)")
    assert {table for table in protected_tables() if counted(app_role, table)} == set()


def test_what_was_set_in_one_transaction_is_gone_in_the_next(superuser, app_role):
    """The setting reads '' and not NULL from then on."""
    app_role.execute("SELECT set_config('trellis.duty', 'import', true)")
    assert counted(app_role, PERSON) == counted(superuser, PERSON) > 0
    app_role.commit()
    assert app_role.execute("SELECT current_setting('trellis.duty', true)").fetchone() == ("",)
    assert counted(app_role, PERSON) == 0


def test_nothing_leads_around_the_policies(superuser):
    """Views ask as whoever asks them; nothing is kept apart from its table; no function lends its owner's rights."""
    views = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' {}"
    invoker = "AND NOT coalesce(reloptions, '{}') && ARRAY['security_invoker=true', 'security_invoker=on']"
    assert one_column(superuser, views.replace("{}", invoker)) == set()
    assert one_column(superuser, "SELECT matviewname FROM pg_matviews") == set()
    lent = "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    assert one_column(superuser, lent) == set()


def test_the_app_role_has_no_way_up(superuser, app_role):
    role = app_role.execute("SELECT current_user::text").fetchone()
    assert role is not None
    rights = (
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles WHERE rolname = %s"
    )
    assert superuser.execute(rights, role).fetchone() == (False,) * 5
    owns = "SELECT count(*) FROM pg_shdepend WHERE deptype = 'o' AND refobjid = %s::regrole"
    assert superuser.execute(owns, role).fetchone() == (0,)
    assert superuser.execute("SELECT count(*) FROM pg_auth_members WHERE member = %s::regrole", role).fetchone() == (0,)
    assert superuser.execute("SELECT has_schema_privilege(%s, 'public', 'CREATE')", role).fetchone() == (False,)


def test_an_open_model_says_why():
    said = [protection_of(m) for m in apps.get_models() if m.__module__.startswith("trellis.")]
    assert [words for words in said if isinstance(words, Open | OnDuty) and len(words.why) < 8] == []
