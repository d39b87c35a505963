"""``./hub test``: pytest from the root of the checkout, with its arguments passed on."""

import os
import sys
from collections.abc import Sequence

from trellis.console.environment import ROOT

WORKERS = ("-n", "--numprocesses", "--dist")


def run_tests(arguments: Sequence[str]) -> int:
    """Become pytest, on two workers unless told otherwise."""
    chosen = any(argument.startswith(WORKERS) for argument in arguments)
    os.chdir(ROOT)
    command = [sys.executable, "-m", "pytest", *([] if chosen else ["-n", "2"]), *arguments]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter and the person's own arguments
