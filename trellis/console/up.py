"""``./hub up``: a whole hub on this machine, looked after until Ctrl-C."""

import argparse
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

import psycopg

from trellis.console.children import Child, run_apart, stop_all
from trellis.console.environment import data_dir, database
from trellis.console.preparation import ensure_prepared
from trellis.console.program import OneLineParser
from trellis.console.progress import say
from trellis.console.static_files import collect_static_files
from trellis.console.visit import VisitFailed, visit
from trellis.console.web import address_of, listen, wait_until_ready, web_server
from trellis.core.database_server import DatabaseServer
from trellis.core.errors import Unusable

YEARS = "2019/20..2022/23"
LAST_REPORT = "2022/23"
DEMONSTRATION = "TRELLIS_DEMONSTRATION"
LOOK_EVERY_SECONDS = 0.25


def run_up(arguments: Sequence[str]) -> int:
    """Bring up everything and stay, or with ``--check`` visit it once and stop it again."""
    began_at = time.monotonic()
    options = _parser().parse_args(arguments)
    with listen(options.port) as listener:
        if options.fresh:
            _agree_to_destroy(options.yes)
        with database(fresh=options.fresh) as server:
            ensure_prepared(server)
            _fill_when_empty(server, options)
            invented = _open_the_demonstration()
            collect_static_files(data_dir())
            children = _children(listener)
            try:
                _start(children, address_of(listener))
                if options.check:
                    return _check(address_of(listener), invented, began_at)
                say("\n".join(_welcome(address_of(listener), invented)))
                _look_after(server, children)
                return 0
            finally:
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                stop_all(children)
                _seal_what_waits()


def _seal_what_waits() -> None:
    """The sealer stopped with the others: what they wrote at the very end is sealed now."""
    with suppress(Unusable):
        run_apart("seal_audit", "--once", "--verbosity", "0")


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser(prog="hub up", description="Run a hub on this machine; Ctrl-C stops all of it.")
    parser.add_argument("--port", type=int, default=8000, help="where to serve, on this machine only (8000)")
    parser.add_argument("--check", action="store_true", help="visit three pages, print how long it took, stop")
    parser.add_argument("--fresh", action="store_true", help="destroy what the database holds and begin again")
    parser.add_argument("--yes", action="store_true", help="do not ask before --fresh destroys")
    sample = parser.add_argument_group("the invented area, made when the database is empty")
    sample.add_argument("--area", default="manchester", help="which area (manchester)")
    sample.add_argument("--until", default="today", help="the last day that happened: a date or today")
    sample.add_argument("--scale", default="1", help="how many times the area's size (1)")
    sample.add_argument("--seed", default="1", help="another seed, another area (1)")
    return parser


def _agree_to_destroy(agreed: bool) -> None:
    """``--fresh`` needs a yes from a person: at the terminal or in the arguments."""
    if agreed:
        return
    if not sys.stdin.isatty():
        raise Unusable("--fresh destroys everything in the database; without a terminal add --yes.")
    if input(f"Destroy everything in the database under {data_dir()}? Type yes: ").strip().lower() != "yes":
        raise Unusable("nothing was destroyed.")


def _fill_when_empty(server: DatabaseServer, options: argparse.Namespace) -> None:
    """Put the invented area into a database that nobody works in yet."""
    with psycopg.connect(server.urls.owner) as connection:
        if connection.execute("SELECT EXISTS (SELECT FROM accounts_user)").fetchone() == (True,):
            return
    say(f"Inventing the area {options.area} (this takes a moment the first time) ...")
    chosen = ["--area", options.area, "--years", YEARS, "--until", options.until]
    run_apart("sample", *chosen, "--scale", options.scale, "--seed", options.seed)
    run_apart("ensure_edition", "--year", LAST_REPORT)


def _open_the_demonstration() -> dict[str, str]:
    """Offer the invented people on the sign-in page, where nobody is real and nobody has settled it otherwise.

    Says who they are: e-mail address, and the words for it; nobody when they cannot be entered.
    """
    people, somebody_is_real = _who_is_there()
    wanted = os.environ.get(DEMONSTRATION)
    if somebody_is_real and wanted == "1":
        raise Unusable(f"{DEMONSTRATION}=1, but the database holds people who are not invented; start without it.")
    if people and somebody_is_real:
        say("The database holds people who are not invented: nobody can be entered with one click.")
    elif people:
        os.environ.setdefault(DEMONSTRATION, "1")
    return people if os.environ.get(DEMONSTRATION) == "1" else {}


def _who_is_there() -> tuple[dict[str, str], bool]:
    """The invented people of this database, and whether it holds anybody real."""
    import django
    from django.db import connections

    django.setup()
    from trellis.accounts import demonstration
    from trellis.accounts.queries import demonstration_users

    people = {p.email: f"{p.name}, {p.job_title}, {p.agency}" for p in demonstration_users()}
    somebody_is_real = demonstration.somebody_is_real()
    connections.close_all()
    return people, somebody_is_real


def _children(listener: socket.socket) -> list[Child]:
    folder = Path(os.environ["TRELLIS_DATA_DIR"])
    worker = ["manage", "procrastinate", "worker", "--shutdown-graceful-timeout", "5"]
    return [
        web_server(listener, folder),
        Child("job worker", worker, folder / "log" / "worker.log"),
        Child("audit sealer", ["manage", "seal_audit"], folder / "log" / "sealer.log"),
    ]


def _start(children: list[Child], address: str) -> None:
    for child in children:
        child.start()
    wait_until_ready(address, children[0].log)


def _check(address: str, invented: dict[str, str], began_at: float) -> int:
    """Visit the hub once as a person would."""
    try:
        visit(address, next(iter(invented), ""))
    except VisitFailed as problem:
        print(f"hub: {problem}", file=sys.stderr)
        return 1
    if not invented:
        say("Signed in as nobody: this hub is no demonstration, and its own people each have a second step.")
    print(f"ready in {time.monotonic() - began_at:.1f} s")
    return 0


def _welcome(address: str, invented: dict[str, str]) -> list[str]:
    """Where the hub is, and who can be entered with one click."""
    lines = [f"  {who}" for who in invented.values()]
    invitation = [f"Open {address} and choose a person:", *lines] if lines else [f"Sign in at {address}/sign-in/"]
    return ["", f"Trellis is ready at {address}", "", *invitation, "", "Ctrl-C stops everything."]


def _look_after(server: DatabaseServer, children: list[Child]) -> None:
    """Keep everything running until told to stop."""
    stopping = False

    def stop(_sign: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, stop)
    while not stopping:
        _look_after_database(server)
        for child in children:
            child.look_after()
        time.sleep(LOOK_EVERY_SECONDS)
    say("Stopping ...")


def _look_after_database(server: DatabaseServer) -> None:
    if not server.embedded or server.is_running():
        return
    say("The database stopped unexpectedly; starting it again.")
    try:
        server.ensure_running()
    except (Unusable, psycopg.OperationalError) as problem:
        say(f"It does not start yet: {problem}")
