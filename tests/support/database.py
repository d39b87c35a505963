"""Fixtures of the database. See tests/conftest.py for what a test sees."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

from tests.support import hub
from tests.support.context import SEES_ALL
from trellis.core import row_context
from trellis.core.database_server import DatabaseUrls
from trellis.settings import database as settings_of

OWNER, APP_ROLE = ("owner",), ("default", "audit")
ADDRESS = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


def point_django_at(name: str) -> None:
    """Let each alias of this process reach the database of that name, each in its own role.

    What a test itself asks or prepares sees every row; what it asks of pages and services as somebody is asked on
    their behalf, and what is asked on behalf of nobody sees nothing protected.
    """
    urls = hub.server().urls_of(name)
    for aliases, url in ((APP_ROLE, urls.app), (OWNER, urls.owner)):
        address = {key: value for key, value in settings_of(url).items() if key in ADDRESS}
        address["OPTIONS"] = {**address["OPTIONS"], "options": f"-c trellis.duty={SEES_ALL.duty}"}  # type: ignore[dict-item]
        for alias in aliases:
            connections[alias].close()
            connections[alias].settings_dict.update(address)


@pytest.fixture(scope="session")
def main_database() -> str:
    """The name of this process's own copy of the prepared template."""
    return hub.own_copy(hub.prepared_template(), "main")


@pytest.fixture(scope="session")
def django_db_setup(main_database, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        point_django_at(main_database)
    TransactionTestCase._fixture_teardown = _start_afresh
    yield
    with django_db_blocker.unblock():
        connections.close_all()


def _start_afresh(_test_case: TransactionTestCase) -> None:
    """After a test that committed: a new copy, because the app role may not empty what is append-only."""
    connections.close_all()
    hub.server().create_database(connections["default"].settings_dict["NAME"], hub.prepared_template())


@pytest.fixture(autouse=True)
def _the_test_itself_sees_all() -> Iterator[None]:
    before = row_context._context.set(SEES_ALL)
    yield
    row_context._context.reset(before)


@pytest.fixture(autouse=True)
def _audit_looks_through_default(request) -> Iterator[None]:
    """In an ordinary test the second connection could not see the first one's open transaction."""
    marker = request.node.get_closest_marker("django_db")
    commits = marker and marker.kwargs.get("transaction")
    ordinary = (marker or "db" in request.fixturenames) and not commits
    if not ordinary:
        yield
        return
    request.getfixturevalue("_django_db_helper")
    with _audit_through_default():
        yield


class _audit_through_default:
    def __enter__(self) -> None:
        self._real = connections["audit"]
        connections["audit"] = connections["default"]

    def __exit__(self, *_: object) -> None:
        connections["audit"] = self._real


@pytest.fixture
def owner_connection(db) -> Iterator[BaseDatabaseWrapper]:
    """A connection as the owner, to look at the schema or try what even the owner may not. It commits at once."""
    connection = connections["owner_in_test"] = connections["owner"].copy(alias="owner_in_test")
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '5s'")
    yield connection
    connection.close()
    del connections["owner_in_test"]


@pytest.fixture(scope="session")
def sample_database() -> DatabaseUrls:
    """This process's own copy of a database with the invented area ``manchester`` as it stands today."""
    return hub.server().urls_of(hub.own_copy(hub.sample_template(), "sample"))


@pytest.fixture
def invented_area(sample_database, main_database, django_db_setup, django_db_blocker) -> Iterator[None]:
    """Let Django see the invented area during this test; what the test writes is rolled back."""
    name = psycopg.conninfo.conninfo_to_dict(sample_database.app)["dbname"]
    with django_db_blocker.unblock():
        point_django_at(name)
        try:
            with transaction.atomic(), _audit_through_default():
                yield
                transaction.set_rollback(True)
        finally:
            point_django_at(main_database)
