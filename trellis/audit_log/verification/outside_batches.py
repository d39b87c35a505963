"""What no batch holds: events that wait for their seal, events that never were queued, and guards taken away."""

from collections.abc import Iterator
from typing import Any, LiteralString

from psycopg import Connection

from trellis.audit_log.event_bytes import mac_is_right, stored_rows
from trellis.audit_log.findings import Finding

AT_A_TIME = 5_000

KEPT: LiteralString = """
SELECT unnest(event_ids) AS id FROM audit_log_auditbatch UNION ALL SELECT event_id FROM audit_log_awaitingseal
"""
UNKNOWN: LiteralString = f"""
SELECT id FROM audit_log_auditevent LEFT JOIN ({KEPT}) AS kept USING (id) WHERE kept.id IS NULL ORDER BY id
"""  # noqa: S608
TWICE: LiteralString = f"SELECT id FROM ({KEPT}) AS kept GROUP BY id HAVING count(*) > 1 ORDER BY id"  # noqa: S608
WAITING: LiteralString = "SELECT event_id FROM audit_log_awaitingseal WHERE event_id > %s ORDER BY event_id LIMIT %s"
WAITS_TOO_LONG: LiteralString = """
SELECT count(*), to_char(min(queued_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') FROM audit_log_awaitingseal
WHERE queued_at NOT BETWEEN clock_timestamp() - interval '1 minute' AND clock_timestamp() + interval '1 minute'
"""
GUARDS: LiteralString = """
SELECT what FROM (VALUES
    ('the trigger that keeps events unchanged', EXISTS (
        SELECT FROM pg_trigger WHERE tgname = 'audit_log_is_append_only' AND tgenabled IN ('O', 'A')
        AND tgrelid = to_regclass('public.audit_log_auditevent'))),
    ('the trigger that keeps batches unchanged', EXISTS (
        SELECT FROM pg_trigger WHERE tgname = 'audit_log_is_append_only' AND tgenabled IN ('O', 'A')
        AND tgrelid = to_regclass('public.audit_log_auditbatch'))),
    ('the trigger that queues events', EXISTS (
        SELECT FROM pg_trigger WHERE tgname = 'audit_log_awaits_seal' AND tgenabled IN ('O', 'A')
        AND tgrelid = to_regclass('public.audit_log_auditevent'))),
    ('the index that keeps an event from being stored twice', EXISTS (SELECT FROM pg_index JOIN pg_attribute
        ON attrelid = indrelid AND attname = 'event_key' WHERE indrelid = to_regclass('public.audit_log_auditevent')
        AND indisunique AND indisvalid AND indpred IS NULL AND indkey::text = attnum::text)),
    ('the table of events', EXISTS (SELECT FROM pg_class WHERE relkind IN ('r', 'p')
        AND oid = to_regclass('public.audit_log_auditevent')))
) AS guard (what, stands) WHERE NOT stands
"""


def missing_guards(connection: Connection[Any]) -> Iterator[Finding]:
    """What the database itself keeps the log with must be there."""
    for (what,) in connection.execute(GUARDS).fetchall():
        yield Finding(f"{what} is switched off or gone")


class OutsideBatches:
    """Looks at every event that is in no batch; ``sealed`` is how many were found in batches."""

    def __init__(self, connection: Connection[Any], sealed: int) -> None:
        self._connection = connection
        self._sealed = sealed
        self.awaiting = 0

    def findings(self) -> Iterator[Finding]:
        yield from self._of_waiting()
        unknown = 0
        for event_id in self._ids("unknown", UNKNOWN):
            unknown += 1
            yield Finding(
                "was put into the log by a way that is not the hub's: it never waited for a seal", None, event_id
            )
        counted = self._connection.execute("SELECT count(*) FROM audit_log_auditevent").fetchone()
        if counted != (self._sealed + self.awaiting + unknown,):
            for event_id in self._ids("twice", TWICE):
                yield Finding("is sealed already and was queued or sealed once more", None, event_id)

    def _of_waiting(self) -> Iterator[Finding]:
        after = -(2**63)
        while ids := [i for (i,) in self._connection.execute(WAITING, [after, AT_A_TIME]).fetchall()]:
            after = ids[-1]
            with self._connection.cursor() as cursor:
                rows = stored_rows(cursor, ids)
            self.awaiting += len(rows)
            for event_id in ids:
                if event_id not in rows:
                    yield Finding("was deleted before it was sealed", None, event_id)
                elif not mac_is_right(rows[event_id]):
                    yield Finding("was forged, or changed before it was sealed", None, event_id)
        late, since = self._connection.execute(WAITS_TOO_LONG).fetchone() or (0, None)
        if late:
            yield Finding(f"{late} events have waited for their seal since {since} UTC: the sealer does not run")

    def _ids(self, name: str, query: LiteralString) -> Iterator[int]:
        with self._connection.cursor(name=f"audit_{name}") as cursor:
            cursor.execute(query)
            for (event_id,) in cursor:
                yield event_id
