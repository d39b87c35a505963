"""Gathers the browser's files under the names their contents give them, once for each state they are in."""

import fcntl
import hashlib
from pathlib import Path

from trellis.console.children import run_apart
from trellis.console.environment import ROOT


def collect_static_files(folder: Path) -> None:
    """Run ``collectstatic`` into the data folder unless these very files are there already."""
    stamp, expected = folder / "static-files", _checksum()
    with (folder / "static.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text() == expected and (folder / "static").is_dir():
            return
        run_apart("collectstatic", "--noinput", "--clear", "--verbosity", "0")
        stamp.write_text(expected)


def _checksum() -> str:
    digest = hashlib.sha256()
    for path in sorted((ROOT / "trellis").glob("*/static/**/*")):
        if path.is_file():
            digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()
