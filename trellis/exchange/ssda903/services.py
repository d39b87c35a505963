"""Making the files of the statutory return: noted in the log, with every child who is in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import note, recorded
from trellis.core.errors import Unusable
from trellis.core.row_context import Duty
from trellis.exchange.ssda903.comparison import Comparison, compare
from trellis.exchange.ssda903.files import files_of
from trellis.measures.periods import Period

STATUTORY_RETURN = "statutory return of looked-after children"


@dataclass(frozen=True)
class Made:
    """What was written where, and what it rests on."""

    paths: tuple[Path, ...]
    found: Comparison


def export_ssda903(*, year: Period, authority: str, out: Path, by: User | None, everyone: bool = False) -> Made:
    """Write header.csv, episodes.csv and missing.csv for a year (1 April to 31 March) into ``out``; ``everyone``: with
    the children looked after who were not missing.

    Raises Unusable when it cannot be written there, Refused when ``by`` may not take records out.
    """
    if by:
        check_may(by, Permission.RECORD_EXPORT)
        check_may(by, Permission.MISSING_RECONCILE)
    if out.exists() and not out.is_dir():
        raise Unusable(f"{out} is a file; give a folder for the return")
    with recorded(by, f"SSDA903 {year.name}, {authority}", Duty.RETURN):
        found = compare(year, authority, everyone=everyone)
        files = files_of(found)
        note(Action.EXPORT, STATUTORY_RETURN, children=[child.key for child in found.children])
        paths = tuple(_write(out / name, content) for name, content in files.items())
    return Made(paths, found)


def _write(path: Path, content: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as problem:
        raise Unusable(f"{path} cannot be written: {problem.strerror}") from None
    return path
