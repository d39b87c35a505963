"""The invented area at any scale, for measuring speed: made once, in a database of its own or as a snapshot."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from psycopg import sql

from trellis.core.database_server import DatabaseServer, DatabaseUrls
from trellis.core.embedded_postgres.launcher import running_database
from trellis.core.errors import Unusable
from trellis.reports.snapshots import MANIFEST, Progress

UNFINISHED = "_unfinished"
PREPARE = ["prepare_database", "--verbosity", "0"]
AREA, YEARS, SEED = "manchester", "2019/20..2022/23", "1"
MADE_FROM = ("sample/**/*.py", "*/migrations/*.py", "*/reference/*.csv", "reports/snapshots.py", "reports/extracts/*")


def area_snapshot(scale: int, progress: Progress) -> Path:
    """The folder of a snapshot of the area ``scale`` times over; what an earlier run made is used again.

    The hub's own database is not touched: an embedded PostgreSQL beside it is filled, read and stopped.
    Raises Unusable when a step fails.
    """
    place = Path(settings.DATA_DIR) / "bench"
    folder = place / f"area-{scale}-{checksum()}"
    if (folder / MANIFEST).exists():
        return folder
    place.mkdir(parents=True, exist_ok=True)
    with running_database(place) as server:
        urls = server.create_database("bench")
        try:
            for words, arguments in steps(scale, folder):
                progress(words)
                run(arguments, urls)
        finally:
            server.drop_database("bench")
    return folder


@contextmanager
def area_database(scale: int, progress: Progress) -> Iterator[tuple[DatabaseServer, str]]:
    """A server beside the hub's own, and the name of a database in it that holds the area ``scale`` times over until
    today. What an earlier run filled is used again; what is of another release goes. Raises Unusable."""
    place = Path(settings.DATA_DIR) / "bench"
    place.mkdir(parents=True, exist_ok=True)
    name = f"area_{scale}_{checksum()}"
    with running_database(place) as server:
        held = [database for database in server.databases() if database.startswith("area_")]
        for old in held:
            if not old.endswith(checksum()):
                server.drop_database(old)
        if name not in held:
            urls = server.create_database(name + UNFINISHED)
            for words, arguments in filling(scale, "--until", "today"):
                progress(words)
                run(arguments, urls)
            with server.connect() as connection:
                renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                connection.execute(renamed.format(sql.Identifier(name + UNFINISHED), sql.Identifier(name)))
        else:  # policies may be newer than what was filled
            run(PREPARE, server.urls_of(name))
        yield server, name


def steps(scale: int, folder: Path) -> list[tuple[str, list[str]]]:
    """What is run, in order, and how it is announced."""
    return [*filling(scale), ("writing its snapshot", ["snapshot", "create", "--out", str(folder)])]


def filling(scale: int, *more: str) -> list[tuple[str, list[str]]]:
    """How a database is filled with the area."""
    sample = ["sample", "--area", AREA, "--years", YEARS, "--scale", str(scale), "--seed", SEED]
    return [
        ("preparing a database of its own", PREPARE),
        (f"inventing {AREA} {scale} times over", [*sample, *more, "--verbosity", "0"]),
    ]


def run(arguments: list[str], urls: DatabaseUrls) -> None:
    """Run a Django command in a process of its own, on that database."""
    known = {"TRELLIS_OWNER_URL": urls.owner, "TRELLIS_APP_URL": urls.app, "PYTHONPATH": str(settings.ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "django", *arguments],
        env={**os.environ, **known, "DJANGO_SETTINGS_MODULE": "trellis.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Unusable(f"{arguments[0]} failed: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")


def checksum() -> str:
    """Changes when anything that shapes the area or its snapshot does."""
    digest = hashlib.sha256()
    package = Path(settings.ROOT) / "trellis"
    for path in sorted(path for pattern in MADE_FROM for path in package.glob(pattern)):
        digest.update(f"{path.relative_to(package)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]
