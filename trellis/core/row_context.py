"""On whose behalf the database is asked: settings that live for one transaction and that row-level security reads.

Nothing set means nobody: no protected row is seen. This is a second lock, against a forgotten filter. It does not stop
whoever can run SQL of their own as the app's role, for the role sets these settings itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db import connection, transaction
from psycopg.pq import TransactionStatus

SETTINGS = ("trellis.user", "trellis.agency", "trellis.duty")
APPLY = f"SELECT {', '.join(f'set_config(%s, %s, true) AS s{n}' for n, _ in enumerate(SETTINGS))}"


class Duty(StrEnum):
    """What the system itself does with every row, whoever asks. Each opens the second lock: use it narrowly."""

    NONE = ""
    INTAKE = "intake"  # somebody brings a child, or what they know of one, who may not see it themselves
    IMPORT = "import"  # a partner's file is compared with the whole record
    SNAPSHOT = "snapshot"  # the whole record, pseudonymised, for figures
    AUDIT = "audit"  # the log is sealed, verified or read by whoever may
    REVIEW = "review"  # who may see whom is looked over, by whoever may
    STORY = "story"  # the invented story of a demonstration
    CHECK = "check"  # whether anybody real is in the database
    SEAL = "seal"  # who is kept from whom is written down, and read by whoever may know of it
    WATCH = "watch"  # whether a report of a missing child waits too long, whoever sees it
    RETURN = "return"  # the statutory return of looked-after children is made, and set beside the reports
    EMERGENCY = "emergency"  # somebody opens a record they do not see, and those who answer for it are told
    POST = "post"  # a letter is sent, and collected by whom it is for, who may see nothing else


@dataclass(frozen=True)
class Context:
    """The user and their agency, as text; ``duty`` when the system acts."""

    user: str = ""
    agency: str = ""
    duty: str = ""


NOBODY = Context()
_context: ContextVar[Context] = ContextVar("row_context", default=NOBODY)


def present_context() -> Context:
    return _context.get()


def _apply(context: Context) -> None:
    values = (context.user, context.agency, str(context.duty))
    with connection.cursor() as cursor:
        cursor.execute(APPLY, [word for pair in zip(SETTINGS, values, strict=True) for word in pair])


@contextmanager
def asked_by(context: Context) -> Iterator[None]:
    """One transaction asked on behalf of ``context``; a transaction around it goes on as it was."""
    with transaction.atomic():
        token = _context.set(context)
        try:
            _apply(context)
            yield
        finally:
            _context.reset(token)
    if connection.in_atomic_block:
        _apply(_context.get())


@contextmanager
def duty(wanted: Duty) -> Iterator[None]:
    """Open the second lock for what the system does inside; the user stays who they are."""
    if not connection.in_atomic_block:
        with asked_by(replace(_context.get(), duty=wanted)):
            yield
        return
    before = _context.get()
    token = _context.set(replace(before, duty=wanted))
    try:
        _apply(_context.get())
        yield
    finally:
        _context.reset(token)
        if connection.connection.info.transaction_status == TransactionStatus.INTRANS:
            _apply(before)
