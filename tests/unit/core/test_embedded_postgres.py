"""Our own PostgreSQL, really started and really killed, in a folder whose name has a space."""

import os
import shutil
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from trellis.console.environment import ROOT
from trellis.core import postgres_binaries
from trellis.core.database_server import derived_password
from trellis.core.embedded_postgres.launcher import running_database
from trellis.core.embedded_postgres.places import Places, decide, read_or_make_secret
from trellis.core.embedded_postgres.sharing import Use
from trellis.core.errors import Unusable

USE_IT = """
import sys, time
from pathlib import Path
from trellis.core.embedded_postgres.launcher import running_database
with running_database(Path(sys.argv[1])):
    print("running", flush=True)
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One cluster for these tests; the first to start it makes it."""
    made = tmp_path_factory.mktemp("a hub")
    yield made
    remove_home(made)


@pytest.fixture
def empty_folder(tmp_path):
    """A data folder without a cluster."""
    yield tmp_path
    remove_home(tmp_path)


def remove_home(folder) -> None:
    """As root the cluster of a folder closed to others lies elsewhere."""
    home = decide(folder).home
    if home != folder:
        shutil.rmtree(home)


@pytest.fixture
def server(folder):
    with running_database(folder) as running:
        yield running


def others_use(folder) -> subprocess.Popen:
    """Another process that uses the same cluster."""
    command = [sys.executable, "-P", "-c", USE_IT, str(folder)]
    other = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True)
    assert other.stdout.readline() == "running\n"
    return other


def stopped(server, within: float = 15) -> bool:
    give_up_at = time.monotonic() + within
    while server.is_running() and time.monotonic() < give_up_at:
        time.sleep(0.1)
    return not server.is_running()


def test_the_app_role_owns_nothing_and_is_above_nobody(server):
    with psycopg.connect(server.urls.app) as connection:
        role = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (id int)")
    assert role == (False, False, False, False)


def test_it_keeps_what_is_committed_and_utc_and_letters_beyond_ascii(server):
    with psycopg.connect(server.urls.owner) as connection:
        shown = [connection.execute(f"SHOW {name}").fetchone()[0] for name in ("fsync", "synchronous_commit")]
        others = [connection.execute(f"SHOW {name}").fetchone()[0] for name in ("TimeZone", "listen_addresses")]
        letters = connection.execute("SELECT lower('ŁÉ'), 'É' ~* 'é', similarity('أحمد', 'أحمد')").fetchone()
    assert (shown, others, letters) == (["on", "on"], ["UTC", ""], ("łé", True, 1.0))


def test_a_wrong_password_is_refused(server):
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(server.urls.app.replace(server.app.password, "guess"))


def test_folders_and_secret_are_closed_to_others(server, folder):
    places = decide(folder)
    assert places.sockets.stat().st_mode & 0o777 == 0o700
    assert places.data.stat().st_mode & 0o777 == 0o700
    assert (places.home / "database-secret").stat().st_mode & 0o777 == 0o600
    assert len(str(places.sockets / ".s.PGSQL.5432").encode()) < 107


def test_a_killed_server_starts_again_with_everything_committed(server):
    with psycopg.connect(server.urls.owner) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
        connection.execute("INSERT INTO kept VALUES (1)")
    os.kill(server._cluster.pid(), signal.SIGKILL)
    server.ensure_running()
    with psycopg.connect(server.urls.owner) as connection:
        assert connection.execute("SELECT count(*) >= 1 FROM kept").fetchone() == (True,)


def test_the_last_to_leave_stops_it(folder):
    with running_database(folder) as mine:
        other = others_use(folder)
        other.send_signal(signal.SIGINT)
        other.wait(30)
        assert mine.is_running()
    assert not mine.is_running()


def test_it_stops_when_its_only_user_is_killed(folder):
    other = others_use(folder)
    with running_database(folder) as mine:
        pass
    assert mine.is_running()
    other.kill()
    other.wait()
    assert stopped(mine)


def test_fresh_is_refused_while_another_command_uses_it(folder):
    other = others_use(folder)
    try:
        with pytest.raises(Unusable, match="another command"), running_database(folder, fresh=True):
            pass
    finally:
        other.terminate()
        other.wait(30)


def test_fresh_destroys_what_it_held(folder):
    with running_database(folder) as server, psycopg.connect(server.urls.owner) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
    with running_database(folder, fresh=True) as server, psycopg.connect(server.urls.owner) as connection:
        assert connection.execute("SELECT to_regclass('kept')").fetchone() == (None,)


def test_a_process_number_left_by_a_crash_is_taken_back(folder):
    """The number now belongs to a living stranger: this very test."""
    with running_database(folder) as server:
        data = server._places.data
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n5432\n/nowhere\n\n 1 1\nready\n")
    server._places.account.own(data / "postmaster.pid", 0o600)
    with running_database(folder) as again:
        assert again.is_running()


def test_a_database_is_copied_and_dropped(server):
    server.create_database("one")
    with psycopg.connect(server.urls_of("one").owner) as connection:
        connection.execute("CREATE TABLE copied (id int)")
    urls = server.create_database("two", "one")
    with psycopg.connect(urls.owner) as connection:
        assert connection.execute("SELECT count(*) FROM copied").fetchone() == (0,)
    for name in ("one", "two"):
        server.drop_database(name)
    assert not {"one", "two"} & set(server.databases())


def test_a_socket_folder_of_someone_else_is_refused(empty_folder, monkeypatch):
    places = decide(empty_folder)
    monkeypatch.setattr(Places, "sockets", empty_folder / "theirs")
    (empty_folder / "theirs").mkdir(mode=0o755)
    with pytest.raises(Unusable, match="belongs to someone else"):
        places.make_sockets()


def test_without_any_postgresql_there_is_one_line(empty_folder, monkeypatch):
    monkeypatch.setattr(postgres_binaries, "_on_this_machine", lambda: ())
    monkeypatch.setattr(postgres_binaries, "_in_the_wheel", lambda: ())
    with pytest.raises(Unusable, match="no PostgreSQL 15 or newer"), running_database(empty_folder):
        pass


def test_a_folder_too_old_for_what_is_installed_names_the_version(empty_folder):
    places = decide(empty_folder)
    places.data.mkdir()
    places.account.own(places.data, 0o700)
    (places.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(Unusable, match="made by PostgreSQL 9"), running_database(empty_folder):
        pass


def test_passwords_derive_from_one_secret(tmp_path):
    secret = read_or_make_secret(tmp_path / "secret")
    assert secret == read_or_make_secret(tmp_path / "secret")
    assert derived_password(secret, "a") != derived_password(secret, "b")


def test_two_may_use_it_and_neither_is_the_only_one(folder):
    places = decide(folder)
    first, second = Use(places), Use(places)
    assert not first.become_only_user()
    second._users.close()
    assert first.become_only_user()
    first._users.close()
