"""The processes ``up`` looks after: started in a group of their own, started again when they die, ended together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from trellis.console.environment import ROOT
from trellis.console.progress import say
from trellis.console.tethered import PARENT
from trellis.core.errors import Unusable

BACK_OFF_SECONDS = (0.0, 0.5, 1.0, 2.0, 4.0)
STEADY_AFTER_SECONDS = 30.0
STOP_WITHIN_SECONDS = 10.0
LOG_BYTES_KEPT = 5_000_000
TETHERED = (sys.executable, "-P", "-m", "trellis.console.tethered")


class Child:
    """One process under care, with its log."""

    def __init__(self, name: str, arguments: Sequence[str], log: Path, pass_fds: Sequence[int] = ()) -> None:
        self.name = name
        self.log = log
        self._arguments = [*TETHERED, *arguments]
        self._pass_fds = tuple(pass_fds)
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._deaths = 0
        self._start_again_at = 0.0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it, apart from the terminal, so that Ctrl-C reaches only ``up``."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        too_long = self.log.exists() and self.log.stat().st_size > LOG_BYTES_KEPT
        with self.log.open("w" if too_long else "a") as output:
            self._process = subprocess.Popen(
                self._arguments,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=_environment(),
                pass_fds=self._pass_fds,
                start_new_session=True,
            )
        self._started_at = time.monotonic()

    def look_after(self) -> None:
        """Start it again if it died, at once the first time and ever later while it keeps dying."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._start_again_at:
                self.start()
            return
        if self._process.poll() is None:
            return
        self._end_group(signal.SIGKILL)
        self._deaths = 0 if now - self._started_at > STEADY_AFTER_SECONDS else self._deaths
        wait = BACK_OFF_SECONDS[min(self._deaths, len(BACK_OFF_SECONDS) - 1)]
        say(f"The {self.name} stopped unexpectedly; starting it again (its log: {self.log}).")
        self._deaths += 1
        self._start_again_at = now + wait
        self._process = None

    def ask_to_stop(self) -> None:
        self._end_group(signal.SIGTERM)

    def wait_until_stopped(self) -> None:
        """Wait for it to stop in order, then end whatever is left of its group."""
        if self._process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_WITHIN_SECONDS)
        self._end_group(signal.SIGKILL)
        self._process.wait()
        self._process = None

    def _end_group(self, sign: signal.Signals) -> None:
        if self._process is None:
            return
        try:
            os.killpg(self._process.pid, sign)
        except (ProcessLookupError, PermissionError):
            return


def stop_all(children: Sequence[Child]) -> None:
    """Ask all to stop, then see each one gone."""
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.wait_until_stopped()


def run_apart(*arguments: str) -> None:
    """Run a Django command to its end in a process of its own, so that its memory goes with it."""
    done = subprocess.run([*TETHERED, "manage", *arguments], env=_environment(), stdout=sys.stderr, check=False)
    if done.returncode:
        raise Unusable(f"{arguments[0]} failed; see the lines above.")


def _environment() -> dict[str, str]:
    """Ours, with the parent to watch and the package on the path wherever we were started."""
    return {**os.environ, PARENT: str(os.getpid()), "PYTHONPATH": str(ROOT)}
