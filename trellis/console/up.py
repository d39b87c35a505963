"""``./hub up``: a whole hub on this machine, looked after until Ctrl-C."""

import argparse
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
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
from trellis.sample.users import DEMONSTRATION_PASSWORD

YEARS = "2019/20..2022/23"
LAST_REPORT = "2022/23"
WHO_IS_THERE = """
SELECT EXISTS (SELECT FROM accounts_user WHERE is_demonstration),
       EXISTS (SELECT FROM people_person WHERE NOT is_synthetic)
"""
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
            _open_the_demonstration(server)
            collect_static_files(data_dir())
            welcome = [] if options.check else _welcome(address_of(listener))
            children = _children(listener)
            try:
                _start(children, address_of(listener))
                if options.check:
                    return _check(address_of(listener), began_at)
                say("\n".join(welcome))
                _look_after(server, children)
                return 0
            finally:
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                stop_all(children)


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


def _open_the_demonstration(server: DatabaseServer) -> None:
    """Offer the invented people on the sign-in page, where nobody is real and nobody has settled it otherwise."""
    with psycopg.connect(server.urls.owner) as connection:
        invented, real = connection.execute(WHO_IS_THERE).fetchone() or (False, False)
    if invented and real:
        say("The database holds people who are not invented: nobody can be entered with one click.")
    elif invented:
        os.environ.setdefault("TRELLIS_DEMONSTRATION", "1")


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


def _check(address: str, began_at: float) -> int:
    """Visit the hub once as a person would."""
    try:
        visit(address, next(iter(_invented_people()), ""), DEMONSTRATION_PASSWORD)
    except VisitFailed as problem:
        print(f"hub: {problem}", file=sys.stderr)
        return 1
    print(f"ready in {time.monotonic() - began_at:.1f} s")
    return 0


def _welcome(address: str) -> list[str]:
    """Where the hub is, the people of the invented area, and the one password they share."""
    lines = [f"  {email}  ({who})" for email, who in _invented_people().items()]
    invitation = [f"Sign in with the password {DEMONSTRATION_PASSWORD} as", *lines, ""] if lines else []
    return ["", f"Trellis is ready at {address}", "", *invitation, "Ctrl-C stops everything."]


def _invented_people() -> dict[str, str]:
    """Everybody who can be signed in as in an invented area: e-mail address, and who it is."""
    import django
    from django.db import connections

    django.setup()
    from trellis.accounts.queries import demonstration_users

    people = {p.email: f"{p.name}, {p.job_title}, {p.agency}" for p in demonstration_users()}
    connections.close_all()
    return people


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
