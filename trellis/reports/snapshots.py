"""Snapshots: the hub's record as pseudonymised Parquet tables, so that a figure can be made again years later.

The rows leave PostgreSQL as Arrow, inside one read-only REPEATABLE READ transaction, through the queries in
`extracts/`. Each key becomes HMAC-SHA-256 of its kind and id (cut to 128 bits, in hexadecimal), computed in the
database; the key of the HMAC is derived from TRELLIS_SECRET_KEY and is stored nowhere. Names, birth dates, postcodes
and free text are never selected. Rows are sorted by key, so the same database gives the same bytes and the same id.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from adbc_driver_postgresql import dbapi
from django.conf import settings
from django.db import connections
from psycopg.conninfo import make_conninfo

from trellis.core.errors import Unusable
from trellis.core.row_context import Duty
from trellis.measures.tables import SCHEMA_VERSION, TABLES, Table, snapshot_id

EXTRACTS = Path(__file__).parent / "extracts"
MANIFEST = "manifest.json"
HMAC_BLOCK = 64
INNER_PAD, OUTER_PAD = 0x36, 0x5C
PURPOSE = b"trellis snapshot pseudonyms"
# What makes a row of these tables unique and gives them their order; of every other table, its first column.
SORTED_BY = {
    "legal_statuses": ("child_key", "kind", "starts_on"),
    "education": ("child_key", "starts_on"),
    "nrm_stages": ("referral_key", "starts_on"),
}
Progress = Callable[[str], None]


@dataclass(frozen=True)
class TableEntry:
    """What the manifest says of one table: its rows, the SHA-256 of its file, its columns in order."""

    rows: int
    sha256: str
    columns: list[str]


@dataclass(frozen=True)
class Manifest:
    schema_version: str
    as_at: str
    tables: dict[str, TableEntry]
    id: str

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def as_json(self) -> str:
        return json.dumps(asdict(self), indent=2) + "\n"


def create_snapshot(out: Path, *, database: str = "default", progress: Progress = lambda words: None) -> Manifest:
    """Write a snapshot of the whole record into the folder `out`, all of it or nothing.

    `progress` is told of each table. Raises Unusable when `out` holds anything but an earlier snapshot.
    """
    check_free(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".snapshot-") as place:
        made = _write(Path(place), database, progress)
        if out.exists():
            shutil.rmtree(out)
        shutil.copytree(place, out)
    return made


def check_free(out: Path) -> None:
    """Raises Unusable unless `out` is absent, empty, or an earlier snapshot, which is replaced."""
    if not out.exists():
        return
    if not out.is_dir():
        raise Unusable(f"{out} is a file; give a folder for the snapshot")
    ours = {MANIFEST, *(f"{name}.parquet" for name in TABLES)}
    others = sorted({path.name for path in out.iterdir()} - ours)
    if others:
        raise Unusable(f"{out} holds other files ({others[0]}); give an empty folder for the snapshot")


def extract_sql(name: str) -> str:
    """The query that gives the rows of one table."""
    known, rows = (_query(path) for path in (EXTRACTS / "known.sql", EXTRACTS / f"{name}.sql"))
    return f"{known}\n{rows}"


def _query(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip()


@contextmanager
def reading(database: str = "default") -> Iterator[dbapi.Cursor]:
    """A cursor that gives Arrow tables, in one read-only view of the whole database, with the pseudonyms' key set."""
    connection = dbapi.connect(_conninfo(database))
    cursor = connection.cursor()
    try:
        inner, outer = _hmac_pads(settings.SECRET_KEY)
        cursor.execute(
            "SELECT set_config('trellis.inner_pad', $1, true), set_config('trellis.outer_pad', $2, true),"
            " set_config('trellis.duty', $3, true)",
            (inner.hex(), outer.hex(), Duty.SNAPSHOT.value),
        )
        cursor.fetchall()
        yield cursor
    finally:
        cursor.close()
        connection.close()


def _conninfo(database: str) -> str:
    given = connections[database].settings_dict
    wanted = r"-c default_transaction_isolation=repeatable\ read -c default_transaction_read_only=on -c timezone=UTC"
    return make_conninfo(
        dbname=given["NAME"],
        user=given["USER"] or None,
        password=given["PASSWORD"] or None,
        host=given["HOST"] or None,
        port=given["PORT"] or None,
        options=wanted,
    )


def _hmac_pads(secret: str) -> tuple[bytes, bytes]:
    """The two blocks HMAC hashes before the message (RFC 2104), from a key that serves pseudonyms and nothing else."""
    key = hmac.digest(secret.encode(), PURPOSE, "sha256").ljust(HMAC_BLOCK, b"\0")
    return bytes(byte ^ INNER_PAD for byte in key), bytes(byte ^ OUTER_PAD for byte in key)


def _write(folder: Path, database: str, progress: Progress) -> Manifest:
    """Read the tables one after the other, the largest (last in the schema) first; a second thread sorts and writes
    one while the next is read."""
    waiting: dict[str, Future[TableEntry]] = {}
    with reading(database) as cursor, ThreadPoolExecutor(max_workers=1) as writer:
        as_at = _as_at(cursor)
        for table in reversed(TABLES.values()):
            rows = fetch(cursor, table)
            progress(f"{table.name}: {rows.num_rows:,} rows")
            waiting[table.name] = writer.submit(_write_table, rows, table, folder)
    tables = {name: waiting[name].result() for name in TABLES}
    identity = snapshot_id({name: entry.sha256 for name, entry in tables.items()})
    manifest = Manifest(SCHEMA_VERSION, as_at, tables, identity)
    (folder / MANIFEST).write_text(manifest.as_json(), encoding="utf-8")
    return manifest


def _as_at(cursor: dbapi.Cursor) -> str:
    cursor.execute("SELECT now() AT TIME ZONE 'UTC'")
    moment: datetime = cursor.fetchall()[0][0]
    return moment.replace(tzinfo=UTC, microsecond=0).isoformat().replace("+00:00", "Z")


def fetch(cursor: dbapi.Cursor, table: Table) -> pa.Table:
    """The rows of one table, unsorted, as PostgreSQL gives them."""
    cursor.execute(extract_sql(table.name))
    return cursor.fetch_arrow_table()


def _write_table(rows: pa.Table, table: Table, folder: Path) -> TableEntry:
    schema = table.arrow_schema()
    by = SORTED_BY.get(table.name, (table.columns[0].name,))
    ordered = rows.cast(schema).sort_by([(column, "ascending") for column in by])
    path = folder / f"{table.name}.parquet"
    pq.write_table(ordered, path, compression="zstd")
    return TableEntry(rows.num_rows, file_sha256(path), schema.names)


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
