"""Brings the database to this release before a command uses it, and only when the release changed."""

import hashlib
from pathlib import Path

import psycopg
from psycopg import sql

from trellis.console.environment import ROOT
from trellis.core.database_server import DatabaseServer

ONE_AT_A_TIME = 7_274_835
MADE_FROM = (
    "*/migrations/*",
    "*/reference/*.csv",
    "*/reference/*/*.json",
    "**/models.py",
    "**/models/*.py",
    "core/reference_data.py",
    "core/database_rights.py",
    "core/first_tables.py",
    "core/protection.py",
    "need_to_know/seeing.py",
    "need_to_know/row_security.py",
)


def release_checksum(package: Path = ROOT / "trellis") -> str:
    """One checksum over all that shapes the database: migrations, reference data, rights and row-level security."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in MADE_FROM for path in package.glob(pattern) if path.is_file()):
        digest.update(f"{path.relative_to(package)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def ensure_prepared(server: DatabaseServer) -> bool:
    """Run ``prepare_database`` unless this release already has; say whether it ran.

    The database carries the checksum as its comment; a lock in it keeps two commands from migrating at once.
    """
    expected = f"trellis release {release_checksum()}"
    with psycopg.connect(server.urls.owner, autocommit=True) as connection:
        if _comment(connection) == expected:
            return False
        connection.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        if _comment(connection) == expected:
            return False
        _prepare()
        statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
        connection.execute(statement.format(sql.Identifier(server.database), sql.Literal(expected)))
    return True


def _comment(connection: psycopg.Connection[tuple]) -> str | None:
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def _prepare() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("prepare_database", verbosity=1)
