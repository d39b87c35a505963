"""New rows, added without reading them back: row-level security lets a writer add what they may not see.

Many go over PostgreSQL's COPY into a table of their own first, since COPY asks no policy: several times less work than
INSERT, for both sides.
"""

from collections.abc import Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from psycopg import sql

FEW = 100
LANDING = "trellis_landing"


def insert_rows(rows: Iterable[models.Model], using: str = DEFAULT_DB_ALIAS) -> None:
    """Store unsaved rows of one model. ``save`` is not called, and a key that the database makes is not read back.

    Raises IntegrityError as ``bulk_create`` does.
    """
    made = list(rows)
    if not made:
        return
    fields = [field for field in made[0]._meta.concrete_fields if not isinstance(field, models.AutoField)]
    if len(made) < FEW or any(isinstance(field, models.JSONField) for field in fields):
        _insert(fields, made, using)
    else:
        _copy(fields, made, using)
    for row in made:
        row._state.adding, row._state.db = False, using


def _insert(fields: list[Any], made: list[models.Model], using: str) -> None:
    connection = connections[using]
    row = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(fields)))
    for start in range(0, len(made), FEW):
        part = made[start : start + FEW]
        statement = sql.SQL("{} VALUES {}").format(_into(made[0], fields), sql.SQL(", ").join([row] * len(part)))
        values = [f.get_db_prep_save(f.pre_save(one, True), connection) for one in part for f in fields]
        with connection.cursor() as cursor:
            cursor.execute(statement, values)


def _into(row: models.Model, fields: list[Any]) -> sql.Composed:
    return sql.SQL("INSERT INTO {} ({})").format(sql.Identifier(row._meta.db_table), _columns(fields))


def _columns(fields: list[Any]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(field.column) for field in fields)


def _copy(fields: list[Any], made: list[models.Model], using: str) -> None:
    connection, landing = connections[using], sql.Identifier(LANDING)
    table, columns = sql.Identifier(made[0]._meta.db_table), _columns(fields)
    make = sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA")
    move = sql.SQL("{} SELECT {} FROM {}").format(_into(made[0], fields), columns, landing)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        cursor.execute(make.format(landing, columns, table))
        with cursor.copy(sql.SQL("COPY {} FROM STDIN").format(landing)) as copy:
            for row in made:
                copy.write_row([field.pre_save(row, True) for field in fields])
        cursor.execute(move)
        cursor.execute(sql.SQL("DROP TABLE {}").format(landing))
