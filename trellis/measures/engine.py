"""Counts every measure of a population in one pass over the snapshot.

A definition gives rows and conditions in Ibis. Ibis has no GROUPING SETS, so the roll-up around its query is written
here: standard SQL, understood alike by DuckDB, PostgreSQL and Spark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import duckdb
import ibis

from trellis.measures.periods import Period
from trellis.measures.shape import Cut, Fact, Measure, Population, Tally

DIALECT = "duckdb"


@dataclass(frozen=True)
class Plan:
    """One query: its text, and what its columns stand for."""

    population: Population
    cuts: tuple[Cut, ...]
    tallies: tuple[Tally, ...]
    sql: str


@lru_cache(maxsize=256)
def plan(population: Population, measures: tuple[Measure, ...]) -> Plan:
    """The query that counts these measures, all of one population. Its text does not depend on the year."""
    cuts = {cut.key: cut for measure in measures for cut in measure.by if isinstance(cut, Cut)}
    tallies = {tally.words: tally for measure in measures for tally in measure.tallies()}
    columns = {f"cut_{n}": cut.column for n, cut in enumerate(cuts.values())}
    for n, tally in enumerate(tallies.values()):
        source = tally.where if tally.sums is None else tally.sums
        columns |= {} if source is None else {f"tally_{n}": source}
    rows = population.rows.select(**(columns or {"one": ibis.literal(1)}))
    sql = _roll_up(str(ibis.to_sql(rows, dialect=DIALECT)), len(cuts), list(tallies.values()))
    return Plan(population, tuple(cuts.values()), tuple(tallies.values()), sql)


def _roll_up(rows: str, cuts: int, tallies: Sequence[Tally]) -> str:
    names = [f"cut_{n}" for n in range(cuts)]
    which = f"GROUPING({', '.join(names)})" if names else "0"
    sets = ", ".join(["()", *(f"({name})" for name in names)])
    selected = ",\n  ".join([f"{which} AS sets", *names, *map(_aggregate, range(len(tallies)), tallies)])
    return f"SELECT\n  {selected}\nFROM (\n{rows}\n) AS population\nGROUP BY GROUPING SETS ({sets})"


def _aggregate(n: int, tally: Tally) -> str:
    if tally.sums is not None:
        return f"COALESCE(SUM(tally_{n}), 0) AS n_{n}"
    return f"COUNT(*) AS n_{n}" if tally.where is None else f"COUNT(*) FILTER (WHERE tally_{n}) AS n_{n}"


def count(connection: duckdb.DuckDBPyConnection, measures: Iterable[Measure], period: Period) -> dict[Fact, int]:
    """Every fact these measures need, for one period: one query for each population among them."""
    by_population: dict[Population, list[Measure]] = {}
    for measure in measures:
        by_population.setdefault(measure.of, []).append(measure)
    cursor = connection.cursor()
    cursor.execute(
        f"CREATE TEMP MACRO year_start() AS DATE '{period.starts_on}';"
        f"CREATE TEMP MACRO year_end() AS DATE '{period.ends_on}'"
    )
    facts: dict[Fact, int] = {}
    for population, group in by_population.items():
        _run(cursor, plan(population, tuple(group)), period, facts)
    cursor.close()
    return facts


def _run(cursor: duckdb.DuckDBPyConnection, query: Plan, period: Period, facts: dict[Fact, int]) -> None:
    width = len(query.cuts)
    words = query.population.words
    for sets, *row in cursor.execute(query.sql).fetchall():
        at = _grouped(sets, width)
        key, category = ("", "") if at is None else (query.cuts[at].key, query.cuts[at].label(row[at], period))
        for tally, value in zip(query.tallies, row[width:], strict=True):
            name = Fact(words, tally.words, key, category)
            facts[name] = facts.get(name, 0) + int(value)


def _grouped(sets: int, width: int) -> int | None:
    """Which cut a row is grouped by: GROUPING() sets a bit for every column that is not, the first column highest."""
    missing = ~sets & ((1 << width) - 1)
    return width - missing.bit_length() if missing else None
