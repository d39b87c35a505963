"""Who is using a cluster. Each user holds a shared file lock, which the system drops however the user ends.

The last to leave stops the cluster. If the last was killed, the keeper, a small process started with the cluster,
sees that the lock is free and stops it instead. Only the standard library.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from trellis.core.embedded_postgres.cluster import Cluster
from trellis.core.embedded_postgres.places import Places

ROOT = Path(__file__).resolve().parents[3]
LOOK_EVERY_SECONDS = 0.5


def try_lock(handle: IO[str], kind: int) -> bool:
    """Take a lock without waiting; say whether it was got."""
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def starting(places: Places) -> Iterator[None]:
    """Only one process makes or starts the cluster at a time; the others wait and then find it running."""
    with (places.home / "starting.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


class Use:
    """One process's use of a cluster."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._users = open_users(places)
        fcntl.flock(self._users, fcntl.LOCK_SH)

    def become_only_user(self) -> bool:
        """Turn this use into the only one; False when others use the cluster too."""
        if try_lock(self._users, fcntl.LOCK_EX):
            return True
        fcntl.flock(self._users, fcntl.LOCK_SH)
        return False

    def share_again(self) -> None:
        fcntl.flock(self._users, fcntl.LOCK_SH)

    def leave(self, cluster: Cluster) -> None:
        """Stop using the cluster; the last to leave stops it. Returns once it is stopped or others have it."""
        with self._users:
            fcntl.flock(self._users, fcntl.LOCK_UN)
            if try_lock(self._users, fcntl.LOCK_EX):
                cluster.stop()
                dismiss_keeper(self._places)
                return
            while not try_lock(self._users, fcntl.LOCK_SH):
                time.sleep(0.05)


def open_users(places: Places) -> IO[str]:
    return (places.home / "users.lock").open("w")


def ensure_keeper(places: Places) -> None:
    """Start the keeper unless one is there."""
    with _keeper_file(places) as handle:
        if not try_lock(handle, fcntl.LOCK_SH):
            return
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-S", "-m", "trellis.core.embedded_postgres.keeper", str(places.home)]
    account = places.account
    subprocess.run([*command, account.name, str(account.uid), str(account.gid)], env=environment, check=True)


def dismiss_keeper(places: Places) -> None:
    """Nothing is left to keep: end the keeper at once, and see it gone."""
    with _keeper_file(places) as handle:
        if try_lock(handle, fcntl.LOCK_SH):
            return
        number = handle.read().strip()
        if number.isdigit():
            os.kill(int(number), signal.SIGTERM)
            fcntl.flock(handle, fcntl.LOCK_SH)


@contextmanager
def as_keeper(places: Places) -> Iterator[bool]:
    """Be the keeper, if nobody is."""
    with _keeper_file(places) as handle:
        if not try_lock(handle, fcntl.LOCK_EX):
            yield False
            return
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        yield True


def _keeper_file(places: Places) -> IO[str]:
    path = places.home / "keeper.lock"
    path.touch(exist_ok=True)
    return path.open("r+")
