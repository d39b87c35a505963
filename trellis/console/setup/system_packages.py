"""What only the operating system can give: the libraries that write PDF, and the browser the tests drive."""

import ctypes
import ctypes.util
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from trellis.console.setup.steps import CannotSetUp, Step, run_tool

BROWSERS = (
    "/usr/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
HOMEBREW = ("/opt/homebrew/lib", "/usr/local/lib")


@dataclass(frozen=True)
class Need:
    """One thing, how to see whether it is there, and what brings it on Debian and on macOS."""

    debian: str
    homebrew: str
    present: Callable[[], bool]


def library_present(soname: str, dylib: str) -> bool:
    """Can this shared library be loaded?"""
    if sys.platform == "darwin":
        return any(Path(folder, dylib).exists() for folder in HOMEBREW)
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def browser() -> str | None:
    """The Chromium the tests drive; ``TRELLIS_CHROMIUM`` names another."""
    chosen = os.environ.get("TRELLIS_CHROMIUM")
    found = [path for path in ([chosen] if chosen else BROWSERS) if Path(path).exists()]
    return found[0] if found else shutil.which("chromium")


PDF = (
    Need("libpango-1.0-0", "pango", partial(library_present, "libpango-1.0.so.0", "libpango-1.0.dylib")),
    Need("libpangoft2-1.0-0", "pango", partial(library_present, "libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib")),
    Need(
        "libharfbuzz-subset0",
        "harfbuzz",
        partial(library_present, "libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib"),
    ),
)
BROWSER = Need("chromium", "--cask chromium", lambda: browser() is not None)
NEEDS = {"up": PDF, "report": PDF, "test": (*PDF, BROWSER)}


def steps(command: str) -> list[Step]:
    """One step when the command needs anything of the system at all."""
    needs = NEEDS.get(command, ())
    if not needs:
        return []
    return [Step("system packages", lambda: bool(_missing(needs)), lambda: _provide(command, needs))]


def _missing(needs: tuple[Need, ...]) -> list[Need]:
    return [need for need in needs if not need.present()]


def _provide(command: str, needs: tuple[Need, ...]) -> None:
    """Install as root on Debian; otherwise name what is missing. Pages work without PDF, so ``up`` goes on."""
    missing = _missing(needs)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _apt_install([need.debian for need in missing])
        return
    advice = _advice(missing)
    if command != "up":
        raise CannotSetUp(advice)
    print(f"hub: reports cannot be written as PDF yet: {advice}", file=sys.stderr)


def _advice(missing: list[Need]) -> str:
    if sys.platform == "darwin":
        return f"missing system packages; run: brew install {' '.join(sorted({n.homebrew for n in missing}))}"
    names = " ".join(need.debian for need in missing)
    return f"missing system packages; ask an administrator to run: apt-get install {names}"


def _apt_install(packages: list[str]) -> None:
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    here, failure = Path.cwd(), f"apt-get could not install {' '.join(packages)}"
    run_tool(["apt-get", "update", "-qq"], here, failure)
    run_tool(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], here, failure)
