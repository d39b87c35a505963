"""Verifying a log the way the command does."""

from pathlib import Path

from trellis.audit_log.verification import Verification, one_moment


def findings(folder: Path) -> tuple[list[str], Verification]:
    """What is found, in words, and what was counted on the way."""
    check = Verification(folder)
    with one_moment() as connection:
        return [str(finding) for finding in check.findings(connection)], check
