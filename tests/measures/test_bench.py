"""The bench compares like with like. How fast either side is fails no test."""

import json

from tests.measures.snapshots import write_snapshot
from tests.measures.test_disclosure import a_hub
from trellis.measures import bench


def test_both_sides_give_the_same_numbers_and_say_where_they_ran(tmp_path):
    result = bench.bench_measures(write_snapshot(tmp_path, a_hub(seed=1, size=40)), rounds=1)
    assert result.agree, result.differences
    said = json.loads(json.dumps(result.as_json()))
    assert said["ratio"] > 0
    assert said["figures"] > 100
    assert {"load", "cpus", "duckdb", "ibis", "python"} <= said.keys()
    assert "identical" in "\n".join(result.lines())


def test_a_number_that_differs_is_named(tmp_path, monkeypatch):
    wrong = bench.Statement("SELECT 0, 7, 7", cuts=(), columns=("children", "repeat"), reads=bench.STATEMENTS[4].reads)
    monkeypatch.setattr(bench, "STATEMENTS", (*bench.STATEMENTS[:4], wrong, *bench.STATEMENTS[5:]))
    result = bench.bench_measures(write_snapshot(tmp_path, a_hub(seed=1, size=40)), rounds=1)
    assert not result.agree
    assert any("missing.children" in difference for difference in result.differences)
