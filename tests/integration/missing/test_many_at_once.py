"""Recording many episodes, returns and corrections at once leaves the very rows that one by one leaves."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from tests.factories import people
from trellis.audit_log.trail import recorded
from trellis.cases.models import ChronologyEntry
from trellis.missing import services
from trellis.missing.models import (
    EpisodeCorrection,
    EpisodeMove,
    InterviewMove,
    MissingEpisode,
    ReturnInterview,
    RiskGrading,
)
from trellis.need_to_know.models import Grant

pytestmark = pytest.mark.django_db
TABLES = (MissingEpisode, EpisodeMove, RiskGrading, ReturnInterview, InterviewMove, EpisodeCorrection)
TABLES += (ChronologyEntry, Grant)
OWN = {"id", "recorded_at", "episode", "interview", "subject", "source", "supersedes", "starts_at", "corrected_at"}
START = datetime(2023, 1, 1, tzinfo=UTC)
MANY = 120


def nights():
    """Two nights each for some children: the second may be still going on."""
    for number in range(MANY):
        person = people.child(given_name=f"Robin{number}", date_of_birth=f"2010-01-{number % 28 + 1:02}")
        yield {
            "person": person,
            "kind": "home",
            "police_ref": f"R{number}",
            "reported_at": START + timedelta(days=number % 60),
            "last_seen_at": None if number % 3 else START + timedelta(days=number % 60, hours=-2),
            "risk_grade": "high" if number % 2 else "",
            "officer": "PC 101",
        }


def back_at(told):
    return told["reported_at"] + timedelta(hours=9)


def changed(episode):
    number = int(episode.police_ref[1:])
    return {"risk_grade": "low", "returned_at": START + timedelta(days=number % 60, hours=10)}


def one_by_one(told):
    made = [services.report_missing(by=None, **one) for one in told]
    for number, (episode, one) in enumerate(zip(made, told, strict=True)):
        if number % 4:
            services.record_return(episode=episode, returned_at=back_at(one), by=None, found_where="Home")
    for episode in MissingEpisode.objects.order_by("police_ref"):
        services.correct_episode(episode=episode, changes=changed(episode), why="File", by=None)


def all_at_once(told):
    made = [MissingEpisode(**one) for one in told]
    services.record_episodes(made, by=None)
    back = [
        services.Return(episode, back_at(one), {"found_where": "Home"})
        for number, (episode, one) in enumerate(zip(made, told, strict=True))
        if number % 4
    ]
    services.record_returns(back, by=None)
    episodes = MissingEpisode.objects.order_by("police_ref")
    corrections = [services.Correction(episode, changed(episode)) for episode in episodes]
    services.correct_episodes(corrections, why="File", by=None)


def rows_after(record, told):
    """Every row the recording leaves, apart from keys and the moment of writing; then undone."""
    with recorded(None):
        sid = transaction.savepoint()
        record(told)
        found = {}
        for model in TABLES:
            fields = [field.attname for field in model._meta.concrete_fields if field.name not in OWN]
            found[model.__name__] = sorted(map(str, model.objects.values_list(*fields)))
        transaction.savepoint_rollback(sid)
        transaction.get_connection().needs_rollback = False
    return found


def test_at_once_is_one_by_one():
    told = list(nights())
    singly, together = rows_after(one_by_one, told), rows_after(all_at_once, told)
    assert {model: len(rows) for model, rows in singly.items()} == {
        model: len(rows) for model, rows in together.items()
    }
    assert singly == together
