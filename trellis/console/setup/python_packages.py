"""The virtual environment and the locked packages in it, with hashes."""

import os
import shutil
import subprocess
import sys
import venv
from functools import partial
from pathlib import Path

from trellis.console.setup.steps import (
    FREE_BYTES_TO_BEGIN,
    CannotSetUp,
    Step,
    checksum,
    run_tool,
    stamped,
    write_stamp,
)
from trellis.core.postgres_binaries import machine_has_postgres

SETS = {
    "runtime": "Python packages",
    "test": "Python packages for the tests",
    "postgres": "PostgreSQL (this machine has none of version 15 or newer)",
    "node": "Node.js for the browser assets (this machine has none)",
}


def steps(root: Path, *, for_tests: bool) -> list[Step]:
    """One step for each set of packages this machine and this command need."""
    sets = ["runtime"]
    if for_tests:
        sets.append("test")
    if not os.environ.get("DATABASE_URL") and not machine_has_postgres():
        sets.append("postgres")
    if not machine_has_node():
        sets.append("node")
    return [
        Step(SETS[name], partial(_is_stale, root, name), partial(_install, root, name), _bytes_needed(root))
        for name in sets
    ]


def machine_has_node() -> bool:
    """Are Node.js and npm on the path?"""
    return bool(shutil.which("node") and shutil.which("npm"))


def _bytes_needed(root: Path) -> int:
    return 200_000_000 if (root / ".venv" / ".installed-runtime").exists() else FREE_BYTES_TO_BEGIN


def _stamp(root: Path, name: str) -> Path:
    return root / ".venv" / f".installed-{name}"


def _expected(root: Path, name: str) -> str:
    return checksum([root / "requirements" / f"{name}.txt"])


def _is_stale(root: Path, name: str) -> bool:
    return _half_done(root) or not stamped(_stamp(root, name), _expected(root, name))


def _half_done(root: Path) -> bool:
    """Was an earlier installation interrupted, or is its Python gone?"""
    folder = root / ".venv"
    return (folder / ".unfinished").exists() or not os.access(folder / "bin" / "python", os.X_OK)


def _install(root: Path, name: str) -> None:
    folder = root / ".venv"
    if _half_done(root):
        _make_environment(folder)
    unfinished = folder / ".unfinished"
    unfinished.touch()
    lock = root / "requirements" / f"{name}.txt"
    run_tool([*_installer(folder), "--require-hashes", "-r", str(lock)], root, "the Python packages")
    write_stamp(_stamp(root, name), _expected(root, name))
    unfinished.unlink()


def _make_environment(folder: Path) -> None:
    """A new, empty environment in place of whatever an interruption left."""
    base = str(Path(sys.executable).resolve())
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    (folder / ".unfinished").touch()
    with_pip = _uv(folder) is None
    code = f"import venv; venv.create({str(folder)!r}, symlinks=True, with_pip={with_pip})"
    made = subprocess.run([base, "-I", "-c", code], capture_output=True, text=True, check=False)
    if made.returncode:
        raise CannotSetUp("Python cannot make a virtual environment here; on Debian: apt-get install python3-venv")


def _installer(folder: Path) -> list[str]:
    """uv where the machine has it, because it is ten times as fast, else the environment's own pip."""
    python, quiet = str(folder / "bin" / "python"), [] if sys.stderr.isatty() else ["--quiet"]
    if uv := _uv(folder):
        return [uv, "pip", "install", *quiet, "--compile-bytecode", "--python", python]
    has_pip = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False)
    if has_pip.returncode:
        venv.create(folder, symlinks=True, with_pip=True)
    return [python, "-m", "pip", "install", *quiet, "--disable-pip-version-check", "--no-input"]


def _uv(folder: Path) -> str | None:
    """uv from outside the environment: the one inside would replace the folder it runs from."""
    found = shutil.which("uv")
    return found if found and not Path(found).is_relative_to(folder) else None
