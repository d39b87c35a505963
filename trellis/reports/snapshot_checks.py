"""Is a folder the snapshot its manifest says it is? Hashes, rows, columns, schema version and identity."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from trellis.core.errors import Unusable
from trellis.measures.tables import SCHEMA_VERSION, TABLES, Table, snapshot_id
from trellis.reports.snapshots import MANIFEST, file_sha256


def snapshot_faults(folder: Path) -> list[str]:
    """What is wrong, one line each; empty when the snapshot is whole. Raises Unusable when there is none to check."""
    manifest = _read(folder)
    return [
        *_manifest_faults(manifest),
        *(fault for table in TABLES.values() for fault in _faults(folder, manifest, table)),
    ]


def _read(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Unusable(f"{folder}: there is no {MANIFEST} here; give the folder of a snapshot") from None
    except (OSError, ValueError):
        raise Unusable(f"{path} cannot be read as a manifest; make the snapshot again") from None
    if not (isinstance(manifest, dict) and _is_listing(manifest.get("tables"))):
        raise Unusable(f"{path} lists no tables; make the snapshot again")
    return manifest


def _is_listing(tables: object) -> bool:
    return isinstance(tables, dict) and all(
        isinstance(entry, dict) and isinstance(entry.get("sha256"), str) for entry in tables.values()
    )


def _manifest_faults(manifest: dict[str, Any]) -> Iterator[str]:
    version, tables = manifest.get("schema_version"), manifest["tables"]
    if version != SCHEMA_VERSION:
        yield f"{MANIFEST}: schema version {version}, this release reads {SCHEMA_VERSION}"
    if manifest.get("id") != snapshot_id({name: entry["sha256"] for name, entry in tables.items()}):
        yield f"{MANIFEST}: the id is not that of the tables it lists"
    for name in sorted(set(tables) - set(TABLES)):
        yield f"{MANIFEST}: table {name} is not one this release knows"


def _faults(folder: Path, manifest: dict[str, Any], table: Table) -> Iterator[str]:
    name = f"{table.name}.parquet"
    entry, path = manifest["tables"].get(table.name), folder / name
    if entry is None:
        yield f"{name}: the manifest does not list it"
    elif not path.is_file():
        yield f"{name}: the file is missing"
    else:
        yield from _file_faults(path, entry, table)


def _file_faults(path: Path, entry: dict[str, Any], table: Table) -> Iterator[str]:
    if file_sha256(path) != entry["sha256"]:
        yield f"{path.name}: the SHA-256 differs from the manifest; the file was changed after it was written"
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError):
        yield f"{path.name}: the file is not readable Parquet"
        return
    if file.metadata.num_rows != entry.get("rows"):
        yield f"{path.name}: {file.metadata.num_rows} rows, the manifest says {entry.get('rows')}"
    if file.schema_arrow.names != entry.get("columns"):
        yield f"{path.name}: the columns differ from those the manifest lists"
    yield from _column_faults(path, file.schema_arrow, table)


def _column_faults(path: Path, found: pa.Schema, table: Table) -> Iterator[str]:
    wanted = table.arrow_schema()
    for field in wanted:
        if field.name not in found.names:
            yield f"{path.name}: column {field.name} is missing"
        elif found.field(field.name).type != field.type:
            yield f"{path.name}: column {field.name} is {found.field(field.name).type}, the schema says {field.type}"
    for name in found.names:
        if name not in wanted.names:
            yield f"{path.name}: column {name} is not in the schema"
