"""A database built at once is the one its migrations make step by step."""

import re

import psycopg
import pytest

from tests.support import hub
from trellis.console.children import run_apart

OURS = "n.nspname = 'public' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = {}.oid AND d.deptype = 'e')"
CATALOGUE = {
    "columns": """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
            pg_get_expr(v.adbin, v.adrelid), (SELECT array_agg(x::text ORDER BY x::text) FROM unnest(a.attacl) x)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_attrdef v ON v.adrelid = c.oid AND v.adnum = a.attnum
        WHERE n.nspname = 'public' AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'v', 'm', 'p')""",
    "tables": """
        SELECT c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.reloptions, pg_get_userbyid(c.relowner),
            (SELECT array_agg(x::text ORDER BY x::text) FROM unnest(c.relacl) x)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'
            AND c.relkind <> 'i'""",
    "constraints": """
        SELECT c.relname, k.conname, pg_get_constraintdef(k.oid), k.convalidated
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public'""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": """
        SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled FROM pg_trigger t
            JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal""",
    "functions": f"""
        SELECT pg_get_functiondef(p.oid), (SELECT array_agg(x::text ORDER BY x::text) FROM unnest(p.proacl) x)
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prokind = 'f' AND {OURS.format("p")}""",
    "policies": "SELECT * FROM pg_policies",
    "applied": "SELECT app, name FROM django_migrations",
    "roles": "SELECT code, permissions FROM accounts_role",
    "handling rules": "SELECT agency_id, code_id, is_default, conditions FROM need_to_know_handlingrule",
}
# Django and PostgreSQL make names from a table's, which stay with it when it is renamed.
MADE_UP_NAME = re.compile(r"\b\w+?(_[0-9a-f]{8}(_fk_\w+)?|_pkey|_key|_check)\b")
# The same rule, since a check that is null holds: Django writes it otherwise for a column that may be null.
SAME_RULE = " AND (other_id IS NOT NULL)"
NO_BRACKETS = str.maketrans("", "", "()")


def catalogue_of(url: str) -> set[str]:
    """Everything that shapes the database, a line each."""
    with psycopg.connect(url) as connection:
        lines = [f"{kind}: {row}" for kind, query in CATALOGUE.items() for row in connection.execute(query).fetchall()]
    return {MADE_UP_NAME.sub("made_up", line).replace(SAME_RULE, "").translate(NO_BRACKETS) for line in lines}


@pytest.mark.nightly
def test_a_database_built_at_once_is_the_one_its_migrations_make_step_by_step():
    stepwise = hub.server().urls_of(hub.own_copy("template0", "stepwise"))
    with hub.django_children_use(stepwise):
        run_apart("migrate", "--database", "owner", "--verbosity", "0")
        run_apart("prepare_database", "--verbosity", "0")
    at_once = catalogue_of(hub.server().urls_of(hub.prepared_template()).owner)
    assert len(at_once) > 3_000
    assert sorted(at_once ^ catalogue_of(stepwise.owner)) == []
