"""A partner's file of referrals to the hub."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from trellis.accounts.models import Agency, User
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
from trellis.exchange.faults import Fault, shown
from trellis.exchange.outcome import Outcome
from trellis.exchange.references import changes, known_rows, parts, says, sort_by_reference
from trellis.exchange.tables import Column, Record
from trellis.people.queries import exact_matches
from trellis.referrals.models import ExploitationType, Referral
from trellis.referrals.services import Correction, correct_referrals, make_referrals

NAME = "referrals"
WHAT = "referrals of children to the hub"
PERMISSION = Permission.REFERRAL_CREATE
REFERENCE = "reference"
COLUMNS = (
    Column(REFERENCE, cells.one_line(40), "the sender's own reference, one a referral", required=True),
    Column("received_at", cells.moment, "when the hub was told", required=True),
    *children.COLUMNS,
    Column("source_code", cells.one_line(10), "referral source code, 1A to 10", required=True),
    Column("referrer_agency", cells.one_line(100), "code or name of an agency the hub knows"),
    Column(
        "exploitation_types",
        cells.some_of(ExploitationType.values),
        "between semicolons, the primary one first: " + ", ".join(ExploitationType.values),
        required=True,
    ),
    Column("concerns", cells.free_text(20_000), "the referrer's own words"),
)
FIELDS = {name: name for name in ("received_at", "source_code", "exploitation_types", "concerns")} | {
    "referrer_agency": "agency"
}
REFERRED = "referred"


class Telling(NamedTuple):
    """A row, the referral of the record it is about (None when it is new), and the fields it tells anew."""

    record: Record
    known: Referral | None
    changes: dict[str, Any]


class ReferralFile:
    """One file, compared with the record when it is made. ``faults`` are to be empty before it is stored."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.rows = len(records)
        agencies = _Agencies()
        self.faults = [fault for record in records for fault in agencies.settle(record)]
        references = sort_by_reference(records, REFERENCE)
        self.repeated = references.repeated
        referrals = Referral.objects.select_related("person", "agency")
        known = known_rows(referrals, REFERENCE, references.first, of=REFERENCE)
        self.told = [_telling(record, known) for record in references.first]
        self.matches = exact_matches(who for told in self.told if not told.known and (who := named(told.record)))
        self.faults += [*references.faults, *self._row_faults(), *postcode_faults(references.first)]

    @property
    def children(self) -> set[Any]:
        """Children of the record whom the file was compared with."""
        return {told.known.person_id for told in self.told if told.known} | {
            person.id for person in self.matches.values()
        }

    def _row_faults(self) -> Iterator[Fault]:
        ethnicities, sources = CodeList("ethnicity"), CodeList("referral_source")
        for told in self.told:
            received_at = told.record.get("received_at")
            day = london_date(received_at) if received_at else None
            yield from child_faults(told.record, day, ethnicities, REFERRED)
            yield from sources.fault(told.record, "source_code", day or today())
            decided_at = told.known.decided_at if told.known else None
            if received_at and decided_at and received_at > decided_at:
                yield Fault(told.record.line, "received_at", "is after the referral was decided")

    def store(self, by: User | None) -> Outcome:
        """Take every row in."""
        known = [told for told in self.told if told.known and told.changes]
        corrections = [Correction(told.known, told.changes) for told in known if told.known]
        correct_referrals(corrections, why=f"{NAME} file", by=by)
        new = [told for told in self.told if not told.known]
        matching = match_or_record((told.record for told in new), by)
        people = [told.known.person if told.known else matching.people[who_is(told.record)] for told in self.told]
        pairs = [(told, person) for told, person in zip(self.told, people, strict=True) if not told.known]
        for part in parts(pairs):
            make_referrals([Referral(person=person, recorded_by=by, **told.changes) for told, person in part], by=by)
        return Outcome(
            rows=self.rows,
            added=len(new),
            corrected=len(known),
            unchanged=self.rows - len(new) - len(known),
            new_people=len(matching.made),
            questions=matching.questions,
            differences=differences(zip((told.record for told in self.told), people, strict=True), REFERENCE),
            children=frozenset(person.id for person in people),
        )


class _Agencies:
    """Agencies by their code and their name, whatever its case."""

    def __init__(self) -> None:
        agencies = list(Agency.objects.all())
        self._found = {agency.name.casefold(): agency for agency in agencies}
        self._found |= {agency.code: agency for agency in agencies}
        self._codes = ", ".join(agency.code for agency in agencies)

    def settle(self, record: Record) -> Iterable[Fault]:
        """Put the agency in place of its code or name."""
        told = record.get("referrer_agency")
        agency = self._found.get(told.casefold()) if told else None
        if agency:
            record.values["referrer_agency"] = agency
        elif told:
            yield Fault(record.line, "referrer_agency", f"is {shown(told)}, which is not one of: {self._codes}")


def _telling(record: Record, known: dict[str, Referral]) -> Telling:
    referral = known.get(record.values.get(REFERENCE, ""))
    if referral:
        return Telling(record, referral, changes(record, referral, FIELDS))
    return Telling(record, None, says(record, {REFERENCE: REFERENCE, **FIELDS}))


compare = ReferralFile
