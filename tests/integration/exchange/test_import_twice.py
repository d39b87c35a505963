"""A whole year's file, twice, and what ends half way: one set of rows or none."""

import threading
import time
from pathlib import Path

import pytest
from django.db import connections, transaction

from tests.factories import exchange
from tests.integration.exchange.test_faults import imported, rows_stored
from trellis.exchange import services
from trellis.exchange.models import ImportBatch
from trellis.missing.models import MissingEpisode, ReturnInterview
from trellis.people.models import Person

EVERYWHERE = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.mark.django_db
def test_five_thousand_rows_twice(tmp_path, capsys):
    rows = exchange.busy_year(5000)
    children = {(row["forename"], row["surname"], row["date_of_birth"], row["postcode"]) for row in rows}
    path = exchange.write(tmp_path / "year.csv", "\ufeff" + exchange.table(*rows))
    code, lines, _ = imported(capsys, "police-missing", path)
    assert (code, lines[0]) == (0, "5000 rows: 5000 added, 0 corrected, 0 unchanged")
    stored = rows_stored()
    assert (stored["MissingEpisode"], stored["ReturnInterview"], stored["Person"]) == (5000, 5000, len(children))
    code, lines, _ = imported(capsys, "police-missing", path)
    assert (code, lines[0]) == (0, "5000 rows: 0 added, 0 corrected, 5000 unchanged")
    assert lines[-1].startswith("this file was imported on ")
    log = {"AuditEvent": 0, "AwaitingSeal": 0}
    assert {**rows_stored(), **log} == {**stored, **log}


@EVERYWHERE
def test_the_same_file_twice_at_once_is_one_set(tmp_path):
    path = tmp_path / "file.csv"
    exchange.write(path, exchange.table(*exchange.busy_year(60)))
    added, failures = [], []

    def take():
        try:
            added.append(services.import_file(kind="police-missing", path=path, by=None).added)
        except Exception as problem:
            failures.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(added) == [0, 0, 0, 60]
    assert MissingEpisode.objects.count() == 60
    assert ImportBatch.objects.count() == 1


@EVERYWHERE
def test_an_import_cut_off_at_its_end_leaves_nothing(tmp_path):
    """Its database session is ended from outside while it waits to write its last row."""
    path = tmp_path / "file.csv"
    exchange.write(path, exchange.table(*exchange.busy_year(60)))
    ended = []

    def take():
        try:
            services.import_file(kind="police-missing", path=path, by=None)
        except Exception as problem:
            ended.append(problem)
        finally:
            connections.close_all()

    with transaction.atomic("owner"), connections["owner"].cursor() as owner:
        owner.execute("LOCK TABLE exchange_importbatch IN EXCLUSIVE MODE")
        thread = threading.Thread(target=take)
        thread.start()
        with connections["default"].cursor() as cursor:
            assert _end_waiting_session(cursor)
        thread.join()
    assert len(ended) == 1
    assert (Person.objects.count(), MissingEpisode.objects.count(), ReturnInterview.objects.count()) == (0, 0, 0)
    assert services.import_file(kind="police-missing", path=Path(path), by=None).added == 60


def _end_waiting_session(cursor) -> bool:
    """End the session that waits for our lock; True once there was one."""
    for _ in range(300):
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks"
            " WHERE NOT granted AND relation = 'exchange_importbatch'::regclass AND pid <> pg_backend_pid()"
        )
        if cursor.fetchall():
            return True
        time.sleep(0.1)
    return False
