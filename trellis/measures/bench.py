"""Our measures beside hand-written DuckDB SQL for the same figures, in one run over the same snapshot.

The hand-written side is meant to be hard to beat: one statement for each population with GROUPING SETS, straight from
Parquet with cached metadata, and only its execution is timed, not the making of figures from its rows.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import duckdb
import ibis

from trellis.measures import engine
from trellis.measures.bench_sql import STATEMENTS, Read, Statement
from trellis.measures.figures import Figure, figures_for
from trellis.measures.tables import TABLES, Snapshot

Name = tuple[str, str, str]  # measure, breakdown, category
Numbers = dict[Name, tuple[int, int | None]]  # numerator, denominator
Answers = list[tuple[Statement, list[tuple[Any, ...]]]]


class Seconds(NamedTuple):
    wall: float
    cpu: float


@dataclass(frozen=True)
class Result:
    """Seconds are medians over the rounds, the two sides taken in turn; `cpu_ratio` compares processor time, which a
    busy machine disturbs less. `first_seconds` is our first call, which also compiles the definitions: once in a
    process, for every year after it."""

    year: str
    rounds: int
    rows: int
    figures: int
    ours_seconds: float
    hand_written_seconds: float
    ratio: float
    cpu_ratio: float
    first_seconds: float
    agree: bool
    differences: tuple[str, ...]
    load: tuple[float, float, float]
    cpus: int
    python: str
    duckdb: str
    ibis: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def lines(self) -> list[str]:
        """The result as a person reads it."""
        first = f"(first call, which compiles: {self.first_seconds * 1000:.1f} ms)"
        return [
            f"measures of {self.year}: {self.figures} figures over {self.rows:,} rows, {self.rounds} rounds in turn",
            f"  ours                {self.ours_seconds * 1000:9.1f} ms  {first}",
            f"  hand-written DuckDB {self.hand_written_seconds * 1000:9.1f} ms",
            f"  ratio               {self.ratio:9.2f}     of processor time {self.cpu_ratio:.2f}",
            f"  numbers             {'identical' if self.agree else 'DIFFERENT'}",
            *(f"    {difference}" for difference in self.differences),
            f"  machine             {self.cpus} CPUs, load {', '.join(f'{one:.2f}' for one in self.load)}",
            f"  versions            Python {self.python}, DuckDB {self.duckdb}, Ibis {self.ibis}",
        ]


def bench_measures(snapshot_dir: str | Path, rounds: int = 7, year: str = "2022/23") -> Result:
    """Time the measures written by hand, of one report year, both ways. Raises SnapshotError."""
    snapshot = Snapshot.open(snapshot_dir)
    by_hand = _by_hand(Path(snapshot_dir), year)
    engine.plan.cache_clear()
    codes = sorted({read.code for statement in STATEMENTS for read in statement.reads})
    first, figures = _timed(lambda: figures_for(snapshot, year, codes))
    _, answers = _timed(by_hand)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(_timed(lambda: figures_for(snapshot, year, codes))[0])
        theirs.append(_timed(by_hand)[0])
    ours_seconds, theirs_seconds = (median(one.wall for one in times) for times in (ours, theirs))
    ours_cpu, theirs_cpu = (median(one.cpu for one in times) for times in (ours, theirs))
    differences = list(_differences(figures, _read(answers)))
    return Result(
        year=year,
        rounds=rounds,
        rows=_rows(snapshot),
        figures=len(figures),
        ours_seconds=ours_seconds,
        hand_written_seconds=theirs_seconds,
        ratio=round(ours_seconds / theirs_seconds, 3),
        cpu_ratio=round(ours_cpu / theirs_cpu, 3),
        first_seconds=first.wall,
        agree=not differences,
        differences=tuple(differences[:10]),
        load=os.getloadavg(),
        cpus=os.cpu_count() or 1,
        python=platform.python_version(),
        duckdb=duckdb.__version__,
        ibis=ibis.__version__,
    )


def _by_hand(folder: Path, year: str) -> Callable[[], Answers]:
    connection = duckdb.connect(":memory:")
    connection.execute("SET parquet_metadata_cache = true")
    for name in TABLES:
        connection.read_parquet(str(folder / f"{name}.parquet")).create_view(name)
    first = int(year[:4])
    days = {"first": f"DATE '{first}-04-01'", "last": f"DATE '{first + 1}-03-31'"}
    texts = [(statement, statement.sql.format(**days)) for statement in STATEMENTS]
    return lambda: [(statement, connection.execute(text).fetchall()) for statement, text in texts]


def _timed(work: Callable[[], Any]) -> tuple[Seconds, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return Seconds(time.perf_counter() - wall, time.process_time() - cpu), result


def _rows(snapshot: Snapshot) -> int:
    return sum(snapshot.connection.table(name).count("*").fetchall()[0][0] for name in TABLES)


def _differences(figures: list[Figure], by_hand: Numbers) -> Iterator[str]:
    """A category nobody is in has no row on the hand-written side."""
    for figure in figures:
        name = _name(figure)
        ours = (figure.numerator or 0, figure.denominator)
        theirs = by_hand.pop(name, ours if ours[0] == 0 else None)
        if ours != theirs:
            yield f"{name}: ours {ours}, hand-written {theirs}"
    yield from (f"{name}: only hand-written, {numbers}" for name, numbers in by_hand.items() if numbers[0])


def _name(figure: Figure) -> Name:
    """The hand-written side has months as numbers."""
    cut, category = figure.slice
    return figure.measure, cut, str(int(category[-2:])) if cut == "month" else category


def _read(answers: Answers) -> Numbers:
    found: Numbers = {}
    for statement, rows in answers:
        whole = next(row for row in rows if row[0] == (1 << len(statement.cuts)) - 1)
        for read in statement.reads:
            for row in rows:
                _add(found, statement, read, row, whole)
    return found


def _add(found: Numbers, statement: Statement, read: Read, row: tuple[Any, ...], whole: tuple[Any, ...]) -> None:
    cut, category = _where(statement, row)
    if cut not in read.cuts:
        return
    column = {name: 1 + len(statement.cuts) + n for n, name in enumerate(statement.columns)}
    name = (read.code, *(read.at if read.at[0] else (cut, category)))
    below = None if read.denominator is None else (whole if read.of_whole else row)[column[read.denominator]]
    found[name] = (found.get(name, (0, None))[0] + row[column[read.numerator]], below)


def _where(statement: Statement, row: tuple[Any, ...]) -> tuple[str, str]:
    """GROUPING sets a bit for each column a row is not grouped by, the first column highest."""
    for n, cut in enumerate(statement.cuts):
        if not row[0] & (1 << (len(statement.cuts) - 1 - n)):
            return cut, "not_known" if row[1 + n] is None else str(row[1 + n])
    return "", ""
