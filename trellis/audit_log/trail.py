"""The trail: what one request or command reads and writes, kept until its transaction commits.

Reading a child's data outside a trail is an error: nobody may look without leaving a mark.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from trellis.accounts.models import User
from trellis.audit_log.models import Action, AuditEvent
from trellis.core.bulk_insert import insert_rows
from trellis.core.row_context import Context, Duty, asked_by, present_context


class NoTrail(RuntimeError):
    """A child's data was touched where nothing records it."""


@dataclass
class Trail:
    actor: User | None
    why: str = ""
    request_id: uuid.UUID = field(default_factory=uuid.uuid4)
    events: list[AuditEvent] = field(default_factory=list)

    def event(self, action: str, what: str, object_id: uuid.UUID | None = None, why: str = "") -> AuditEvent:
        return AuditEvent(
            actor=self.actor,
            agency=self.actor.agency.code if self.actor else "",
            action=action,
            what=what,
            object_id=object_id,
            why=why or self.why,
            request_id=self.request_id,
        )

    def write(self, using: str = "default") -> None:
        """Store what was noted. Called last inside the transaction, so that both happen or neither."""
        insert_rows(self.events, using)
        self.events = []


_current: ContextVar[Trail | None] = ContextVar("trail", default=None)


def current_trail() -> Trail:
    trail = _current.get()
    if trail is None:
        raise NoTrail("a child's data was touched where nothing records it")
    return trail


def note(
    action: Action,
    what: str,
    *,
    object_id: uuid.UUID | None = None,
    children: Iterable[uuid.UUID] = (),
    grants: Iterable[uuid.UUID] = (),
    why: str = "",
) -> None:
    """Remember one reading or writing. ``what`` names the kind of thing, never its content."""
    trail = current_trail()
    event = trail.event(action, what, object_id, why)
    event.children = list(dict.fromkeys(children))
    event.grants = list(dict.fromkeys(grants))
    trail.events.append(event)


def note_written(what: str, rows: Sequence[Any]) -> None:
    """One event for rows about people that were written together; it names every child."""
    if rows:
        only = rows[0].id if len(rows) == 1 else None
        note(Action.WRITE, what, object_id=only, children=[row.person_id for row in rows])


@contextmanager
def recorded(actor: User | None, why: str = "", duty: Duty | None = None) -> Iterator[Trail]:
    """One transaction and its trail: the log is written last, inside it.

    The database is asked on behalf of ``actor``. A ``duty`` opens every row to what the system does for them; with
    neither the row context stays as it is, and where there was none nothing protected is seen.
    """
    trail = Trail(actor=actor, why=why)
    token = _current.set(trail)
    try:
        with asked_by(_context_of(actor, duty)):
            yield trail
            if not transaction.get_connection().needs_rollback:
                trail.write()
    finally:
        _current.reset(token)


def _context_of(actor: User | None, duty: Duty | None) -> Context:
    if actor is None:
        return present_context() if duty is None else Context(duty=duty)
    return Context(user=str(actor.id), agency=str(actor.agency_id), duty=duty or Duty.NONE)


@contextmanager
def attempt() -> Iterator[None]:
    """A savepoint: when it is undone, what was noted inside it is taken back too."""
    trail = current_trail()
    noted = len(trail.events)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del trail.events[noted:]
        raise


def record_apart(event: AuditEvent) -> None:
    """Store a refusal on the second connection, so that it outlives the request's rollback."""
    insert_rows([event], using="audit")


def record_session(event: str, user: User | None, why: str = "") -> None:
    """A signing in or out, or a change to how. A failed one is stored apart, so that nothing can undo it."""
    trail = current_trail()
    before, trail.actor = trail.actor, user
    if event in (Action.SIGN_IN_FAILED, Action.SIGN_IN_BLOCKED):
        record_apart(trail.event(event, "session", why=why))
        trail.actor = before
    else:
        note(Action(event), "session", why=why)


def record_account(event: str, by: User | None, account: User) -> None:
    """Somebody's account was opened, changed or closed. A command that does so has no trail yet and gets one."""
    if _current.get() is None:
        with recorded(by):
            note(Action.WRITE, event, object_id=account.id)
    else:
        note(Action.WRITE, event, object_id=account.id)
