"""The openings of one record in words. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from trellis.audit_log.models import AuditEvent
from trellis.governance.presenters.log import did, reasons


@dataclass(frozen=True)
class OpeningRow:
    event: AuditEvent
    did: str
    through: list[str]


def opening_rows(events: Iterable[AuditEvent], known: Mapping[UUID, str]) -> list[OpeningRow]:
    return [OpeningRow(event, did(event), reasons(event.grants, known)) for event in events]
