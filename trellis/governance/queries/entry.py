"""What waits on each page of governance, for whoever may open it."""

from dataclasses import dataclass

from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.governance.access import grants_reviewed_by, reviewing
from trellis.governance.queries.log import events_of_a_day
from trellis.governance.queries.unusual import chosen, unusual
from trellis.sharing.emergency.queries import waiting_for


@dataclass(frozen=True)
class Counts:
    """None where the user's role does not open the page."""

    grants: int | None = None
    endless: int | None = None
    events: int | None = None
    unusual: int | None = None
    emergencies: int | None = None


def counts(user: User) -> Counts:
    grants = endless = events = open_findings = emergencies = None
    if user.may(Permission.ACCESS_REVIEW):
        with reviewing(user):
            reviewed = grants_reviewed_by(user)
            grants, endless = reviewed.count(), reviewed.filter(ends_at__isnull=True).count()
    if user.may(Permission.AUDIT_READ):
        events, open_findings = events_of_a_day(user), len(chosen(unusual(user), "", ""))
    if user.may(Permission.BREAK_GLASS_REVIEW):
        emergencies = waiting_for(user)
    return Counts(grants, endless, events, open_findings, emergencies)
