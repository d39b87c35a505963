"""The way in: ``with running_database(data_dir) as server`` has a running PostgreSQL, shared with other commands."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from trellis.core.database_server import DatabaseServer, Login, derived_password, socket_url
from trellis.core.embedded_postgres.cluster import PATIENCE_SECONDS, PORT, SUPERUSER, Cluster
from trellis.core.embedded_postgres.places import Places, decide
from trellis.core.embedded_postgres.sharing import Use, ensure_keeper, starting
from trellis.core.errors import Unusable

DATABASE = "trellis"
OWNER, APP = "trellis_owner", "trellis_app"


class EmbeddedServer(DatabaseServer):
    """The server beside the checkout. Only it knows the superuser."""

    embedded = True

    def __init__(self, places: Places) -> None:
        secret = places.secret()
        superuser, owner, app = (Login(name, derived_password(secret, name)) for name in (SUPERUSER, OWNER, APP))
        super().__init__(
            admin_url=socket_url(places.sockets, PORT, superuser, "postgres"),
            database=DATABASE,
            owner=owner,
            app=app,
        )
        self._places = places
        self._cluster = Cluster(places, superuser.password)

    @property
    def place(self) -> Path:
        """The folder the cluster lies in."""
        return self._places.home

    def is_running(self) -> bool:
        return self._cluster.pid() is not None

    def ensure_running(self) -> None:
        """Start the cluster unless it runs, and make sure its roles and its database are there."""
        with starting(self._places):
            give_up_at = time.monotonic() + PATIENCE_SECONDS
            while not self._started():
                if time.monotonic() > give_up_at:
                    raise Unusable(f"the database starts but does not answer (log: {self._places.log})")
                time.sleep(0.2)
        ensure_keeper(self._places)

    def _started(self) -> bool:
        """Start what does not run. A server that was just killed may look alive a moment longer."""
        try:
            if self._cluster.state() != "ready":
                self._cluster.start()
            self.prepare_roles()
            self.prepare_database(self.database)
        except psycopg.OperationalError:
            return False
        return True

    def destroy(self, use: Use) -> None:
        """Remove the cluster and everything in it. Refused while another command uses it."""
        if not use.become_only_user():
            raise Unusable("another command is using this database; stop it first.")
        self._cluster.stop()
        shutil.rmtree(self._places.data, ignore_errors=True)
        use.share_again()

    def stop_using(self, use: Use) -> None:
        use.leave(self._cluster)


@contextmanager
def running_database(data_dir: Path, *, fresh: bool = False) -> Iterator[EmbeddedServer]:
    """Have the database of this data folder running; ``fresh`` destroys what it held first.

    Raises Unusable, with one plain line, when there is no PostgreSQL or it cannot be started.
    """
    places = decide(data_dir)
    use = Use(places)
    server = EmbeddedServer(places)
    try:
        if fresh:
            server.destroy(use)
        server.ensure_running()
        yield server
    finally:
        server.stop_using(use)
