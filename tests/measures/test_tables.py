"""What is and is not a snapshot, said in one plain line."""

import json

import pytest

from tests.measures.snapshots import open_snapshot, write_snapshot
from trellis.measures.tables import TABLES, Snapshot, SnapshotError, snapshot_id


def test_a_snapshot_opens_and_knows_its_identity(tmp_path):
    snapshot = open_snapshot(tmp_path, {"cases": [{"case_key": "k"}]})
    assert snapshot.id.startswith("sha256:")
    assert snapshot.connection.execute("SELECT count(*) FROM cases").fetchall() == [(1,)]


def test_the_same_rows_have_the_same_identity(tmp_path):
    first, second = (open_snapshot(tmp_path / name, {"cases": [{"case_key": "k"}]}) for name in "ab")
    assert first.id == second.id
    assert open_snapshot(tmp_path / "c", {}).id != first.id


def test_identity_does_not_depend_on_order():
    assert snapshot_id({"a": "1", "b": "2"}) == snapshot_id({"b": "2", "a": "1"})


def edit(folder, **changes):
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "manifest.json").unlink(), "no manifest.json here"),
        (lambda folder: (folder / "manifest.json").write_text("{"), "not a snapshot manifest"),
        (lambda folder: (folder / "manifest.json").write_text("[]"), "not a snapshot manifest"),
        (lambda folder: edit(folder, schema_version="1"), "schema version 1, this program reads 3"),
        (lambda folder: edit(folder, id="sha256:0"), "the id does not match"),
        (lambda folder: edit(folder, tables={}, id=snapshot_id({})), "table children lacks"),
        (lambda folder: (folder / "cases.parquet").unlink(), "cases.parquet is missing"),
        (lambda folder: (folder / "cases.parquet").write_text("not parquet"), "cases.parquet cannot be read"),
    ],
)
def test_what_is_no_snapshot_is_refused_in_one_line(tmp_path, spoil, said):
    spoil(write_snapshot(tmp_path, {}))
    with pytest.raises(SnapshotError, match=said) as refused:
        Snapshot.open(tmp_path)
    assert "\n" not in str(refused.value)


def test_each_column_says_what_it_means():
    for table in TABLES.values():
        assert table.meaning
        for column in table.columns:
            assert column.meaning, f"{table.name}.{column.name}"
            assert column.type in {"string", "date", "timestamp", "int32", "boolean"}
