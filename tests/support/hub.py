"""The hub under test: its own data folder and PostgreSQL, apart from the hub a person runs in the same checkout."""

import contextlib
import hashlib
import os
import socket
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from psycopg import sql

from trellis.console.children import run_apart
from trellis.console.environment import ROOT
from trellis.console.preparation import release_checksum
from trellis.console.static_files import collect_static_files
from trellis.core.clocks import today
from trellis.core.database_server import DatabaseServer, DatabaseUrls
from trellis.core.embedded_postgres.launcher import running_database
from trellis.core.embedded_postgres.places import make_folder, read_or_make_secret
from trellis.core.external_postgres import external_server

FOLDER = Path(os.environ.get("TRELLIS_TEST_DATA_DIR") or ROOT / ".data" / "test")
YEARS = "2019/20..2022/23"
TEMPLATES_KEPT_FOR = timedelta(days=1)
CHECKOUT = hashlib.sha256(f"{socket.gethostname()}{ROOT}".encode()).hexdigest()[:6]
_open = contextlib.ExitStack()


def prepare_environment() -> None:
    """Tell the settings, before they are read, where the hub under test keeps things."""
    os.environ["TRELLIS_DATA_DIR"] = str(make_folder(FOLDER))
    os.environ["TRELLIS_SECRET_KEY"] = read_or_make_secret(FOLDER / "secret-key").hex()
    os.environ["DJANGO_SETTINGS_MODULE"] = "trellis.settings"


def gather_static_files() -> None:
    collect_static_files(FOLDER)


def leave() -> None:
    """Drop this process's databases and leave the server, which stops with its last user."""
    _open.close()


@cache
def server() -> DatabaseServer:
    """The server under test: the one ``DATABASE_URL`` names, else our own. It stays until the session ends."""
    if url := os.environ.get("DATABASE_URL"):
        secret = os.environ["TRELLIS_SECRET_KEY"].encode()
        app_url = os.environ.get("TRELLIS_APP_DATABASE_URL", "")
        found = external_server(url, secret, app_url, f"trellis_test_{CHECKOUT}")
    else:
        found = _open.enter_context(running_database(FOLDER))
    _drop_what_is_left_over(found)
    return found


def own_copy(template: str, kind: str) -> str:
    """A database of this process alone, copied from a template and dropped at the end; its name."""
    name = f"test_{CHECKOUT}_{os.getpid()}_{kind}"
    server().create_database(name, template)
    _open.callback(server().drop_database, name)
    return name


@cache
def prepared_template() -> str:
    """The name of a database at this release, with its reference data and nobody in it; made once for all."""
    name = f"template_{CHECKOUT}_{release_checksum()[:12]}"
    return _make_template(name, None, ["prepare_database", "--verbosity", "0"])


@cache
def sample_template() -> str:
    """The name of a database with the invented area ``manchester`` as it stands today; made once a day."""
    digest = hashlib.sha256(f"{release_checksum()}{today()}".encode())
    for kind in ("py", "toml"):
        for path in sorted((ROOT / "trellis").glob(f"sample/**/*.{kind}")):
            digest.update(path.read_bytes())
    name = f"template_{CHECKOUT}_sample_{digest.hexdigest()[:12]}"
    fill = ["sample", "--area", "manchester", "--years", YEARS, "--until", "today", "--scale", "1", "--seed", "1"]
    return _make_template(name, prepared_template(), fill)


@contextlib.contextmanager
def django_children_use(urls: DatabaseUrls, **more: str):
    """Let the Django processes started inside use this database."""
    wanted = {"TRELLIS_OWNER_URL": urls.owner, "TRELLIS_APP_URL": urls.app, **more}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _make_template(name: str, source: str | None, fill: list[str]) -> str:
    """Make a template unless it is there whole, which its comment says; a lock keeps two from making it at once."""
    with server().connect() as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
        if name not in _whole_templates(connection):
            with django_children_use(server().create_database(name, source)):
                run_apart(*fill)
            comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
            made_at = sql.Literal(f"whole {datetime.now(UTC).isoformat()}")
            connection.execute(comment.format(sql.Identifier(name), made_at))
    return name


def _whole_templates(connection) -> dict[str, datetime]:
    """This checkout's templates that are complete, and when each was made."""
    query = "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE datname LIKE %s"
    rows = connection.execute(query, [f"template\\_{CHECKOUT}\\_%"]).fetchall()
    return {name: datetime.fromisoformat(text.split()[1]) for name, text in rows if text and text.startswith("whole ")}


def _drop_what_is_left_over(found: DatabaseServer) -> None:
    """Drop the copies of processes that were killed, and templates of other days."""
    with found.connect() as connection:
        old = datetime.now(UTC) - TEMPLATES_KEPT_FOR
        unused = [name for name, made_at in _whole_templates(connection).items() if made_at < old]
    for name in found.databases():
        if name.startswith(f"test_{CHECKOUT}_") and not Path(f"/proc/{name.split('_')[2]}").exists():
            unused.append(name)
    for name in unused:
        found.drop_database(name)
