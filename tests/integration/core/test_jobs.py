"""A job outlives the worker that held it."""

import asyncio
import uuid
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from trellis.core.tasks import take_up_dropped_jobs
from trellis.reports.tasks import MAKE_EDITION

HELD = """
WITH worker AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id)
UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM worker) WHERE id = %s
"""


def held_job(silent_for: str) -> int:
    """A job in the hands of a worker that last said it is alive so long ago."""
    job = app.configure_task(MAKE_EDITION).defer(request_id=str(uuid.uuid4()))
    with connection.cursor() as cursor:
        cursor.execute(HELD, [silent_for, job])
    return job


def status_of(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        return cursor.fetchone()[0]


async def look_once() -> None:
    working = app.with_connector(app.connector.get_worker_connector())
    async with working.open_async():
        await take_up_dropped_jobs.func(SimpleNamespace(app=working), timestamp=0)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_what_a_killed_worker_was_doing_is_queued_again_and_nothing_else_is():
    dropped, under_way = held_job("1 hour"), held_job("1 second")
    asyncio.run(look_once())
    assert (status_of(dropped), status_of(under_way)) == ("todo", "doing")
