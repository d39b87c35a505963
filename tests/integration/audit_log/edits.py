"""What somebody who rules the database, or the heads outside it, might do to the log. Each edit says what it did."""

import hashlib
import random
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg import sql

from trellis.audit_log.chain import Batch, digest_of_rows
from trellis.audit_log.event_bytes import COLUMNS, stored_rows
from trellis.audit_log.stored_batches import batches

EVENT_COLUMNS = (*COLUMNS, "mac")
BATCH_COLUMNS = ("event_ids", "doubtful", "count", "total", "digest", "previous", "sealed_at", "signature")


class Adversary:
    """A superuser's connection inside a transaction, no trigger firing, and the dice of one run."""

    def __init__(self, connection: psycopg.Connection, chance: random.Random, heads: Path) -> None:
        self.db, self.chance, self.heads = connection, chance, heads
        connection.execute("SET LOCAL session_replication_role = replica")
        self.numbers = self._column("SELECT number FROM audit_log_auditbatch ORDER BY 1")
        self.sealed = self._column("SELECT unnest(event_ids) FROM audit_log_auditbatch ORDER BY 1")
        self.waiting = self._column("SELECT event_id FROM audit_log_awaitingseal ORDER BY 1")

    def _column(self, query: str) -> list[int]:
        return [value for (value,) in self.db.execute(query)]

    def some(self, ids: list[int], most: int) -> list[int]:
        return self.chance.sample(ids, self.chance.randint(1, min(most, len(ids))))

    def another(self, value):
        """Another value of the same kind; nothing becomes something, and now and then something becomes nothing."""
        chance = self.chance
        if isinstance(value, bool | int):
            return value + chance.choice([-1, 1, 1000])
        if isinstance(value, str):
            return value + chance.choice("ax ") if chance.random() < 0.6 or not value else value[:-1]
        if isinstance(value, datetime):
            return value + timedelta(microseconds=chance.choice([-1, 1, 3_600_000_000]))
        if isinstance(value, bytes):
            place = chance.randrange(len(value))
            return value[:place] + bytes([value[place] ^ 1 << chance.randrange(8)]) + value[place + 1 :]
        if isinstance(value, list):
            return self._another_list(value)
        return UUID(int=chance.getrandbits(128))

    def _another_list(self, value: list) -> list:
        numbers = value and isinstance(value[0], int)
        more = 10**6 if numbers else UUID(int=self.chance.getrandbits(128))
        shorter, longer, turned = value[:-1], [*value, more], value[::-1]
        return self.chance.choice([each for each in (shorter, longer, turned) if each != value])

    def set_event(self, event_id: int, column: str) -> None:
        read = sql.SQL("SELECT {} FROM audit_log_auditevent WHERE id = %s").format(sql.Identifier(column))
        (value,) = self.db.execute(read, [event_id]).fetchone()
        write = sql.SQL("UPDATE audit_log_auditevent SET {} = %s WHERE id = %s").format(sql.Identifier(column))
        self.db.execute(write, [self.another(value), event_id])

    def delete_events(self, ids: list[int]) -> None:
        self.db.execute("DELETE FROM audit_log_auditevent WHERE id = ANY(%s)", [ids])

    def copy_event(self, source: int, *, mac: str = "mac") -> int:
        """A new event that says what another says, under a key of its own."""
        statement = f"""
            INSERT INTO audit_log_auditevent ({", ".join(EVENT_COLUMNS)})
            SELECT gen_random_uuid(), {", ".join(EVENT_COLUMNS[1:-1])}, {mac}
            FROM audit_log_auditevent WHERE id = %s RETURNING id"""
        return self.db.execute(statement, [source]).fetchone()[0]

    def queue(self, event_id: int) -> None:
        self.db.execute("INSERT INTO audit_log_awaitingseal VALUES (%s, now())", [event_id])


def change_a_sealed_event(it: Adversary) -> None:
    it.set_event(it.chance.choice(it.sealed), it.chance.choice(EVENT_COLUMNS))


