"""One real PostgreSQL for the whole suite, and what a test may ask for.

Tests see the database as the pages do: ``default`` is the app role, which owns nothing. Each process has its own copy
of one prepared template. An ordinary test runs in a transaction that is rolled back, with ``audit`` looking through
the same connection. A test marked ``django_db(transaction=True, databases="__all__")`` commits for real, on a real
second connection, and its process gets a new copy afterwards.
"""

import os

from tests.support import hub

hub.prepare_environment()

pytest_plugins = ["tests.support.database", "tests.support.browser"]


def pytest_configure() -> None:
    """Read the settings only now, after they were told where the hub under test is."""
    from django.conf import settings

    assert settings.SECRET_KEY
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the tests' own thread


def pytest_sessionstart(session) -> None:
    """Pages name their styles by what is in them, so those are gathered before the first page."""
    if not hasattr(session.config, "workerinput"):
        hub.gather_static_files()


def pytest_sessionfinish() -> None:
    hub.leave()
