"""The trail: what one request or command reads and writes, kept until its transaction commits.

Reading a child's data outside a trail is an error: nobody may look without leaving a mark.
"""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import transaction

from trellis.accounts.models import User
from trellis.audit_log.models import Action, AuditEvent
from trellis.core.bulk_insert import insert_rows


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


@contextmanager
def recorded(actor: User | None, why: str = "") -> Iterator[Trail]:
    """One transaction and its trail: the log is written last, inside it."""
    trail = Trail(actor=actor, why=why)
    token = _current.set(trail)
    try:
        with transaction.atomic():
            yield trail
            if not transaction.get_connection().needs_rollback:
                trail.write()
    finally:
        _current.reset(token)


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
    event.save(using="audit")


def record_session(event: str, user: User | None) -> None:
    """A signing in or out. A failed one is stored apart, so that nothing that follows can undo it."""
    trail = current_trail()
    trail.actor = user
    if event == Action.SIGN_IN_FAILED:
        record_apart(trail.event(event, "session"))
        trail.actor = None
    else:
        note(Action(event), "session")
