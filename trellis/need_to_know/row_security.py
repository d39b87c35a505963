"""Row-level security, the second lock: a policy for every protected table, made from its model's ``protection``.

It fails closed: with no row context nothing is seen. It is FORCEd, so that the owner of the tables is bound as well.
"""

from typing import Any, cast

from django.apps import apps
from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from psycopg import sql

from trellis.core.protection import OnDuty, Open, Protection
from trellis.need_to_know.seeing import Reader, seen

ON_DUTY = "(SELECT NULLIF(current_setting('trellis.duty', true), '') IS NOT NULL)"
# Tables of libraries, which hold nothing about a person whom the hub works with.
OTHERS = {
    "auth_group": "not used",
    "auth_group_permissions": "not used",
    "auth_permission": "not used",
    "django_content_type": "names of models",
    "django_migrations": "names of migrations",
    "django_session": "found by a random key, and read before anybody is signed in",
    "procrastinate_events": "what became of a job",
    "procrastinate_jobs": "names of jobs and ids of reports",
    "procrastinate_periodic_defers": "when a job was due",
    "procrastinate_workers": "which workers are alive",
}


class Unprotected(RuntimeError):
    """A model does not say how its rows are protected."""


def protection_of(model: type[Model]) -> Protection:
    found = getattr(model, "protection", None)
    if found is None:
        if model._meta.db_table in OTHERS:
            return Open(OTHERS[model._meta.db_table])
        raise Unprotected(f"{model.__name__} does not say how its rows are protected: give it a protection")
    return cast(Protection, found)


def protected_models() -> list[type[Model]]:
    """Every model whose table has row-level security, by table."""
    models = [m for m in apps.get_models() if m._meta.managed and not isinstance(protection_of(m), Open)]
    return sorted(models, key=lambda model: model._meta.db_table)


def protect_tables() -> None:
    """Give every protected table its policies anew, and no other table any."""
    connection = connections["owner"]
    with connection.cursor() as cursor:
        for model in protected_models():
            _protect(cursor, model)


def _protect(cursor: CursorWrapper, model: type[Model]) -> None:
    table, protection = sql.Identifier(model._meta.db_table), protection_of(model)
    condition = sql.SQL("{} OR ({})").format(sql.SQL(ON_DUTY), sql.SQL(condition_sql(model)))
    statements = ["ALTER TABLE {t} ENABLE ROW LEVEL SECURITY", "ALTER TABLE {t} FORCE ROW LEVEL SECURITY"]
    statements += [f"DROP POLICY IF EXISTS {name} ON {{t}}" for name in ("seen", "added")]
    statements += ["CREATE POLICY seen ON {t} USING ({c})"]
    if isinstance(protection, OnDuty) and protection.anybody_adds:
        statements += ["CREATE POLICY added ON {t} FOR INSERT WITH CHECK (true)"]
    for statement in statements:
        cursor.execute(sql.SQL(statement).format(t=table, c=condition))


def condition_sql(model: type[Model]) -> str:
    """``seen`` of this model as SQL, read by the row context. A parent row's own policy is asked by the database."""
    if isinstance(protection_of(model), OnDuty):
        return "false"
    query = model._base_manager.using("owner").filter(seen(model, Reader(), follow=False)).query
    compiler = query.get_compiler("owner")
    compiler.pre_sql_setup()
    text, values = compiler.compile(query.where)
    return _with_values(text, values)


def _with_values(text: str, values: Any) -> str:
    """A policy takes no parameters: codes of our own stand in it as literals."""
    literals = [sql.Literal(value).as_string(connections["owner"].connection) for value in values]
    return text % tuple(literals)
