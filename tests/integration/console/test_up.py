"""``./hub up`` over a database of its own: it serves, survives what kills its parts, and leaves nothing behind."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time

import psycopg
import pytest

from tests.support import hub
from tests.support.context import SEES_ALL
from trellis.console.environment import ROOT
from trellis.console.web import direct_opener


@pytest.fixture(scope="module")
def surroundings(tmp_path_factory):
    """The environment of a hub on an existing server, over its own copy of the invented area."""
    urls = hub.server().urls_of(hub.own_copy(hub.sample_template(), "up"))
    folder = tmp_path_factory.mktemp("a hub")
    given = {"DATABASE_URL": urls.owner, "TRELLIS_APP_DATABASE_URL": urls.app, "TRELLIS_DATA_DIR": str(folder)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRELLIS_")}
    return {**kept, **given, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def with_somebody_real(surroundings):
    """The same hub, while one person in it is not marked as invented."""
    change = "UPDATE people_person SET is_synthetic = %s WHERE id = (SELECT min(id::text)::uuid FROM people_person)"
    sees_all = f"-c trellis.duty={SEES_ALL.duty}"
    with psycopg.connect(surroundings["DATABASE_URL"], autocommit=True, options=sees_all) as connection:
        connection.execute(change, [False])
        yield
        connection.execute(change, [True])


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run_hub(surroundings, *arguments) -> subprocess.CompletedProcess:
    command = [sys.executable, "-P", "-m", "trellis", *arguments]
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=300, check=False)


def answers(port: int, within: float) -> bool:
    """Does the hub say it is ready within this many seconds?"""
    give_up_at = time.monotonic() + within
    while time.monotonic() < give_up_at:
        try:
            with direct_opener().open(f"http://127.0.0.1:{port}/health/ready", timeout=5) as page:
                return page.status == 200
        except OSError:
            time.sleep(0.1)
    return False


def children_of(pid: int) -> list[int]:
    shown = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in shown.splitlines()]
    return [int(child) for child, parent, state in rows if int(parent) == pid and "Z" not in state]


def new_children(pid: int, old: list[int], within: float = 20) -> list[int]:
    """The web server, the job worker and the sealer that were started in the place of others."""
    give_up_at = time.monotonic() + within
    while time.monotonic() < give_up_at:
        children = children_of(pid)
        if len(children) == len(old) and not set(children) & set(old):
            return children
        time.sleep(0.1)
    raise AssertionError("what was killed was not started again")


def gone(pids: list[int], within: float = 20) -> bool:
    give_up_at = time.monotonic() + within
    while time.monotonic() < give_up_at:
        shown = subprocess.run(["ps", "-A", "-o", "pid=,stat="], capture_output=True, text=True, check=True).stdout
        alive = {int(line.split()[0]) for line in shown.splitlines() if "Z" not in line.split()[1]}
        if not alive & set(pids):
            return True
        time.sleep(0.2)
    return False


def start(surroundings, port: int) -> subprocess.Popen:
    command = [sys.executable, "-P", "-m", "trellis", "up", "--port", str(port)]
    up = subprocess.Popen(command, env=surroundings, stderr=subprocess.PIPE, text=True)
    for line in up.stderr:
        if "Ctrl-C" in line:
            return up
    raise AssertionError("the hub did not come up")


def test_check_visits_the_hub_and_stops_it(surroundings, port):
    done = run_hub(surroundings, "up", "--check", "--port", str(port))
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"ready in [\d.]+ s\n", done.stdout)
    assert not answers(port, within=0.5)


def test_check_signs_in_as_nobody_where_somebody_is_real(surroundings, with_somebody_real, port):
    done = run_hub(surroundings, "up", "--check", "--port", str(port))
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"ready in [\d.]+ s\n", done.stdout)
    assert "nobody can be entered with one click" in done.stderr
    assert "Signed in as nobody" in done.stderr
    told = run_hub({**surroundings, "TRELLIS_DEMONSTRATION": "1"}, "up", "--check", "--port", str(port))
    assert (told.returncode, told.stderr.count("\n")) == (2, 1)


def test_a_killed_web_server_and_a_killed_hub(surroundings, port):
    """The web server comes back; when ``up`` itself is killed nothing it started goes on."""
    up = start(surroundings, port)
    killed = children_of(up.pid)
    for child in killed:
        os.kill(child, signal.SIGKILL)
    started = new_children(up.pid, killed)
    assert answers(port, within=60)
    up.kill()
    up.wait()
    assert gone(started)
    assert not answers(port, within=0.5)


def test_ctrl_c_stops_everything(surroundings, port):
    up = start(surroundings, port)
    started = children_of(up.pid)
    assert len(started) == 3
    up.send_signal(signal.SIGINT)
    assert up.wait(60) == 0
    assert gone(started, within=1)
    assert "Traceback" not in up.stderr.read()


def test_what_was_done_in_it_is_sealed_and_sound(surroundings):
    """After all of the above: stopped, killed, started again."""
    assert run_hub(surroundings, "manage", "seal_audit", "--once").returncode == 0
    verified = run_hub(surroundings, "verify-audit", "--json")
    told = json.loads(verified.stdout)
    assert (verified.returncode, told["findings"], told["awaiting_seal"]) == (0, [], 0)


def test_a_taken_port_is_one_line_before_any_work(surroundings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run_hub(surroundings, "up", "--port", port)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert port in done.stderr


@pytest.mark.parametrize(
    "url",
    ["postgresql://nobody:x@127.0.0.1:1/trellis", "mysql://a:b@127.0.0.1/x", "postgresql://127.0.0.1/trellis"],
)
def test_a_database_that_cannot_be_used_is_one_line(surroundings, url):
    done = run_hub({**surroundings, "DATABASE_URL": url}, "manage", "check")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "DATABASE_URL" in done.stderr


def test_an_app_role_that_is_the_owner_is_refused(surroundings):
    same = {**surroundings, "TRELLIS_APP_DATABASE_URL": surroundings["DATABASE_URL"]}
    done = run_hub(same, "manage", "check")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_fresh_never_touches_an_existing_server(surroundings, port):
    done = run_hub(surroundings, "up", "--port", str(port), "--fresh", "--yes")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "DATABASE_URL" in done.stderr


def test_fresh_asks_first(surroundings, port):
    done = run_hub(surroundings, "up", "--port", str(port), "--fresh")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "--yes" in done.stderr
