"""Nobody walks in without a password where anybody is real: neither ``up`` nor the web server starts that way."""

import os
import subprocess
import sys

import pytest
from django.db import connections

from tests.factories import accounts, people
from tests.support import hub
from trellis.console import up
from trellis.console.environment import ROOT
from trellis.core.errors import Unusable

MODE = up.DEMONSTRATION


def start(monkeypatch, told: str | None = None) -> bool:
    """Whether starting a hub on the test database opens the demonstration."""
    monkeypatch.delenv(MODE, raising=False)
    if told:
        monkeypatch.setenv(MODE, told)
    entered = up._open_the_demonstration()
    opened = os.environ.pop(MODE, "") == "1"
    assert bool(entered) is opened
    return opened


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_the_demonstration_opens_only_where_everybody_is_invented(monkeypatch, capsys):
    assert not start(monkeypatch)
    accounts.hub_worker(is_demonstration=True)
    people.child()
    assert start(monkeypatch)
    assert not start(monkeypatch, told="0")
    people.child(is_synthetic=False)
    assert not start(monkeypatch)
    assert "not invented" in capsys.readouterr().err
    with pytest.raises(Unusable, match="not invented"):
        start(monkeypatch, told="1")


def web_server_starts(told: str) -> subprocess.CompletedProcess:
    urls = hub.server().urls_of(connections["default"].settings_dict["NAME"])
    environment = {**os.environ, MODE: told, "TRELLIS_APP_URL": urls.app, "TRELLIS_OWNER_URL": urls.owner}
    command = [sys.executable, "-c", "import trellis.wsgi"]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_the_web_server_does_not_start_a_demonstration_over_real_people():
    people.child()
    assert web_server_starts("1").returncode == 0
    people.child(is_synthetic=False)
    refused = web_server_starts("1")
    assert refused.returncode == 3
    assert refused.stderr.count("\n") == 1
    assert "not invented" in refused.stderr
    assert web_server_starts("").returncode == 0
