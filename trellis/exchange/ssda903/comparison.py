"""The return of a year beside the police count of that year: every report has one fate, every row one origin."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from trellis.core.row_context import Duty, duty
from trellis.exchange.ssda903.care import Child, Status, missing_facts, shared_numbers, spans
from trellis.exchange.ssda903.facts import (
    Looked,
    Told,
    children,
    code_lists,
    everyone_looked_after,
    looked_after,
    told_in,
)
from trellis.exchange.ssda903.periods import Fate, Outcome, Report, Row, missing_rows
from trellis.measures.periods import Period


class Origin(StrEnum):
    """Where a row of the Missing table comes from."""

    REPORT = "report"
    GOES_ON = "goes_on"
    OTHER_YEARS = "other_years"


ORIGINS = {
    Origin.REPORT: "Reported to the police in the year",
    Origin.GOES_ON: "Goes on from a row that ended with a placement",
    Origin.OTHER_YEARS: "Reported in another year: open since before, or reported after the year",
}


@dataclass(frozen=True)
class Unready:
    """A child whose facts are not complete: left out of the files, and named."""

    person: UUID
    number: str
    what: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """``rows`` by child are those of the Missing table; ``fates``, what became of each report of the year."""

    year: Period
    children: tuple[Child, ...]
    rows: Mapping[UUID, tuple[Row, ...]]
    fates: Mapping[UUID, Fate]
    origins: Mapping[Origin, tuple[UUID, ...]]
    unready: tuple[Unready, ...]

    @property
    def reports(self) -> int:
        return len(self.fates)

    @property
    def row_count(self) -> int:
        return sum(len(rows) for rows in self.rows.values())

    @property
    def still_open(self) -> int:
        return sum(row.end is None for rows in self.rows.values() for row in rows)

    @property
    def fate_counts(self) -> dict[Fate, int]:
        counted = Counter(self.fates.values())
        return {fate: counted[fate] for fate in Fate}


def compare(
    year: Period, authority: str, *, everyone: bool = False, apart: Collection[UUID] = frozenset()
) -> Comparison:
    """The return of ``authority`` for a year (1 April to 31 March) and the reports of that year. ``everyone``: with
    the children looked after who were not missing, too. ``apart`` are left out of every count. Reads every record:
    whoever calls has asked whether the user may."""
    with duty(Duty.RETURN):
        told = [row for row in told_in(year, authority) if row.person not in apart]
        others = everyone_looked_after(year, authority) if everyone else set()
        cared = looked_after({*others, *(row.person for row in told)})
        statuses = {person: own for person, looked in cared.items() if (own := _of(looked, authority))}
        known = {child.key: child for child in children(statuses, year)}
        lists = code_lists()
    outcomes = _outcomes(told, known, cared, year, authority)
    rows = {person: outcome.rows for person, outcome in outcomes.items() if outcome.rows}
    there = [child for child in known.values() if child.key in others or child.key in rows]
    doubled = shared_numbers(there)
    unready = []
    for child in there:
        what = [*missing_facts(child, rows.get(child.key, ()), year, lists), *doubled.get(child.key, ())]
        if what:
            unready.append(Unready(child.key, child.number, tuple(dict.fromkeys(what))))
    return _together(told, outcomes, there, unready, year)


def _of(looked: Iterable[Looked], authority: str) -> list[Status]:
    return [row.status for row in looked if row.authority == authority]


def _outcomes(
    told: Iterable[Told],
    known: Mapping[UUID, Child],
    cared: Mapping[UUID, list[Looked]],
    year: Period,
    authority: str,
) -> dict[UUID, Outcome]:
    """By child, the rows and what became of each report. A child looked after by another authority is that one's."""
    by_child: dict[UUID, list[Report]] = defaultdict(list)
    for row in told:
        by_child[row.person].append(row.report)
    found = {}
    for person, reports in by_child.items():
        child = known.get(person)
        outcome = missing_rows(reports, spans(child.statuses, child.stays) if child else (), year)
        theirs = [row.status for row in cared.get(person, ()) if row.authority != authority]
        found[person] = _without(outcome, missing_rows(reports, spans(theirs, ()), year)) if theirs else outcome
    return found


def _without(outcome: Outcome, theirs: Outcome) -> Outcome:
    nobodys = Fate.NOT_LOOKED_AFTER
    fates = {
        key: Fate.OTHER_AUTHORITY if fate == nobodys and theirs.fates[key] != nobodys else fate
        for key, fate in outcome.fates.items()
    }
    return Outcome(outcome.rows, fates)


def _together(
    told: list[Told], outcomes: Mapping[UUID, Outcome], known: list[Child], unready: list[Unready], year: Period
) -> Comparison:
    left_out = {row.person for row in unready}
    rows = {person: outcome.rows for person, outcome in outcomes.items() if outcome.rows and person not in left_out}
    of_year = {row.report.key: row for row in told if year.starts_on <= row.reported_on <= year.ends_on}
    fates = {}
    for key, row in of_year.items():
        fate = outcomes[row.person].fates[key]
        would_be_there = fate in (Fate.IN_TABLE, Fate.JOINED)
        fates[key] = Fate.INCOMPLETE if would_be_there and row.person in left_out else fate
    origins: dict[Origin, list[UUID]] = {origin: [] for origin in Origin}
    for found in rows.values():
        seen: set[UUID] = set()
        for line in found:
            own = line.report in of_year
            origin = Origin.OTHER_YEARS if not own else Origin.GOES_ON if line.report in seen else Origin.REPORT
            seen.add(line.report)
            origins[origin].append(line.report)
    ready = tuple(child for child in known if child.key not in left_out)
    return Comparison(
        year, ready, rows, fates, {origin: tuple(keys) for origin, keys in origins.items()}, tuple(unready)
    )
