"""Nobody walks in without a password where anybody is real."""

import os
from types import SimpleNamespace

import pytest
from django.db import connections
from psycopg.conninfo import make_conninfo

from tests.factories import accounts, people
from trellis.console import up

FIELDS = ("host", "port", "user", "password", "dbname")


def open_demonstration(monkeypatch) -> bool:
    """Whether starting a hub on the test database opens the demonstration."""
    monkeypatch.delenv("TRELLIS_DEMONSTRATION", raising=False)
    told = connections["owner"].get_connection_params()
    owner = make_conninfo(**{field: told[field] for field in FIELDS if told.get(field)})
    up._open_the_demonstration(SimpleNamespace(urls=SimpleNamespace(owner=owner)))
    return os.environ.pop("TRELLIS_DEMONSTRATION", "") == "1"


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_the_demonstration_opens_only_where_everybody_is_invented(monkeypatch, capsys):
    assert not open_demonstration(monkeypatch)
    accounts.hub_worker(is_demonstration=True)
    people.child()
    assert open_demonstration(monkeypatch)
    people.child(is_synthetic=False)
    assert not open_demonstration(monkeypatch)
    assert "not invented" in capsys.readouterr().err
