"""Children in care by what is recorded of it for the statutory return, and their missing episodes."""

from datetime import UTC, date, datetime

from tests.factories import people
from tests.factories.prepared import prepared
from trellis.missing import services
from trellis.people.models import Address, LegalStatus, Particulars, Person, Placement

SINCE = date(2022, 1, 10)
_count = iter(range(1, 10_000))


def looked_after_child(*, since=SINCE, until=None, authority="E08000003", particulars=None, **fields) -> Person:
    """Looked after in one children's home, and everything the return asks of it on record."""
    number = next(_count)
    person = people.child(given_name=f"Robin{number}", **{"date_of_birth": date(2009, 5, 4), **fields})
    told = {"social_care_number": f"SYN{number:05d}", "upn_unknown": "UN2", **(particulars or {})}
    days = {"person": person, "starts_on": since, "ends_on": until}
    with prepared():
        Particulars.objects.create(person=person, **told)
        LegalStatus.objects.create(
            **days, kind="looked_after", authority=authority, need="N1", ended_because="E4A" if until else ""
        )
        Placement.objects.create(
            **days,
            kind="childrens_home",
            authority=authority,
            legal_status="C2",
            placement_type="K2",
            provider="PR4",
            registration="SC990001",
        )
        Address.objects.create(**days, kind="placement", lines="1 Invented Street", postcode="M202WJ", kept_apart=True)
    return person


def at(year, month, day, hour=12):
    return datetime(year, month, day, hour, tzinfo=UTC)


def was_missing(person, start, end=None, **fields):
    """Last seen and reported at ``start``, back at ``end``."""
    told = {"kind": "care", "last_seen_at": start, "reported_at": start, "returned_at": end, "by": None, **fields}
    with prepared():
        return services.report_missing(person=person, **told)
