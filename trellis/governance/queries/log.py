"""The audit log as an auditor reads it. The caller has checked AUDIT_READ.

The rule for sealed records: an event about a sealed child is shown to the auditor only if they hold the seal. For any
other auditor such an event is in no list, no count and no file; of an event about several children the sealed ones are
left out; and a search that showed only sealed children found nobody.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from trellis.accounts.models import User
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.queries import Filter, Place, events, matching
from trellis.audit_log.trail import recorded
from trellis.core.clocks import now
from trellis.core.row_context import Duty, duty
from trellis.governance.access import left_out
from trellis.governance.queries.references import Reference, references_of
from trellis.need_to_know.models import Grant

FILE_ROWS = 100_000
CHUNK = 1_000
RECENT = 5_000


@dataclass(frozen=True)
class LogPage:
    """Events with the records they are about and the reasons of the grants they used. ``older``: where to go on."""

    events: list[AuditEvent]
    records: dict[UUID, Reference]
    reasons: dict[UUID, str]
    older: UUID | None
    place: Place | None


def log_page(user: User, wanted: Filter, before: Place | None = None, size: int = 50) -> LogPage:
    """One page of what ``user`` may know of, newest first; the same few queries however long the log is."""
    hidden = left_out(user)
    page = events(replace(wanted, left_out=hidden), before=before, size=size)
    for event in page.events:
        event.children = [child for child in event.children if child not in hidden]
    records = references_of(user, {child for event in page.events for child in event.children})
    used = {grant for event in page.events for grant in event.grants}
    older = page.events[-1].event_key if page.older else None
    return LogPage(page.events, records, reasons_of(used, hidden), older, page.older)


def reasons_of(grants: Collection[UUID], hidden: Collection[UUID]) -> dict[UUID, str]:
    """Why each of these grants was given, but those about hidden people."""
    with duty(Duty.REVIEW):
        return dict(Grant.objects.filter(id__in=grants).exclude(person__in=hidden).values_list("id", "reason"))


def place_of(event_key: UUID) -> Place | None:
    """Where an event stands in the log; None when there is none with this key."""
    with duty(Duty.AUDIT):
        found = AuditEvent.objects.filter(event_key=event_key).values_list("at", "id").first()
    return Place(*found) if found else None


def whole_log(user: User, wanted: Filter) -> Iterator[LogPage]:
    """Up to FILE_ROWS events in pages, each read in a transaction of its own, for a file that is sent as it is made."""
    place, left = None, FILE_ROWS
    while left:
        with recorded(user):
            page = log_page(user, wanted, place, min(CHUNK, left))
        yield page
        left -= len(page.events)
        place = page.place
        if place is None:
            return


def kinds_of_thing(user: User) -> list[str]:
    """What the latest events were about, in words, by name."""
    latest = matching(Filter(left_out=left_out(user))).order_by("-at", "-id").values("id")[:RECENT]
    with duty(Duty.AUDIT):
        return list(AuditEvent.objects.filter(id__in=latest).order_by("what").values_list("what", flat=True).distinct())


def events_of_a_day(user: User) -> int:
    """How many events of the last 24 hours the user may know of."""
    known = matching(Filter(left_out=left_out(user)))
    with duty(Duty.AUDIT):
        return known.filter(at__gte=now() - timedelta(days=1)).count()
