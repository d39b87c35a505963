"""``python -m trellis.core.embedded_postgres.keeper HOME NAME UID GID``: stop a cluster whose users were all killed."""

import fcntl
import os
import signal
import sys
import time
from pathlib import Path

from trellis.core.embedded_postgres.cluster import Cluster
from trellis.core.embedded_postgres.places import Account, Places
from trellis.core.embedded_postgres.sharing import LOOK_EVERY_SECONDS, as_keeper, open_users, try_lock


def keep(places: Places) -> None:
    """Wait until nobody uses the cluster, then stop it. A new user waits for that at the users' lock."""
    cluster, last_seen = Cluster(places, superuser_password=""), None
    with open_users(places) as users, as_keeper(places) as chosen:
        if not chosen:
            return
        while not try_lock(users, fcntl.LOCK_EX):
            last_seen = cluster.pid() or last_seen
            time.sleep(LOOK_EVERY_SECONDS)
        if places.data.exists():
            cluster.stop()
        elif last_seen:
            _end_homeless(last_seen)
            places.remove_sockets()


def _end_homeless(pid: int) -> None:
    """The folder was removed under a running server: end that server too."""
    try:
        os.kill(pid, signal.SIGQUIT)
    except ProcessLookupError:
        return


def main(arguments: list[str]) -> None:
    """Go into the background, away from the terminal's signals, and keep."""
    home, name, uid, gid = arguments
    if os.fork():
        os._exit(0)
    os.setsid()
    os.chdir("/")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    keep(Places(Path(home), Account(name, int(uid), int(gid))))


if __name__ == "__main__":
    main(sys.argv[1:])
