"""``./hub test``: pytest from the root of the checkout, with its arguments passed on. And what else tests the tests."""

import os
import sys
from collections.abc import Sequence

from trellis.console.environment import ROOT, prepare_environment
from trellis.core.errors import Unusable

PLANTED_FAULTS = "tests.access.planted_faults"
WORKERS = ("-n", "--numprocesses", "--dist")
# A module is one process's: what it sets up for itself, such as a hub or an area, is set up once.
TWO_WORKERS = ("-n", "2", "--dist", "loadscope", "--no-loadscope-reorder")


def run_tests(arguments: Sequence[str]) -> int:
    """Become pytest, on two workers unless told otherwise."""
    chosen = any(argument.startswith(WORKERS) for argument in arguments)
    os.chdir(ROOT)
    command = [sys.executable, "-m", "pytest", *([] if chosen else TWO_WORKERS), *arguments]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter and the person's own arguments


def run_bench(arguments: Sequence[str]) -> int:
    """Planted faults are tests, with a database of their own; every other bench is a Django command of this hub."""
    if arguments[:1] == ["planted-faults"]:
        return plant_faults(arguments[1:])
    from trellis.console.django_commands import run_command
    from trellis.console.static_files import collect_static_files

    collect_static_files(prepare_environment())  # pages that are measured name their styles
    return run_command("bench", arguments)


def plant_faults(arguments: Sequence[str]) -> int:
    """Become the program that plants faults. Raises Unusable where the tests are not there."""
    if not (ROOT / PLANTED_FAULTS.replace(".", "/")).with_suffix(".py").exists():
        raise Unusable("planted-faults runs the tests, and this release came without them; run it in a checkout.")
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", PLANTED_FAULTS, *arguments])  # noqa: S606 - as above
