"""Any order of reports, returns, corrections and merges leaves what a desk in plain Python leaves."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import accounts, people
from tests.integration.missing.plain_desk import PlainDesk
from trellis.audit_log.trail import attempt, recorded
from trellis.cases.models import ChronologyEntry
from trellis.core.ids import new_id
from trellis.core.lifecycle import MoveNotAllowed
from trellis.missing import services
from trellis.missing.models import MissingEpisode, ReturnInterview
from trellis.missing.queries.desk import back_and_waiting, missing_now
from trellis.missing.queries.episodes import episodes_of
from trellis.missing.services.merging import Times, merge_reports, unmerge_report
from trellis.people.queries import Named
from trellis.people.services import Introduction

pytestmark = pytest.mark.django_db
START = datetime(2022, 10, 29, 12, tzinfo=UTC)
CHILDREN = 2
REFUSALS = (MoveNotAllowed, IntegrityError, services.MissingAlready)

HOURS = st.integers(0, 60).map(lambda halves: halves / 2)
# Which report: a place among those made so far, however many they are.
PLACES = st.integers(0, 11)
REPORTS = st.tuples(st.just("report"), st.integers(0, CHILDREN - 1), st.none() | HOURS, HOURS, st.booleans())
STEPS = st.one_of(
    REPORTS,
    st.tuples(st.just("come_back"), PLACES, HOURS),
    st.tuples(st.just("come_back"), PLACES, HOURS),
    st.tuples(st.just("undo"), PLACES),
    st.tuples(st.just("correct"), PLACES, HOURS, st.none() | HOURS),
    st.tuples(st.just("merge"), PLACES, PLACES),
    st.tuples(st.just("merge"), PLACES, PLACES),
    st.tuples(st.just("unmerge"), PLACES, HOURS, st.none() | HOURS),
)
DAYS = st.tuples(REPORTS, st.lists(STEPS, min_size=4, max_size=9)).map(lambda told: [told[0], *told[1]])


def meant(plain, name, arguments):
    """The step among the reports there are: their places, and how long after the child went they came back."""
    count = len(plain.reports)
    if name == "report":
        return arguments
    place = arguments[0] % count
    if name == "merge":
        others = [other for other in plain.counted(plain.reports[place].child) if other != place]
        return [place, others[arguments[1] % len(others)] if others else place]
    if name == "come_back":
        return [place, plain.reports[place].began + arguments[1] / 4]
    return [place, *arguments[1:]]


def at(hours):
    return None if hours is None else START + timedelta(hours=hours)


class RealDesk:
    """The same steps through the services."""

    def __init__(self, worker, children):
        self.worker, self.children, self.ids = worker, children, []

    def row(self, place):
        return MissingEpisode.objects.select_related("person", "merged_into").get(id=self.ids[place])

    def report(self, child, seen, reported, second):
        person, key = self.children[child], new_id()
        services.take_report(
            who=Introduction(Named.of(person), chosen=person),
            key=key,
            by=self.worker,
            second=second,
            kind="home",
            last_seen_at=at(seen),
            reported_at=at(reported),
        )
        self.ids.append(key)

    def come_back(self, place, hours):
        services.record_return(episode=self.row(place), returned_at=at(hours), by=self.worker)

    def undo(self, place):
        self.put_right(self.row(place), {"returned_at": None})

    def correct(self, place, reported, back):
        row, told = self.row(place), {"reported_at": at(reported), "returned_at": at(back)}
        self.put_right(row, {name: value for name, value in told.items() if value != getattr(row, name)})

    def put_right(self, row, changes):
        if row.status == "merged":
            raise MoveNotAllowed
        services.correct_at_desk(episode=row, changes=changes, why="As told now", by=self.worker)

    def merge(self, place, into):
        merge_reports(report=self.row(place), into=self.row(into), why="One time", by=self.worker)

    def unmerge(self, place, reported, back):
        row = self.row(place)
        others = Times.of(row.merged_into) if row.merged_into else Times(None, START, None)
        own = Times(None, at(reported), at(back))
        unmerge_report(report=row, own=own, others=others, why="Two times", by=self.worker)


def taken(real, name, arguments):
    """Whether the desk took the step."""
    try:
        with attempt():
            getattr(real, name)(*arguments)
    except REFUSALS:
        return False
    return True


def check_same(plain, real):
    rows = {row.id: row for row in MissingEpisode.objects.all()}
    assert len(rows) == len(real.ids) == len(plain.reports)
    for one, key in zip(plain.reports, real.ids, strict=True):
        row = rows[key]
        into = None if one.into is None else real.ids[one.into]
        assert (row.status, row.merged_into_id) == (one.status, into)
        assert (row.last_seen_at, row.reported_at, row.returned_at) == (at(one.seen), at(one.reported), at(one.back))
    check_counts(plain, real)
    for interview in ReturnInterview.objects.select_related("episode"):
        waits = interview.episode.status == "returned"
        assert interview.status == ("awaiting_offer" if waits else "withdrawn")
        assert not waits or interview.due_at == interview.episode.returned_at + timedelta(hours=72)


def check_counts(plain, real):
    """As the desk, the child's page, the chronology and a plain count have it."""
    standing = ChronologyEntry.objects.filter(superseded_by=None)
    for number, person in enumerate(real.children):
        places = plain.counted(number)
        out = [place for place in places if plain.reports[place].status == "missing"]
        assert missing_now(real.worker).filter(person=person).count() == len(out)
        assert back_and_waiting(real.worker).filter(person=person).count() == len(places) - len(out)
        assert episodes_of(person).count() == len(places)
        assert standing.filter(person=person, kind="missing.reported").count() == len(places)
        assert standing.filter(person=person, kind="missing.returned").count() == len(places) - len(out)


@pytest.fixture
def desk():
    return accounts.missing_worker(), [people.child(given_name=f"Robin{n}") for n in range(CHILDREN)]


def check_day(desk, day):
    with recorded(None):
        before = transaction.savepoint()
        plain, real = PlainDesk(), RealDesk(*desk)
        for name, *arguments in day:
            if plain.reports or name == "report":
                step = meant(plain, name, arguments)
                assert getattr(plain, name)(*step) == taken(real, name, step), (name, step)
        check_same(plain, real)
        transaction.savepoint_rollback(before)


ANY = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


@settings(max_examples=150, **ANY)
@given(day=DAYS)
def test_any_day_leaves_what_a_plain_desk_leaves(desk, day):
    check_day(desk, day)


@pytest.mark.nightly
@settings(max_examples=5_000, **ANY)
@given(day=DAYS)
def test_five_thousand_days_leave_what_a_plain_desk_leaves(desk, day):
    check_day(desk, day)
