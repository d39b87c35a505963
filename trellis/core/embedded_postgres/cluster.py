"""One PostgreSQL cluster: make it, start it, see whether it runs, stop it. Only the standard library."""

import locale
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from trellis.core.embedded_postgres.places import Account, Places, reachable
from trellis.core.errors import Unusable
from trellis.core.postgres_binaries import Binaries, find

SUPERUSER = "trellis_superuser"
PORT = 5432
PATIENCE_SECONDS = 15.0
RECOVERY_SECONDS = 300.0
LOG_BYTES_KEPT = 5_000_000
CHARACTER_TYPES = ("C.UTF-8", "C.utf8", "en_US.UTF-8", "en_GB.UTF-8")
RULES_OF_ENTRY = "# Written at each start. Only the socket, only with a password.\nlocal all all scram-sha-256\n"


@dataclass(frozen=True)
class Cluster:
    """A cluster in its place. ``superuser_password`` is used when it is first made."""

    places: Places
    superuser_password: str

    def start(self) -> None:
        """Make the cluster if there is none, then start it and wait until it answers.

        After a crash the old server's children need a moment to leave, so a start that fails is tried again.
        """
        binaries = self._binaries()
        if not (self.places.data / "PG_VERSION").exists():
            self._make(binaries)
        self._configure()
        self.places.make_sockets()
        give_up_at, recovered_by = time.monotonic() + PATIENCE_SECONDS, time.monotonic() + RECOVERY_SECONDS
        while (state := self.state()) != "ready":
            now = time.monotonic()
            if now > (recovered_by if state else give_up_at):
                raise Unusable(f"the database does not start: {self._last_words()} (log: {self.places.log})")
            if state is None:
                self._disown_number()
                self._pg_ctl(binaries, "start", "-w", "-t", "1", "-l", str(self.places.log))
            else:
                time.sleep(0.1)

    def stop(self) -> None:
        """Stop at once and in order; roughly if it will not."""
        if self.pid() is not None:
            binaries = self._binaries()
            if self._pg_ctl(binaries, "stop", "-m", "fast", "-w", "-t", "20"):
                self._pg_ctl(binaries, "stop", "-m", "immediate", "-w", "-t", "5")
        self.places.remove_sockets()

    def state(self) -> str | None:
        """``ready``, ``starting``, ``stopping``, or None when no server runs here."""
        if self.pid() is None:
            return None
        lines = self._pid_lines()
        return lines[7].strip() if len(lines) > 7 else "starting"

    def pid(self) -> int | None:
        """The process of the running server, never a stranger that was given its old number."""
        lines = self._pid_lines()
        if not lines or not lines[0].strip().isdigit():
            return None
        command = _command_of(int(lines[0]))
        return int(lines[0]) if "postgres" in command and str(self.places.data) in command else None

    def _binaries(self) -> Binaries:
        version = self.places.data / "PG_VERSION"
        made_by = int(version.read_text()) if version.exists() else None
        found = find(made_by)
        if found is None and made_by:
            raise Unusable(f"the database in {self.places.home} was made by PostgreSQL {made_by}: install that.")
        if found is None:
            raise Unusable("there is no PostgreSQL 15 or newer here; install it or set DATABASE_URL.")
        return reachable(found, self.places)

    def _make(self, binaries: Binaries) -> None:
        """Make the cluster beside its place and move it there whole, so that an interruption leaves nothing."""
        new = self.places.data.with_name("postgres.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        self.places.account.own(new, 0o700)
        password = _write(self.places.account, new.with_name("password.new"), self.superuser_password)
        try:
            done = self.places.account.run(
                [binaries.program("initdb"), "-D", str(new), "-U", SUPERUSER, "-A", "scram-sha-256",
                 f"--pwfile={password}", "-E", "UTF8", "--no-instructions", *_character_options(binaries.major)],
                capture_output=True,
            )  # fmt: skip
        finally:
            password.unlink()
        if done.returncode:
            shutil.rmtree(new, ignore_errors=True)
            raise Unusable(f"the database cannot be made in {self.places.home}: {_last_line(done.stderr)}")
        new.rename(self.places.data)

    def _configure(self) -> None:
        """Write our settings at each start, so that a new release brings its own."""
        settings = {
            "listen_addresses": "", "unix_socket_directories": str(self.places.sockets), "port": str(PORT),
            "unix_socket_permissions": "0700", "password_encryption": "scram-sha-256",
            "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on",
            "timezone": "UTC", "log_timezone": "UTC", "max_connections": "100", "jit": "off",
            "log_min_messages": "warning", "log_line_prefix": "%m [%p] ",
        }  # fmt: skip
        lines = [f"{name} = '{value}'\n" for name, value in settings.items()]
        account = self.places.account
        _write(account, self.places.data / "postgresql.conf", "# Written at each start.\n" + "".join(lines))
        _write(account, self.places.data / "pg_hba.conf", RULES_OF_ENTRY)
        if not self.places.log.exists() or self.places.log.stat().st_size > LOG_BYTES_KEPT:
            _write(account, self.places.log, "")

    def _pg_ctl(self, binaries: Binaries, *arguments: str) -> int:
        command = [binaries.program("pg_ctl"), "-s", "-D", str(self.places.data), *arguments]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return self.places.account.run(command, start_new_session=True, **quiet).returncode

    def _pid_lines(self) -> list[str]:
        try:
            return (self.places.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _disown_number(self) -> None:
        """Take back a process number left by a crash, when it is a zombie's or another program's by now.

        PostgreSQL would wait for it. Only the number is replaced: the rest of the file is how PostgreSQL knows that
        children of the old server are still at work, and it must go on refusing to start until they have left.
        """
        lines = self._pid_lines()
        if not lines or self.pid() is not None:
            return
        nobody = subprocess.Popen(["true"])
        nobody.wait()
        number = str(nobody.pid)
        _write(self.places.account, self.places.data / "postmaster.pid", "\n".join([number, *lines[1:], ""]), 0o600)
        for left in self.places.sockets.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)

    def _last_words(self) -> str:
        try:
            return _last_line(self.places.log.read_text(errors="replace"))
        except OSError:
            return "it left no log"


def _character_options(major: int) -> list[str]:
    """Sorting is by bytes, so nothing depends on the machine; letters beyond ASCII are still letters."""
    if major >= 17:
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C", f"--lc-ctype={_character_type()}"]


def _character_type() -> str:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in CHARACTER_TYPES:
            try:
                locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
            return name
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


def _command_of(pid: int) -> str:
    """The command line of a process, or nothing when there is none."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
        except OSError:
            return ""
    shown = subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout


def _write(account: Account, path: Path, text: str, mode: int = 0o600) -> Path:
    """Write a file of the server's user, in one movement."""
    half = path.with_name(f"{path.name}.{os.getpid()}")
    half.touch(mode=0o600)
    half.write_text(text)
    account.own(half, mode).replace(path)
    return path


def _last_line(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "no reason was given")
