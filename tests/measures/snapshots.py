"""Writes a snapshot folder from plain rows, the way a hub's own snapshot is laid out."""

import hashlib
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from trellis.measures.tables import SCHEMA_VERSION, TABLES, Snapshot, snapshot_id


def write_snapshot(folder: Path, rows: dict[str, list[dict]]) -> Path:
    """One Parquet file for each table, empty where `rows` has none; a column a row lacks is NULL."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {}
    for name, table in TABLES.items():
        columns = [column.name for column in table.columns]
        filled = [{column: row.get(column) for column in columns} for row in rows.get(name, [])]
        path = folder / f"{name}.parquet"
        pq.write_table(pa.Table.from_pylist(filled, schema=table.arrow_schema()), path)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        tables[name] = {"rows": len(filled), "sha256": sha256, "columns": columns}
    manifest = {
        "schema_version": SCHEMA_VERSION,
        "as_at": "2023-04-01T00:00:00Z",
        "tables": tables,
        "id": snapshot_id({name: table["sha256"] for name, table in tables.items()}),
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def open_snapshot(folder: Path, rows: dict[str, list[dict]]) -> Snapshot:
    return Snapshot.open(write_snapshot(folder, rows))
