"""The police's daily file of children reported missing and found."""

import uuid
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any

from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.core.clocks import london_date, today
from trellis.exchange import cells, children
from trellis.exchange.children import (
    CodeList,
    child_faults,
    differences,
    match_or_record,
    named,
    postcode_faults,
    who_is,
)
from trellis.exchange.faults import Fault
from trellis.exchange.outcome import Outcome
from trellis.exchange.police_tellings import (
    REFERENCE,
    TIMES,
    WHY,
    FileTold,
    Telling,
    as_return,
    began_at,
    join_desks_own,
    police_grade,
    returns_of_merged,
    telling,
)
from trellis.exchange.references import known_rows, parts, sort_by_reference
from trellis.exchange.spans import STILL_MISSING, Span, clashes
from trellis.exchange.tables import Column, Record
from trellis.missing.lifecycle import MERGED
from trellis.missing.models import Kind, MissingEpisode
from trellis.missing.services import (
    Correction,
    add_police_grades,
    correct_episodes,
    record_episodes,
    record_returns,
)
from trellis.people.queries import exact_matches

REPORTED = "reported missing"
NAME = "police-missing"
WHAT = "children reported missing to the police, and their returns"
PERMISSION = Permission.MISSING_RECORD
COLUMNS = (
    Column(REFERENCE, cells.one_line(40), "the police's own reference, one an episode", required=True),
    *children.COLUMNS,
    Column("missing_type", cells.one_of(*Kind.values), ", ".join(Kind.values), required=True),
    Column("last_seen_at", cells.moment, "when the child was last seen"),
    Column("reported_at", cells.moment, "when the police were told", required=True),
    Column("reported_by", cells.free_text(150), "who told them"),
    Column("risk_grade", cells.one_line(30), "such as low, medium, high"),
    Column("found_at", cells.moment, "when the child was found"),
    Column("found_where", cells.free_text(200), "where"),
    Column("found_with", cells.free_text(200), "with whom"),
    Column("returned_at", cells.moment, "when the child was back; starts the clock of the return interview"),
    Column("officer", cells.free_text(150), "who graded the risk"),
)


class PoliceMissing:
    """One file, compared with the record when it is made. ``faults`` are to be empty before it is stored."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.rows = len(records)
        references = sort_by_reference(records, REFERENCE)
        self.repeated = references.repeated
        known = known_rows(MissingEpisode.objects.select_related("person"), REFERENCE, references.first, of=REFERENCE)
        mine = FileTold(list(known.values()))
        self.told = [telling(record, known, mine) for record in references.first]
        self.matches = exact_matches(who for told in self.told if not told.known and (who := named(told.record)))
        self.told = list(join_desks_own(self.told, self.matches))
        self.faults = [*references.faults, *self._row_faults(), *postcode_faults(references.first)]
        self.faults += clashes(self._spans())

    @property
    def children(self) -> set[Any]:
        """Children of the record whom the file was compared with."""
        return {told.known.person_id for told in self.told if told.known} | {p.id for p in self.matches.values()}

    def _row_faults(self) -> Iterator[Fault]:
        ethnicities, grades = CodeList("ethnicity"), CodeList("missing_risk_grade")
        for told in self.told:
            reported_at = told.record.get("reported_at")
            day = london_date(reported_at) if reported_at else None
            yield from child_faults(told.record, day, ethnicities, REPORTED)
            yield from grades.fault(told.record, "risk_grade", day or today())
            if told.record.sound(*TIMES):
                yield from _time_faults(told)

    def _spans(self) -> dict[Hashable, list[Span]]:
        """Every time each child of the file was missing, the record's other episodes included.

        A row whose times or child are in doubt is left out: it would be at odds with sound rows.
        """
        spans: dict[Hashable, list[Span]] = defaultdict(list)
        in_doubt = {fault.line for fault in self.faults if fault.column in (*TIMES, *children.WHO, REFERENCE)}
        for told in self.told:
            child, start, end = self._child(told), began_at(told), told.at("returned_at") or STILL_MISSING
            stands = told.known is None or told.known.status != MERGED
            if child and stands and told.record.sound(*TIMES) and told.record.line not in in_doubt:
                spans[child].append(Span(start, end, told.record.line, told.record.values.get(REFERENCE, "")))
        people = [child for child in spans if isinstance(child, uuid.UUID)]
        others = MissingEpisode.objects.counted().exclude(id__in=[told.known.id for told in self.told if told.known])
        for episode in others.filter(person__in=people):
            start = episode.last_seen_at or episode.reported_at
            end = episode.returned_at or STILL_MISSING
            spans[episode.person_id].append(Span(start, end, 0, episode.police_ref or ""))
        return spans

    def _child(self, told: Telling) -> Hashable:
        """The known child's id; else who the row says they are, which is the same child in every row of the file."""
        if told.known:
            return told.known.person_id
        who = named(told.record)
        return self.matches[who].id if who in self.matches else who

    def store(self, by: User | None) -> Outcome:
        """Take every row in. What is known is put right before anything new is added."""
        known = [told for told in self.told if told.known and told.changes]
        returns = sum(told.is_return for told in known)
        self._store_known(known, by)
        new = [told for told in self.told if not told.known]
        matching = match_or_record((told.record for told in new), by)
        people = [told.known.person if told.known else matching.people[who_is(told.record)] for told in self.told]
        pairs = [(told, person) for told, person in zip(self.told, people, strict=True) if not told.known]
        for part in parts(pairs):
            episodes = [MissingEpisode(person=person, recorded_by=by, **told.changes) for told, person in part]
            record_episodes(episodes, by=by)
        return Outcome(
            rows=self.rows,
            added=len(new),
            corrected=len(known),
            unchanged=self.rows - len(new) - len(known),
            returns=returns,
            new_people=len(matching.made),
            questions=matching.questions,
            differences=differences(zip((told.record for told in self.told), people, strict=True), REFERENCE),
            children=frozenset(person.id for person in people),
        )

    def _store_known(self, known: Sequence[Telling], by: User | None) -> None:
        back = [told for told in known if told.is_only_a_return]
        wrong = [told for told in known if not told.is_only_a_return]
        corrections = [Correction(told.known, told.changes) for told in wrong if told.known]
        returns = [as_return(told.known, told.changes) for told in back if told.known]
        correct_episodes(corrections, why=WHY, by=by)
        record_returns(returns, by=by)
        record_returns([as_return(*pair) for pair in returns_of_merged(known)], by=by)
        add_police_grades([pair for pair in map(police_grade, known) if pair], by=by)


def _time_faults(told: Telling) -> Iterable[Fault]:
    line, began = told.record.line, began_at(told)
    seen, found, back = told.at("last_seen_at"), told.at("found_at"), told.at("returned_at")
    since = "last seen" if seen else "reported missing"
    if seen and seen > told.at("reported_at"):
        yield Fault(line, "last_seen_at", "is after the child was reported missing")
    if found and found < began:
        yield Fault(line, "found_at", f"is before the child was {since}")
    if back and back <= began:
        yield Fault(line, "returned_at", f"is not after the child was {since}")
    if back and found and back < found:
        yield Fault(line, "returned_at", "is before the child was found")


compare = PoliceMissing
