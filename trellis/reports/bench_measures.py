"""``./hub bench measures``: our measures beside hand-written SQL, over a snapshot of the invented area."""

from pathlib import Path

from trellis.core.benches import Answer, Bench
from trellis.core.errors import Unusable
from trellis.measures.bench import bench_measures
from trellis.measures.tables import SnapshotError
from trellis.reports.bench_area import area_snapshot
from trellis.reports.terminal import tell

YEAR = "2022/23"


def measure(scale: int, snapshot: Path | None) -> Answer:
    """Raises Unusable for a folder that is no snapshot."""
    folder = snapshot or area_snapshot(scale, tell)
    tell("measuring")
    try:
        result = bench_measures(folder, year=YEAR)
    except SnapshotError as problem:
        raise Unusable(str(problem)) from None
    return {"scale": None if snapshot else scale, **result.as_json()}, result.lines()


MEASURES = Bench("our measures against hand-written DuckDB SQL, same figures", measure, of_a_snapshot=True)
