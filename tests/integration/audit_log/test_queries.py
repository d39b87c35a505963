"""Reading the log: pages of events newest first, and who opened one child's record."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import accounts
from trellis.audit_log import queries
from trellis.audit_log.models import Action
from trellis.audit_log.queries import Filter
from trellis.audit_log.trail import note, recorded
from trellis.core.clocks import today

pytestmark = pytest.mark.django_db


def look(user, child, action=Action.READ, what="overview"):
    with recorded(user):
        note(action, what, object_id=child, children=[child])


def test_pages_of_events_newest_first():
    worker, child = accounts.hub_worker(), uuid4()
    for number in range(7):
        look(worker, child, what=f"page {number}")
    seen, place = [], None
    for size in (3, 3, 1):
        page = queries.events(Filter(child=child), before=place, size=3)
        assert len(page.events) == size
        seen += [event.what for event in page.events]
        place = page.older
    assert (place, seen) == (None, [f"page {number}" for number in (6, 5, 4, 3, 2, 1, 0)])


def test_each_filter_by_itself():
    worker, other = accounts.hub_worker(), accounts.missing_worker()
    child, another = uuid4(), uuid4()
    look(worker, child)
    look(other, another, Action.EXPORT, "report")

    def found(**asked):
        return [event.what for event in queries.events(Filter(**asked)).events]

    assert found(actor=worker.id) == found(child=child) == found(agency=worker.agency.code) == ["overview"]
    assert found(action="export") == found(what="report") == found(actor=other.id) == ["report"]
    assert found(from_day=today(), to_day=today()) == ["report", "overview"]
    assert found(to_day=today() - timedelta(days=1)) == found(from_day=today() + timedelta(days=1)) == []


def test_who_opened_a_record():
    """By person, the latest first; a change, a search or a list is no opening, and one request counts once."""
    worker, other, writer, child = *(accounts.hub_worker() for _ in range(3)), uuid4()
    look(writer, child, Action.WRITE)
    look(writer, child, Action.SEARCH)
    with recorded(writer):
        note(Action.READ, "missing desk", children=[child, uuid4()])
    look(other, child)
    for _ in range(2):
        with recorded(worker):
            note(Action.READ, "overview", object_id=child, children=[child])
            note(Action.READ, "chronology", object_id=child, children=[child])
    opened = queries.opened_by(child)
    assert [(each.actor, each.times) for each in opened] == [(worker, 2), (other, 1)]
    assert opened[0].first_at < opened[0].last_at
    assert [event.what for event in queries.latest_openings(child, 2)] == ["chronology", "overview"]


def test_what_is_left_out_does_not_exist_but_that_somebody_searched_does():
    worker, hidden, known = accounts.hub_worker(), uuid4(), uuid4()
    look(worker, hidden, what="of the hidden")
    look(worker, hidden, Action.SEARCH, "search")
    with recorded(worker):
        note(Action.READ, "missing desk", children=[hidden, known])
        note(Action.READ, "referral receipt")
    found = queries.events(Filter(actor=worker.id, left_out=frozenset([hidden]))).events
    assert [event.what for event in found] == ["referral receipt", "missing desk", "search"]


@pytest.mark.parametrize("readers", [1, 6])
def test_the_same_queries_however_many_read(readers):
    child = uuid4()
    for _ in range(readers):
        look(accounts.hub_worker(), child)
    with CaptureQueriesContext(connection) as asked:
        assert {each.actor.agency.name for each in queries.opened_by(child)}
        assert [event.actor.agency.name for event in queries.events(Filter()).events]
    assert len(asked) == 3 + 2 * 2
