"""Where this hub keeps things, and its database, told to Django through the environment."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from trellis.core.database_server import DatabaseServer
from trellis.core.embedded_postgres.launcher import running_database
from trellis.core.embedded_postgres.places import make_folder, read_or_make_secret
from trellis.core.errors import Unusable
from trellis.core.external_postgres import external_server

ROOT = Path(__file__).resolve().parents[2]


def data_dir() -> Path:
    """The folder of everything this hub keeps (``TRELLIS_DATA_DIR``)."""
    return make_folder(Path(os.environ.get("TRELLIS_DATA_DIR") or ROOT / ".data").absolute())


def prepare_environment() -> Path:
    """Tell Django where things are and give it a secret key that outlives this process."""
    folder = data_dir()
    os.environ["TRELLIS_DATA_DIR"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trellis.settings")
    if not os.environ.get("TRELLIS_SECRET_KEY"):
        os.environ["TRELLIS_SECRET_KEY"] = read_or_make_secret(folder / "secret-key").hex()
    return folder


@contextmanager
def database(*, fresh: bool = False) -> Iterator[DatabaseServer]:
    """Have the hub's database running: the one ``DATABASE_URL`` names, else our own."""
    folder = prepare_environment()
    if url := os.environ.get("DATABASE_URL"):
        if fresh:
            raise Unusable("--fresh does not touch the database DATABASE_URL names; empty that one yourself.")
        secret = os.environ["TRELLIS_SECRET_KEY"].encode()
        server = external_server(url, secret, os.environ.get("TRELLIS_APP_DATABASE_URL", ""))
        tell_django(server, server.database)
        yield server
        return
    with running_database(folder, fresh=fresh) as embedded:
        if fresh:
            _set_aside(Path(os.environ.get("TRELLIS_AUDIT_DIR") or folder / "audit"))
        tell_django(embedded, embedded.database)
        yield embedded


def _set_aside(audit: Path) -> None:
    """Keep the heads of a log that was destroyed with its database, where they are not taken for the new one's."""
    if audit.exists():
        audit.rename(audit.with_name(f"{audit.name}-until-{datetime.now(UTC):%Y%m%dT%H%M%S}"))


def tell_django(server: DatabaseServer, name: str) -> None:
    """Point the settings at one database of this server."""
    urls = server.urls_of(name)
    os.environ["TRELLIS_OWNER_URL"], os.environ["TRELLIS_APP_URL"] = urls.owner, urls.app
