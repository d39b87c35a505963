"""What a set-up step is, and the four things every step needs: a stamp, a lock, a progress line and a clear failure."""

import errno
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

FREE_BYTES_TO_BEGIN = 1_500_000_000
FREE_BYTES_TO_WORK = 50_000_000


class CannotSetUp(Exception):
    """The checkout cannot be made ready. The message is one plain line: what is wrong and what to do."""


@dataclass(frozen=True)
class Step:
    """One thing to make ready. ``needs_bytes`` is the free disk space it asks for before it begins."""

    title: str
    is_stale: Callable[[], bool]
    run: Callable[[], None]
    needs_bytes: int = FREE_BYTES_TO_WORK


def run_stale(steps: list[Step], root: Path) -> None:
    """Run each step that is still stale (another process may have done it meanwhile) and say so on stderr."""
    for number, step in enumerate(steps, start=1):
        if not step.is_stale():
            continue
        check_disk(root, step.needs_bytes, step.title)
        print(f"Setting up ({number} of {len(steps)}): {step.title} ...", file=sys.stderr, flush=True)
        try:
            step.run()
        except OSError as problem:
            raise CannotSetUp(_explain(problem, step.title, root)) from problem


def check_disk(root: Path, needed: int, title: str) -> None:
    """Refuse to begin what cannot be finished."""
    free = shutil.disk_usage(root).free
    if free < needed:
        raise CannotSetUp(
            f"not enough disk space for {title}: {needed // 10**6} MB needed, {free // 10**6} MB free at {root}"
        )


def run_tool(arguments: list[str], cwd: Path, failure: str) -> None:
    """Run a tool with its own progress on a terminal, silently otherwise; its last words explain a failure.

    Everything goes to stderr, so that a command's standard output stays its own.
    """
    on_terminal = sys.stderr.isatty()
    done = subprocess.run(
        arguments,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr if on_terminal else subprocess.PIPE,
        stderr=None if on_terminal else subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode == 0:
        return
    said = done.stdout or ""
    if "No space left" in said or shutil.disk_usage(cwd).free < FREE_BYTES_TO_WORK:
        raise CannotSetUp(f"{failure}: no disk space is left at {cwd}; free some and run this again.")
    last = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "see above")
    raise CannotSetUp(f"{failure}: {last}")


@contextmanager
def only_one_at_a_time(path: Path) -> Iterator[None]:
    """Hold the set-up lock; the system lets go of it whatever way this process ends."""
    try:
        handle = path.open("w")
    except OSError as problem:
        raise CannotSetUp(f"{path.parent} cannot be written to ({problem.strerror}).") from problem
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up of this checkout is running; waiting for it ...", file=sys.stderr, flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def checksum(paths: Iterable[Path], *more: str) -> str:
    """One checksum over the names and contents of files, and any further words that matter."""
    digest = hashlib.sha256("\0".join(more).encode())
    for path in sorted(paths):
        digest.update(f"\0{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def stamped(stamp: Path, expected: str) -> bool:
    """Was this made from exactly these inputs?"""
    try:
        return stamp.read_text() == expected
    except OSError:
        return False


def write_stamp(stamp: Path, content: str) -> None:
    """Put the stamp in place in one movement, so that an interruption leaves none rather than half of one."""
    half = stamp.with_name(f"{stamp.name}.{os.getpid()}")
    half.write_text(content)
    half.replace(stamp)


def _explain(problem: OSError, title: str, root: Path) -> str:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"no disk space is left for {title} at {root}; free some and run this again."
    return f"{title} failed: {problem.strerror or problem} ({problem.filename or root})"