def change_a_waiting_event(it: Adversary) -> None:
    it.set_event(it.chance.choice(it.waiting), it.chance.choice(EVENT_COLUMNS))


def delete_events(it: Adversary) -> None:
    it.delete_events(it.some(it.sealed, 20))


def delete_a_waiting_event(it: Adversary) -> None:
    it.delete_events([it.chance.choice(it.waiting)])


def take_events_out_of_the_queue(it: Adversary) -> None:
    it.db.execute("DELETE FROM audit_log_awaitingseal WHERE event_id = ANY(%s)", [it.some(it.waiting, 5)])


def put_a_sealed_event_back_into_the_queue(it: Adversary) -> None:
    it.queue(it.chance.choice(it.sealed))


def forge_an_event(it: Adversary) -> None:
    made = it.copy_event(it.chance.choice(it.sealed), mac=it.chance.choice(["mac", "sha256('x')", "''"]))
    if it.chance.random() < 0.5:
        it.queue(made)


def forge_an_event_into_a_batch(it: Adversary) -> None:
    made = it.copy_event(it.chance.choice(it.sealed))
    it.db.execute(
        "UPDATE audit_log_auditbatch SET event_ids = event_ids || %s::bigint, count = count + 1 WHERE number = %s",
        [made, it.chance.choice(it.numbers)],
    )


def exchange_two_events(it: Adversary) -> None:
    reorder(it, it.chance.sample(it.sealed, 2))


def reorder_some_events(it: Adversary) -> None:
    reorder(it, it.chance.sample(it.sealed, it.chance.randint(3, 12)))


def reorder(it: Adversary, ids: list[int]) -> None:
    """Give each of these events the number of the next; every event stays whole."""
    it.db.execute("UPDATE audit_log_auditevent SET id = -id WHERE id = ANY(%s)", [ids])
    for old, new in zip(ids, ids[1:] + ids[:1], strict=True):
        it.db.execute("UPDATE audit_log_auditevent SET id = %s WHERE id = %s", [new, -old])


def give_an_event_another_number(it: Adversary) -> None:
    it.db.execute(
        "UPDATE audit_log_auditevent SET id = %s WHERE id = %s",
        [10**6 + it.chance.randrange(10**6), it.chance.choice(it.sealed)],
    )


def cut_the_tail(it: Adversary) -> None:
    """The last batches and all they hold, and all that waits."""
    number = it.chance.choice(it.numbers[1:])
    it.db.execute(
        """DELETE FROM audit_log_auditevent WHERE id IN
        (SELECT unnest(event_ids) FROM audit_log_auditbatch WHERE number >= %s)""",
        [number],
    )
    it.db.execute("DELETE FROM audit_log_auditbatch WHERE number >= %s", [number])
    if it.chance.random() < 0.5:
        it.delete_events(it.waiting)
        it.db.execute("DELETE FROM audit_log_awaitingseal")


def cut_the_last_batch(it: Adversary) -> None:
    it.numbers = it.numbers[-2:]
    cut_the_tail(it)


def empty_the_log(it: Adversary) -> None:
    it.db.execute("TRUNCATE audit_log_auditevent, audit_log_auditbatch, audit_log_awaitingseal")


def empty_the_events(it: Adversary) -> None:
    it.db.execute("TRUNCATE audit_log_auditevent, audit_log_awaitingseal")


def put_an_older_log_in_its_place(it: Adversary) -> None:
    """As the database stood when this batch had been sealed, and the events of the next one were waiting."""
    number = it.chance.choice(it.numbers[:-1])
    later = "(SELECT unnest(event_ids) FROM audit_log_auditbatch WHERE number {})"
    it.delete_events(it.waiting)
    it.db.execute("DELETE FROM audit_log_awaitingseal")
    it.db.execute(f"DELETE FROM audit_log_auditevent WHERE id IN {later.format('> %s')}", [number + 1])
    it.db.execute(
        f"INSERT INTO audit_log_awaitingseal SELECT id, now() FROM {later.format('= %s')} AS next (id)", [number + 1]
    )
    it.db.execute("DELETE FROM audit_log_auditbatch WHERE number > %s", [number])


