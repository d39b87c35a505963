"""Lines about what is being done: on standard error, so that standard output stays the command's own."""

import sys


def say(line: str) -> None:
    """Print one line for the person watching."""
    print(line, file=sys.stderr, flush=True)
