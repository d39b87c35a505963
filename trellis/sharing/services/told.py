"""What the chronology tells of sharing: to the hub, and to whoever something was shared with."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from trellis.accounts.models import Agency, User
from trellis.cases.models import ChronologyEntry
from trellis.cases.services import add_chronology_entries
from trellis.people.models import Person

MOST_LETTERS = 200


def tell(
    *,
    person: Person,
    kind: str,
    title: str,
    by: User,
    at: datetime,
    subject: UUID,
    body: str = "",
    also: Iterable[UUID] = (),
    but: Iterable[UUID] = (),
) -> None:
    """One entry of the teller's own agency, limited to the agencies of the hub, ``also`` others, ``but`` not those:
    one partner does not learn here what another got, nor anybody what was kept from them."""
    hub = Agency.objects.filter(co_located=True).values_list("id", flat=True)
    entry = ChronologyEntry(
        person=person,
        happened_at=at,
        kind=kind,
        title=title[:MOST_LETTERS],
        body=body,
        agency=by.agency,
        limited_to=sorted(({*hub, by.agency_id} | set(also)) - set(but)),
        subject=subject,
        recorded_by=by,
    )
    add_chronology_entries([entry])