def change_a_batch(it: Adversary) -> None:
    number, column = it.chance.choice(it.numbers), sql.Identifier(it.chance.choice(BATCH_COLUMNS))
    read = sql.SQL("SELECT {} FROM audit_log_auditbatch WHERE number = %s").format(column)
    (value,) = it.db.execute(read, [number]).fetchone()
    if value == []:
        value = [it.chance.choice(it.sealed)]
        new = value
    else:
        new = it.another(value)
    write = sql.SQL("UPDATE audit_log_auditbatch SET {} = %s WHERE number = %s").format(column)
    it.db.execute(write, [new, number])


def change_a_signature(it: Adversary) -> None:
    number = it.chance.choice(it.numbers)
    (value,) = it.db.execute("SELECT signature FROM audit_log_auditbatch WHERE number = %s", [number]).fetchone()
    it.db.execute("UPDATE audit_log_auditbatch SET signature = %s WHERE number = %s", [it.another(value), number])


def give_a_batch_another_number(it: Adversary) -> None:
    it.db.execute(
        "UPDATE audit_log_auditbatch SET number = %s WHERE number = %s",
        [it.chance.choice([0, -3, len(it.numbers) + 1, 10**9]), it.chance.choice(it.numbers)],
    )


def exchange_two_batches(it: Adversary) -> None:
    one, other = it.chance.sample(it.numbers, 2)
    for old, new in ((one, -1), (other, one), (-1, other)):
        it.db.execute("UPDATE audit_log_auditbatch SET number = %s WHERE number = %s", [new, old])


def delete_batches(it: Adversary) -> None:
    """Without their events, or with the events put back into the queue as if they had never been sealed."""
    gone = it.some(it.numbers, 3)
    if it.chance.random() < 0.5:
        it.db.execute(
            """INSERT INTO audit_log_awaitingseal
            SELECT unnest(event_ids), now() FROM audit_log_auditbatch WHERE number = ANY(%s)""",
            [gone],
        )
    it.db.execute("DELETE FROM audit_log_auditbatch WHERE number = ANY(%s)", [gone])


def change_an_event_and_sign_everything_after_it_anew(it: Adversary) -> None:
    """The best that can be done without the hub's keys: a chain that is whole again, under another key."""
    event_id, key = it.chance.choice(it.sealed), Ed25519PrivateKey.generate()
    it.set_event(event_id, "what")
    previous = b""
    for batch in list(batches(it.db)):
        if previous or event_id in batch.event_ids:
            previous = _sign_anew(it, batch, previous or batch.previous, key)


def _sign_anew(it: Adversary, batch: Batch, previous: bytes, key: Ed25519PrivateKey) -> bytes:
    with it.db.cursor() as cursor:
        rows = stored_rows(cursor, batch.event_ids)
    digest = digest_of_rows(rows[event_id] for event_id in batch.event_ids)
    fields = {**vars(batch), "digest": digest, "previous": previous}
    signature = key.sign(Batch(**fields).header())
    it.db.execute(
        "UPDATE audit_log_auditbatch SET digest = %s, previous = %s, signature = %s WHERE number = %s",
        [digest, previous, signature, batch.number],
    )
    return Batch(**{**fields, "signature": signature}).link()


def put_a_batch_at_the_end(it: Adversary) -> None:
    """A batch of forged events that claims to be the newest, which alone may lack a head."""
    made = it.copy_event(it.chance.choice(it.sealed))
    it.db.execute(
        """INSERT INTO audit_log_auditbatch
        SELECT number + 1, ARRAY[%s::bigint], '{}', 1, total + 1, digest, %s, now(), signature
        FROM audit_log_auditbatch ORDER BY number DESC LIMIT 1""",
        [made, hashlib.sha256(b"x").digest()],
    )


