"""A PostgreSQL server as Trellis uses it: an owner for migrations, an app role that owns nothing, databases by name."""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import psycopg
from psycopg import sql

from trellis.core.postgres_binaries import EXTENSIONS

CONNECT_SECONDS = 5


@dataclass(frozen=True)
class Login:
    """A role of the database and its password."""

    name: str
    password: str


@dataclass(frozen=True)
class DatabaseUrls:
    """How to reach one database: as its owner, and as the app role the pages run as."""

    owner: str
    app: str


def derived_password(secret: bytes, role: str) -> str:
    """A role's password, the same at every start, from the one secret that is kept."""
    return hmac.new(secret, f"trellis database role {role}".encode(), sha256).hexdigest()


def socket_url(folder: Path, port: int, login: Login, database: str) -> str:
    """A URL over a Unix socket; the folder stands in the query."""
    query = urlencode({"host": str(folder), "port": port})
    return f"postgresql://{quote(login.name)}:{quote(login.password)}@/{quote(database)}?{query}"


def with_database(url: str, database: str) -> str:
    """The same server and role, another database."""
    return urlsplit(url)._replace(path=f"/{quote(database)}").geturl()


def with_login(url: str, login: Login) -> str:
    """The same server and database, another role."""
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{quote(login.name)}:{quote(login.password)}@{place}").geturl()


class DatabaseServer:
    """One server. ``admin_url`` may create databases; in the embedded server it is the superuser's."""

    embedded = False

    def __init__(self, *, admin_url: str, database: str, owner: Login, app: Login) -> None:
        self._admin_url = admin_url
        self.database = database
        self.owner = owner
        self.app = app

    @property
    def urls(self) -> DatabaseUrls:
        return self.urls_of(self.database)

    def urls_of(self, database: str) -> DatabaseUrls:
        """The two URLs of any database on this server."""
        url = with_database(self._admin_url, database)
        return DatabaseUrls(owner=with_login(url, self.owner), app=with_login(url, self.app))

    def connect(self, database: str | None = None) -> psycopg.Connection[tuple]:
        """An administering connection, to a database it may always use when none is named."""
        database = database or ("postgres" if self.embedded else self.database)
        url = with_database(self._admin_url, database)
        return psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS)

    def is_running(self) -> bool:
        """Does the server answer?"""
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def ensure_running(self) -> None:
        """An existing server is somebody else's to start."""

    def create_database(self, name: str, template: str | None = None) -> DatabaseUrls:
        """Make a database in place of any of that name: empty with our extensions, or a copy of ``template``."""
        self.drop_database(name)
        with self.connect() as connection:
            if template:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [template]
                )
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(self.owner.name), sql.Identifier(template or "template0")
                )
            )
        if not template:
            self._add_extensions(name)
        return self.urls_of(name)

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever is connected to it; nothing happens when there is none."""
        with self.connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def databases(self) -> list[str]:
        """The names of the databases on this server."""
        with self.connect() as connection:
            return [row[0] for row in connection.execute("SELECT datname FROM pg_database ORDER BY 1")]

    def prepare_database(self, name: str) -> None:
        """Make the database and its extensions unless they are there."""
        if name not in self.databases():
            self.create_database(name)
        self._add_extensions(name)

    def prepare_roles(self) -> None:
        """Make the owner and the app role, or give them back their rights and passwords: the least there are."""
        with self.connect() as connection:
            for login in (self.owner, self.app):
                set_role(connection, login)

    def _add_extensions(self, database: str) -> None:
        with self.connect(database) as connection:
            connection.execute("SET client_min_messages = warning")
            for name in EXTENSIONS:
                connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))


def set_role(connection: psycopg.Connection[tuple], login: Login) -> None:
    """Make a role that may sign in and nothing more, or set it back to that."""
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [login.name]).fetchone()
    rights = "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD {}"
    statement = ("ALTER ROLE {} " if exists else "CREATE ROLE {} ") + rights
    connection.execute(sql.SQL(statement).format(sql.Identifier(login.name), sql.Literal(login.password)))
