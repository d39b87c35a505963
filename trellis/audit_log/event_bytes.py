"""What an event says, as bytes, and the mac over it: the one form that is written, sealed and verified.

The form is PostgreSQL's own binary form of a row (as ``COPY ... (FORMAT binary)`` sends it): each column is a 32-bit
length and that many bytes, and a length of -1 stands for null. So no two rows have the same bytes, and a stored row is
checked as it comes off the wire. ADR 10 says why.
"""

import hmac
import struct
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from psycopg import Cursor, sql

TABLE = "audit_log_auditevent"
COLUMNS = (
    "event_key",
    "at",
    "actor_id",
    "agency",
    "action",
    "what",
    "object_id",
    "children",
    "grants",
    "why",
    "request_id",
)
LABEL = b"trellis audit event 1\n"
KEY_FOR = b"trellis audit log: the mac of an event, 1"
MAC_BYTES = 32

NULL = b"\xff\xff\xff\xff"
ABSENT = b"\xff\xff\xff\xfe"
POSTGRES_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
NO_UUIDS = struct.pack(">iiii", 12, 0, 0, 2950)
UUIDS = struct.Struct(">iiiiii")
UUID_LENGTH = struct.pack(">i", 16)

COPY = "COPY (SELECT id, mac, {columns} FROM {table} WHERE {which} ORDER BY id) TO STDOUT (FORMAT binary)"
COPY_HEADER, COPY_HEADER_BYTES = b"PGCOPY\n\xff\r\n\0", 19
ROW_STARTS, MAC_STARTS = 2, 12
SAID_STARTS = MAC_STARTS + 4 + MAC_BYTES
AT_STARTS = SAID_STARTS + 4 + 16 + 4


def bytes_of(event: Any) -> bytes:
    """The bytes of an event that is about to be stored. ``event`` is an ``AuditEvent``."""
    return b"".join(
        (
            _uuid(event.event_key),
            b"\0\0\0\x08" + moment_bytes(event.at),
            _uuid(event.actor_id),
            _text(event.agency),
            _text(event.action),
            _text(event.what),
            _uuid(event.object_id),
            _uuids(event.children),
            _uuids(event.grants),
            _text(event.why),
            _uuid(event.request_id),
        )
    )


def mac_of(said: bytes) -> bytes:
    """The mac that only this hub's secret key makes: without it nobody writes an event, whatever else they may do."""
    return _mac(said, settings.SECRET_KEY)


def mac_is_right(row: bytes) -> bool:
    """Was this stored row written by the hub? Keys it used before are in ``SECRET_KEY_FALLBACKS``."""
    mac, said = row[MAC_STARTS + 4 : SAID_STARTS], row[SAID_STARTS:]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(hmac.compare_digest(mac, _mac(said, key)) for key in keys)


def at_of(row: bytes) -> bytes:
    """When a stored row says it happened."""
    return row[AT_STARTS : AT_STARTS + 8]


def stored_rows(cursor: Cursor[Any], ids: Sequence[int]) -> dict[int, bytes]:
    """The rows of these ids as they stand in the database: id, mac, then what the event says."""
    columns = sql.SQL(", ").join(map(sql.Identifier, COLUMNS))
    statement = sql.SQL(COPY).format(columns=columns, table=sql.Identifier(TABLE), which=_which(ids))
    wanted, rows = set(ids), dict[int, bytes]()
    with cursor.copy(statement) as copy:
        for message in copy:
            row = bytes(message)
            if row.startswith(COPY_HEADER):
                row = row[COPY_HEADER_BYTES:]
            if len(row) > ROW_STARTS:
                event_id = int.from_bytes(row[6:14], "big", signed=True)
                if event_id in wanted:
                    rows[event_id] = row[ROW_STARTS:]
    return rows


def _which(ids: Sequence[int]) -> sql.Composed:
    """A span where nearly all of it is asked for, which the database reads twice as fast, else each id by itself."""
    if ids and max(ids) - min(ids) < 2 * len(ids):
        return sql.SQL("id BETWEEN {} AND {}").format(min(ids), max(ids))
    return sql.SQL("id = ANY({}::bigint[])").format(f"{{{','.join(map(str, ids))}}}")


def absent(event_id: int) -> bytes:
    """What stands for an event that was gone before it was sealed: no row has these bytes."""
    return struct.pack(">iq", 8, event_id) + ABSENT


def moment_bytes(moment: datetime) -> bytes:
    """Microseconds since the year 2000 in UTC, as PostgreSQL keeps a moment."""
    return struct.pack(">q", (moment - POSTGRES_EPOCH) // MICROSECOND)


def moment_at(stored: bytes) -> datetime:
    """The moment of these bytes. Raises OverflowError for one outside the calendar."""
    return POSTGRES_EPOCH + MICROSECOND * int.from_bytes(stored, "big", signed=True)


@cache
def _key(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=KEY_FOR).derive(secret.encode())


def _mac(said: bytes, secret: str) -> bytes:
    return hmac.digest(_key(secret), LABEL + said, "sha256")


def _text(value: str) -> bytes:
    encoded = str(value).encode()
    return struct.pack(">i", len(encoded)) + encoded


def _uuid(value: UUID | None) -> bytes:
    return NULL if value is None else UUID_LENGTH + value.bytes


def _uuids(values: Iterable[UUID]) -> bytes:
    items = [UUID_LENGTH + value.bytes for value in values]
    if not items:
        return NO_UUIDS
    return UUIDS.pack(20 + 20 * len(items), 1, 0, 2950, len(items), 1) + b"".join(items)
