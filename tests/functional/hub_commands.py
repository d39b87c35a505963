"""What is asked of the hub that runs beside the browser: by SQL, and by the hub's own commands."""

import os
import subprocess

import psycopg

from tests.support import hub
from tests.support.context import SEES_ALL
from trellis.console.children import TETHERED
from trellis.console.environment import ROOT


def database():
    return hub.server().urls_of(f"test_{hub.CHECKOUT}_{os.getpid()}_live")


def ask(query, *values):
    with psycopg.connect(database().owner, options=f"-c trellis.duty={SEES_ALL.duty}") as connection:
        return connection.execute(query, values).fetchall()


def change(query, *values):
    """What nothing else can bring about in a minute. It must find its rows."""
    with psycopg.connect(database().owner, options=f"-c trellis.duty={SEES_ALL.duty}") as connection:
        assert connection.execute(query, values).rowcount


def manage(*arguments):
    """What the hub's own commands and jobs do, in a process of their own."""
    with hub.django_children_use(database(), TRELLIS_DEMONSTRATION="1"):
        environment = {**os.environ, "TRELLIS_PARENT": str(os.getpid()), "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [*TETHERED, "manage", *arguments], capture_output=True, text=True, check=False, env=environment
        )
    assert done.returncode == 0, f"{arguments} ended with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout
