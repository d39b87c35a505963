"""Who may see one child's record, and who opened it."""

from dataclasses import dataclass
from uuid import UUID

from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import AuditEvent
from trellis.audit_log.queries import Opening, latest_openings, opened_by
from trellis.cases.queries import ChildHeader
from trellis.governance.queries.log import reasons_of
from trellis.need_to_know.access import visible_to
from trellis.need_to_know.models import Grant

LATEST = 50


@dataclass(frozen=True)
class Opened:
    """Who opened a record, the latest openings one by one, and why the grants they used were given."""

    by: list[Opening]
    latest: list[AuditEvent]
    reasons: dict[UUID, str]


def grants_of(user: User, person: UUID) -> list[Grant]:
    """The grants that give sight of this child now, teams first, then agencies, then workers by name."""
    found = visible_to(user, Grant).filter(person=person)
    giving = found.giving_sight()  # type: ignore[attr-defined]
    return list(
        giving.select_related("user__agency", "team", "agency", "recorded_by").order_by(
            "team__name", "agency__name", "user__name", "starts_at"
        )
    )


def opened(user: User, header: ChildHeader) -> Opened | None:
    """Who opened the record; only the lead worker and whoever reviews access may know."""
    if header.lead != user and not user.may(Permission.ACCESS_REVIEW):
        return None
    latest = latest_openings(header.person.id, LATEST)
    used = {grant for event in latest for grant in event.grants}
    return Opened(opened_by(header.person.id), latest, reasons_of(used, frozenset()))
