"""Cases by their state, made through the services so that they are whole."""

from tests.factories import accounts, people
from tests.factories.outcomes import ready_to_close
from tests.factories.prepared import prepared
from trellis.audit_log.trail import recorded
from trellis.cases import services
from trellis.cases.models import Case


def open_case(person=None, **fields) -> Case:
    """A case the hub and its managers see."""
    person = person or people.child()
    with prepared():
        return services.open_case(person=person, why="Accepted", by=None, **fields)


def allocated_case(worker, person=None) -> Case:
    """An open case led by ``worker``."""
    case = open_case(person)
    by = accounts.manager()
    with recorded(by, "test"):
        services.allocate_case(case=case, worker=worker, by=by)
    return case


def closed_case(person=None, by=None, **fields) -> Case:
    by = by or accounts.manager()
    case = ready_to_close(open_case(person, **fields))
    with recorded(by, "test"):
        return services.close_case(case=case, reason="goals_met", why="Goals met", by=by)
