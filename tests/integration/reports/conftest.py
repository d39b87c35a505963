"""The invented area's snapshot and its annual report, each made once for the process.

This file is read before Django is set up, so the package is imported inside the fixtures.
"""

from pathlib import Path

import pytest

YEAR = "2022/23"
_made: dict[str, object] = {}


@pytest.fixture
def area_snapshot(invented_area, tmp_path_factory) -> Path:
    """The folder of a snapshot of the invented area."""
    from trellis.reports.services import record_snapshot

    if "folder" not in _made:
        folder = tmp_path_factory.mktemp("area") / "snapshot"
        record_snapshot(out=folder)
        _made["folder"] = folder
    return _made["folder"]


@pytest.fixture
def annual(area_snapshot):
    """The annual report 2022/23 of the invented area, with its files."""
    from trellis.measures.tables import Snapshot
    from trellis.reports.services import make_report

    if "annual" not in _made:
        _made["annual"] = make_report(Snapshot.open(area_snapshot), year=YEAR, local={})
    return _made["annual"]
