"""Batches as they stand in the database, read for sealing and for verifying."""

from collections.abc import Iterator, Sequence
from typing import Any, LiteralString

from psycopg import Connection

from trellis.audit_log.chain import Batch

ALL: LiteralString = """
SELECT number, event_ids, doubtful, count, total, digest, previous, timestamptz_send(sealed_at), signature
FROM audit_log_auditbatch ORDER BY number
"""
LAST: LiteralString = ALL + "DESC LIMIT 1"
AT_A_TIME = 50


def last_batch(connection: Connection[Any]) -> Batch | None:
    row = connection.execute(LAST).fetchone()
    return _batch(row) if row else None


def batches(connection: Connection[Any]) -> Iterator[Batch]:
    """All batches in order, few in memory at a time."""
    with connection.cursor(name="audit_batches") as cursor:
        cursor.itersize = AT_A_TIME
        cursor.execute(ALL)
        for row in cursor:
            yield _batch(row)


def _batch(row: Sequence[Any]) -> Batch:
    number, event_ids, doubtful, count, total, digest, previous, sealed_at, signature = row
    return Batch(
        number=number,
        event_ids=_numbers(event_ids),
        doubtful=_numbers(doubtful),
        count=count,
        total=total,
        digest=digest or b"",
        previous=previous or b"",
        sealed_at=sealed_at or b"",
        signature=signature or b"",
    )


def _numbers(ids: Any) -> list[int]:
    """A list of ids; what somebody made of it that is no such list counts as empty, and so is found."""
    return ids if isinstance(ids, list) and all(type(one) is int for one in ids) else []
