"""Many who take one report at once, each on a connection of their own: one has it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from tests.factories import accounts, missing
from trellis.audit_log.trail import recorded
from trellis.missing.models import DeskOwner, MissingEpisode
from trellis.missing.services.owners import TakenAlready, take

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
WORKERS = 6


def test_of_many_who_take_a_report_at_once_one_has_it():
    episode, workers = missing.missing_child(), [accounts.missing_worker() for _ in range(WORKERS)]
    start = Barrier(WORKERS)

    def take_it(user):
        try:
            start.wait()
            with recorded(user):
                take(episode=episode, by=user)
        except TakenAlready:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(WORKERS) as pool:
        assert sum(pool.map(take_it, workers)) == 1
    owner = DeskOwner.objects.get().owner_id
    assert MissingEpisode.objects.get(id=episode.id).owner_id == owner
