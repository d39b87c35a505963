"""What the app's database role may do: it owns nothing, and what is append-only it cannot change."""

from collections.abc import Collection

from django.apps import apps
from django.db import connections
from django.db.models import Model
from psycopg import sql


def append_only_tables() -> list[str]:
    """Tables of models that are added to and never changed."""
    return sorted(m._meta.db_table for m in apps.get_models() if getattr(m, "append_only", False))


def columns_of(model: type[Model], names: Collection[str]) -> list[str]:
    """The columns of these fields. Raises FieldDoesNotExist."""
    return [str(model._meta.get_field(name).column) for name in names]  # type: ignore[union-attr]


def grant_app_role() -> None:
    """Give the app's role its rights on every table, and take changing and removing from append-only ones."""
    role = sql.Identifier(connections["default"].settings_dict["USER"])
    all_rights = [
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
        "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
    ]
    with connections["owner"].cursor() as cursor:
        for right in all_rights:
            cursor.execute(sql.SQL(right).format(role=role))
        for table in append_only_tables():
            name = sql.Identifier(table)
            cursor.execute(sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(name, role))
        for model in (m for m in apps.get_models() if hasattr(m, "changeable")):
            columns = sql.SQL(", ").join(sql.Identifier(column) for column in columns_of(model, model.changeable))
            name = sql.Identifier(model._meta.db_table)
            cursor.execute(sql.SQL("GRANT UPDATE ({}) ON {} TO {}").format(columns, name, role))
