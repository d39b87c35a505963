"""The log in words. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from trellis.audit_log.models import Action, AuditEvent
from trellis.core.clocks import LONDON
from trellis.governance.queries.log import FILE_ROWS, LogPage
from trellis.governance.queries.references import Reference

FEW = 3
NOBODY = "Nobody signed in"
HEADINGS = ("When", "Who", "Agency", "Did", "To what", "Id", "Records", "Why", "Through", "Request")
CUT = f"Cut: only the newest {FILE_ROWS:,} events are in this file. Choose fewer days for the rest."


@dataclass(frozen=True)
class EventRow:
    event: AuditEvent
    who: str
    agency: str
    did: str
    records: Sequence[Reference]
    more: int
    through: Sequence[str]

    @property
    def request(self) -> str:
        return str(self.event.request_id)[:8]


def event_rows(page: LogPage, agencies: Mapping[str, str]) -> list[EventRow]:
    return [event_row(event, page, agencies) for event in page.events]


def event_row(event: AuditEvent, page: LogPage, agencies: Mapping[str, str]) -> EventRow:
    records = [page.records[child] for child in event.children]
    return EventRow(
        event=event,
        who=event.actor.name if event.actor else NOBODY,
        agency=agencies.get(event.agency, event.agency),
        did=did(event),
        records=records[:FEW],
        more=max(len(records) - FEW, 0),
        through=reasons(event.grants, page.reasons),
    )


def did(event: AuditEvent) -> str:
    return dict(Action.choices).get(event.action, event.action).capitalize()


def reasons(grants: Iterable[UUID], known: Mapping[UUID, str]) -> list[str]:
    """Each reason once, in the order the grants were used."""
    return list(dict.fromkeys(known[grant] for grant in grants if grant in known))


def csv_row(event: AuditEvent, page: LogPage, agencies: Mapping[str, str]) -> list[object]:
    """The whole of an event: every record by its id, and by the name of those the reader may see."""
    records = [page.records[child] for child in event.children]
    return [
        event.at.astimezone(LONDON).isoformat(timespec="seconds"),
        event.actor.name if event.actor else NOBODY,
        agencies.get(event.agency, event.agency),
        did(event),
        event.what,
        event.object_id or "",
        "; ".join(f"{record.name or record.case} {record.person}".strip() for record in records),
        event.why,
        "; ".join(reasons(event.grants, page.reasons)),
        event.request_id,
    ]
