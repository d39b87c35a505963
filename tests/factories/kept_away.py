"""Who is kept from whom, and records opened in an emergency, made through the services."""

from uuid import uuid4

from tests.factories import accounts, cases, people
from tests.factories.prepared import prepared
from trellis.audit_log.trail import recorded
from trellis.need_to_know.services import grant_sight
from trellis.sharing.emergency.queries import Asked
from trellis.sharing.emergency.services import open_in_emergency
from trellis.sharing.sealing import services


def granted(user, person, **fields):
    """Sight of the whole record, by name."""
    with prepared():
        return grant_sight(person=person, user=user, reason="By name", by=None, **fields)


def sealed_record(person=None, holders=None):
    """A sealed record with an open case, its seal and its two holders: a manager and a worker of the police."""
    person = person or people.child()
    first, second = holders or (accounts.manager(), accounts.hub_worker_of("police"))
    if not person.cases.open().exists():
        cases.open_case(person)
    with recorded(first):
        seal = services.seal_record(person=person, holders=[second], reason="A threat inside an agency", by=first)
    return seal, first, second


def excluded_worker(person, **fields):
    """A hub worker who is kept from this child."""
    return keep_from(person, accounts.hub_worker(**fields))


def keep_from(person, kept):
    """This worker is kept from this child."""
    by = accounts.manager()
    granted(by, person)
    with recorded(by):
        services.keep_worker_from(person=person, user=kept, reason="An uncle", by=by)
    return kept


def asked_for(person):
    return Asked(person.given_name, person.family_name, person.date_of_birth)


def opened_in_emergency(person, by):
    """The record of this child is open to ``by`` in an emergency."""
    with recorded(by):
        return open_in_emergency(
            asked=asked_for(person),
            category="life_at_risk",
            reason="A neighbour heard shouting and a fall",
            by=by,
            key=uuid4(),
        )
