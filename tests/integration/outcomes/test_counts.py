"""What the record counts before, during and after a case, with the days each count is over."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.factories import accounts, cases, people
from tests.factories.prepared import prepared
from tests.support.context import SEES_ALL
from trellis.audit_log.trail import recorded
from trellis.cases.models import Case
from trellis.core.clocks import today
from trellis.missing.models import MissingEpisode
from trellis.outcomes.counts import periods_of, record_counts
from trellis.people.models import Education, LegalStatus, Placement

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def at(day, hour):
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)


def test_each_period_says_its_days_and_one_that_lasts_says_until_when():
    opened, closed = date(2024, 2, 29), date(2024, 7, 29)
    before, during, after = periods_of(Case(opened_on=opened, closed_on=closed), date(2024, 9, 6))
    assert (before.days, during.days, after.days, after.until) == (365, 151, 40, date(2025, 7, 29))
    assert periods_of(Case(opened_on=opened, closed_on=closed), date(2026, 1, 1))[2].until is None
    assert len(periods_of(Case(opened_on=opened), closed)) == 2


def test_counts_come_from_the_record_by_its_own_days():
    day = today()
    person = people.child()
    opened = day - timedelta(days=99)
    case = cases.open_case(person, opened_on=opened)
    with prepared():
        for start, nights in ((opened - timedelta(days=5), 7), (opened + timedelta(days=20), 0)):
            back = at(start + timedelta(days=nights), 22)
            MissingEpisode.objects.create(
                person=person, kind="home", status="returned", last_seen_at=at(start, 20), reported_at=at(start, 21),
                returned_at=back,
            )  # fmt: skip
        LegalStatus.objects.create(
            person=person, kind="looked_after", authority="E08000003", starts_on=opened - timedelta(days=10)
        )
        Placement.objects.create(person=person, kind="foster", authority="E08000003", starts_on=day - timedelta(days=3))
        Education.objects.create(
            person=person, provision="mainstream", starts_on=opened - timedelta(days=50),
            ends_on=opened + timedelta(days=40),
        )  # fmt: skip
        Education.objects.create(person=person, provision="not_in_education", starts_on=opened + timedelta(days=60))
    worker = accounts.hub_worker()
    with recorded(worker, "test", duty=SEES_ALL.duty):
        found = record_counts(worker, person, case)
    numbers = {line.label: [one.number for one in line.counted] for line in found.lines}
    assert numbers == {
        "Missing episodes": [1, 1],
        "Nights away": [5, 2],
        "Return interviews held": [0, 0],
        "Placements begun": [0, 1],
        "Days looked after": [10, 100],
        "Days out of mainstream school or college": [0, 40],
        "Days whose school is not recorded": [found.periods[0].days - 50, 20],
        "Referrals": [0, 0],
    }
    nights = next(line for line in found.lines if line.label == "Nights away")
    assert str(nights.counted[1].per_month) == "0.6"
