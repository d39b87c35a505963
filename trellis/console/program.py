"""The console program: which command was asked for, and how every one of them ends."""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from trellis.core.errors import Unusable

UNUSABLE, INTERRUPTED, TERMINATED = 2, 130, 143

DJANGO_COMMANDS = {
    "report": "write the annual or the monthly missing report: a web page, PDF, slides, workbook and figures",
    "figures": "print every measure of a year as JSON lines",
    "import": "take in a partner's file",
    "export": "write a file that others ask for, such as the return of looked-after children",
    "sample": "fill an empty database with an invented area",
    "snapshot": "write or verify the pseudonymised tables that measures run on",
    "verify-audit": "verify that nobody has changed the audit log",
    "bench": "measure side by side in one run and print the ratios",
}
OTHER_COMMANDS = {
    "up": "run a hub on this machine: database, pages and jobs; Ctrl-C stops all of it",
    "test": "run the whole test suite; arguments go to pytest",
    "check-figures": "sense-check a published table of figures",
    "manage": "run one of Django's own commands",
}


class OneLineParser(argparse.ArgumentParser):
    """A mistake in the arguments is one plain line, not a page of usage."""

    def error(self, message: str) -> NoReturn:
        raise Unusable(f"{message} (see: {self.prog} --help)")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 the check found something, 2 unusable input."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    try:
        return _dispatch(list(sys.argv[1:] if argv is None else argv))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Unusable as problem:
        return _end(str(problem), UNUSABLE)
    except Exception as problem:
        return _end_in_words(problem)


def _dispatch(argv: list[str]) -> int:
    if argv and not argv[0].startswith("-") and argv[0] not in {**OTHER_COMMANDS, **DJANGO_COMMANDS}:
        raise Unusable(f"there is no command {argv[0]} (see: hub --help)")
    asked = _parser().parse_args(argv[:1]).command
    return _runner(asked)(argv[1:])


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser(prog="hub", description="Trellis: the system of a Complex Safeguarding Hub.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=OneLineParser)
    for name, what in {**OTHER_COMMANDS, **DJANGO_COMMANDS}.items():
        commands.add_parser(name, help=what, add_help=False)
    parser.epilog = "Each command explains itself: hub COMMAND --help"
    return parser


def _runner(command: str) -> Callable[[list[str]], int]:
    """The function behind a command; imported late, so that a light command stays light."""
    if command == "up":
        from trellis.console.up import run_up

        return run_up
    if command == "test":
        from trellis.console.suite import run_tests

        return run_tests
    if command == "check-figures":
        from trellis.measures.checks_command import main as check_figures

        return check_figures
    if command == "bench":
        from trellis.console.suite import run_bench

        return run_bench
    from trellis.console.django_commands import run_command, run_django

    return run_django if command == "manage" else lambda arguments: run_command(command, arguments)


def _end_in_words(problem: Exception) -> int:
    """End with one line for what a person can act upon; anything else is a fault of ours and keeps its trace."""
    import psycopg
    from django.core.management.base import CommandError
    from django.db import OperationalError

    if isinstance(problem, CommandError):
        return _end(str(problem), problem.returncode if problem.returncode != 1 else UNUSABLE)
    if isinstance(problem, OperationalError | psycopg.OperationalError):
        return _end(f"the database does not answer: {problem}", UNUSABLE)
    raise problem


def _end(message: str, code: int) -> int:
    line = " ".join(message.removeprefix("Error: ").split())
    print(f"hub: {line}", file=sys.stderr)
    return code