def switch_off_what_guards_the_log(it: Adversary) -> None:
    it.db.execute(
        it.chance.choice(
            [
                "ALTER TABLE audit_log_auditevent DISABLE TRIGGER audit_log_awaits_seal",
                "ALTER TABLE audit_log_auditevent DISABLE TRIGGER audit_log_is_append_only",
                "ALTER TABLE audit_log_auditbatch DISABLE TRIGGER ALL",
                "ALTER TABLE audit_log_auditevent DROP CONSTRAINT audit_log_auditevent_event_key_key",
                "DROP TRIGGER audit_log_awaits_seal ON audit_log_auditevent",
            ]
        )
    )


def change_a_head(it: Adversary) -> None:
    """Any byte of any line but the newest end of line, which a torn write leaves out too."""
    path, content = _heads(it)
    place = it.chance.randrange(len(content) - 1)
    path.write_bytes(content[:place] + bytes([content[place] ^ 1 << it.chance.randrange(7)]) + content[place + 1 :])


def remove_heads(it: Adversary) -> None:
    """Any but the newest alone: a sealer killed before writing it leaves the same."""
    path, content = _heads(it)
    lines = content.splitlines(keepends=True)
    if it.chance.random() < 0.5:
        kept = lines[: it.chance.randrange(len(lines) - 1)]
    else:
        gone = set(it.some(range(len(lines) - 1), 5))
        kept = [line for place, line in enumerate(lines) if place not in gone]
    path.write_bytes(b"".join(kept))


def reorder_heads(it: Adversary) -> None:
    path, content = _heads(it)
    lines = content.splitlines(keepends=True)
    one, other = it.chance.sample(range(len(lines)), 2)
    lines[one], lines[other] = lines[other], lines[one]
    path.write_bytes(b"".join(lines))


def repeat_a_head(it: Adversary) -> None:
    path, content = _heads(it)
    lines = content.splitlines(keepends=True)
    lines.insert(it.chance.randrange(len(lines) + 1), it.chance.choice(lines))
    path.write_bytes(b"".join(lines))


def lose_the_heads(it: Adversary) -> None:
    shutil.rmtree(it.heads / "heads")


def cut_the_tail_and_its_heads_but_one(it: Adversary) -> None:
    """Whoever rules the database and reaches a copy of the heads that is a little older."""
    path, content = _heads(it)
    lines = content.splitlines(keepends=True)
    kept = it.chance.randrange(2, len(lines))
    path.write_bytes(b"".join(lines[:kept]))
    it.numbers = it.numbers[: it.chance.randrange(2, kept + 1)]
    cut_the_tail(it)


def _heads(it: Adversary) -> tuple[Path, bytes]:
    (path,) = (it.heads / "heads").glob("*.jsonl")
    return path, path.read_bytes()


EDITS: list[Callable[[Adversary], None]] = [
    change_a_sealed_event,
    change_a_waiting_event,
    delete_events,
    delete_a_waiting_event,
    take_events_out_of_the_queue,
    put_a_sealed_event_back_into_the_queue,
    forge_an_event,
    forge_an_event_into_a_batch,
    exchange_two_events,
    reorder_some_events,
    give_an_event_another_number,
    cut_the_tail,
    cut_the_last_batch,
    empty_the_log,
    empty_the_events,
    put_an_older_log_in_its_place,
    change_a_batch,
    change_a_signature,
    give_a_batch_another_number,
    exchange_two_batches,
    delete_batches,
    change_an_event_and_sign_everything_after_it_anew,
    put_a_batch_at_the_end,
    switch_off_what_guards_the_log,
    change_a_head,
    remove_heads,
    reorder_heads,
    repeat_a_head,
    lose_the_heads,
    cut_the_tail_and_its_heads_but_one,
]
