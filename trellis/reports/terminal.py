"""Lines for the person watching a command: on standard error, and only when that is a terminal."""

import sys


def tell(line: str) -> None:
    """Say one line of progress; nothing when piped."""
    if sys.stderr.isatty():
        print(line, file=sys.stderr, flush=True)  # noqa: T201
