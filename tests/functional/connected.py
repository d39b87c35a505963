"""A hub with what stands around one: mail server, job worker, and a virus scanner that can be started and stopped."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.support import hub
from tests.support.clamd import clamd_running
from tests.support.context import SEES_ALL
from tests.support.mailbox import Mailbox, mail_server
from trellis.console.children import Child, stop_all
from trellis.console.web import address_of, listen, wait_until_ready, web_server
from trellis.core.embedded_postgres.places import make_folder

FRONT_DOOR = "01632 960000"


@dataclass
class ConnectedHub:
    address: str
    mailbox: Mailbox
    database: hub.DatabaseUrls
    socket: Path
    folder: Path

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Past row-level security, which binds the owner too."""
        with psycopg.connect(self.database.owner, options=f"-c trellis.duty={SEES_ALL.duty}") as connection:
            return connection.execute(query, values).fetchall()

    @contextmanager
    def scanner(self) -> Iterator[None]:
        """The real daemon, at the address the hub was told."""
        with clamd_running() as path:
            self.socket.symlink_to(path)
            try:
                yield
            finally:
                self.socket.unlink()


@contextmanager
def connected_hub() -> Iterator[ConnectedHub]:
    """Over its own copy of the invented area. Its one proxy is the browser, which says from where it asks."""
    urls = hub.server().urls_of(hub.own_copy(hub.sample_template(), "connected"))
    folder = make_folder(hub.FOLDER / f"connected-{os.getpid()}")
    with listen(0) as listener, mail_server() as (mail, mailbox):
        settings = {
            "TRELLIS_DEMONSTRATION": "1",
            "TRELLIS_SMTP_URL": mail,
            "TRELLIS_FRONT_DOOR_PHONE": FRONT_DOOR,
            "TRELLIS_CLAMD_SOCKET": str(folder / "clamd"),
            "TRELLIS_TRUSTED_PROXIES": "1",
        }
        children = [
            web_server(listener, folder, workers=1),
            Child("job worker", ["manage", "procrastinate", "worker"], folder / "log" / "worker.log"),
        ]
        with hub.django_children_use(urls, **settings):
            for child in children:
                child.start()
        try:
            wait_until_ready(address_of(listener), children[0].log)
            yield ConnectedHub(address_of(listener), mailbox, urls, folder / "clamd", folder)
        finally:
            stop_all(children)
            shutil.rmtree(folder)
