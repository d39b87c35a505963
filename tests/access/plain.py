"""The rows of the hub as plain dictionaries, for the oracle."""

from django.db import connection
from psycopg import sql

from tests.access.oracle import READ, Oracle
from tests.support.context import SEES_ALL
from trellis.core.row_context import asked_by


def rows_of(table: str) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def oracle() -> Oracle:
    """The oracle over everything the database holds now."""
    with asked_by(SEES_ALL):
        return Oracle({table: rows_of(table) for table in READ})
