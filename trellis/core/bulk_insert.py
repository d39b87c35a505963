"""Many new rows at once, over PostgreSQL's COPY: several times less work than INSERT, for both sides."""

from collections.abc import Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from psycopg import sql

FEW = 100


def insert_rows(rows: Iterable[models.Model], using: str = DEFAULT_DB_ALIAS) -> None:
    """Store unsaved rows of one model, as ``bulk_create`` does; raises what it raises.

    ``save`` is not called. Many rows go by COPY, and a key that the database makes is then not read back.
    """
    made = list(rows)
    if not made:
        return
    model = type(made[0])
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    if len(made) < FEW or any(isinstance(field, models.JSONField) for field in fields):
        model._default_manager.using(using).bulk_create(made)
    else:
        _copy(model, fields, made, using)


def _copy(model: type[models.Model], fields: list[Any], made: list[models.Model], using: str) -> None:
    connection = connections[using]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(sql.Identifier(field.column) for field in fields)
    )
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in made:
            copy.write_row([field.pre_save(row, True) for field in fields])
    for row in made:
        row._state.adding, row._state.db = False, using
