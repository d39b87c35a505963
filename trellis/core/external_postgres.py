"""An existing PostgreSQL, named by ``DATABASE_URL``: checked, and given the app role that owns nothing."""

from urllib.parse import unquote, urlsplit

import psycopg

from trellis.core.database_server import CONNECT_SECONDS, DatabaseServer, Login, derived_password, set_role
from trellis.core.errors import Unusable
from trellis.core.postgres_binaries import OLDEST_MAJOR


def external_server(url: str, secret: bytes, app_url: str = "", app_name: str = "") -> DatabaseServer:
    """The server behind ``url`` (the owner's, or a superuser's).

    ``app_url`` names an app role made by hand; otherwise one is made, called ``app_name`` or after the database.

    Raises Unusable when it cannot be reached, is too old, or the app role can be neither made nor trusted.
    """
    owner, database = _login(url, "DATABASE_URL")
    app = _login(app_url, "TRELLIS_APP_DATABASE_URL")[0] if app_url else _derived(app_name or f"{database}_app", secret)
    if app.name == owner.name:
        raise Unusable("TRELLIS_APP_DATABASE_URL must name another role than DATABASE_URL: one that owns nothing.")
    server = DatabaseServer(admin_url=url, database=database, owner=owner, app=app)
    with _connect(url, "DATABASE_URL") as connection:
        _check_version(connection)
        if not app_url:
            _make_role(connection, server)
    with _connect(server.urls.app, "the app role's address") as connection:
        _check_role(connection, app.name)
    return server


def _login(url: str, name: str) -> tuple[Login, str]:
    """Who signs in, and to which database."""
    parts = urlsplit(url)
    database = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgres", "postgresql") or not parts.username or not database:
        raise Unusable(f"{name} must look like postgresql://user:password@host:5432/database.")
    return Login(unquote(parts.username), unquote(parts.password or "")), database


def _derived(name: str, secret: bytes) -> Login:
    return Login(name, derived_password(secret, name))


def _connect(url: str, name: str) -> psycopg.Connection[tuple]:
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=CONNECT_SECONDS)
    except psycopg.Error as problem:
        said = str(problem).strip().splitlines()
        raise Unusable(f"the database cannot be reached with {name}: {said[0] if said else 'no answer'}") from problem


def _check_version(connection: psycopg.Connection[tuple]) -> None:
    major = connection.info.server_version // 10_000
    if major < OLDEST_MAJOR:
        raise Unusable(f"DATABASE_URL is a PostgreSQL {major}; {OLDEST_MAJOR} or newer is needed.")


def _make_role(connection: psycopg.Connection[tuple], server: DatabaseServer) -> None:
    """Make the app role, unless it is there with the password we derive."""
    try:
        psycopg.connect(server.urls.app, connect_timeout=CONNECT_SECONDS).close()
        return
    except psycopg.OperationalError:
        pass
    try:
        set_role(connection, server.app)
    except psycopg.errors.InsufficientPrivilege as problem:
        raise Unusable(
            f"the role of DATABASE_URL may not make the role {server.app.name}; make it by hand "
            "(LOGIN, NOSUPERUSER, NOBYPASSRLS) and set TRELLIS_APP_DATABASE_URL."
        ) from problem


def _check_role(connection: psycopg.Connection[tuple], name: str) -> None:
    """A role that is above the rules would see every child's record: refuse it."""
    above = connection.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user").fetchone()
    if above and above[0]:
        raise Unusable(f"the app role {name} is a superuser or may bypass row security; use one that may not.")
