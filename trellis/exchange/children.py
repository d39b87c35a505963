"""The child a row names: checks on who they are, and what a file says of a known child that the record does not."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from trellis.accounts.models import User
from trellis.core.clocks import age_on, today
from trellis.core.models import Code
from trellis.exchange import cells
from trellis.exchange.faults import Fault, shown
from trellis.exchange.tables import Column, Record
from trellis.people.models import DefinedBy, Person, Sex
from trellis.people.queries import Named
from trellis.people.services import Matching, match_or_record_people

ADULT = 18
# One name and birth date with more postcodes than this is no child's life but a faulty file.
MOST_POSTCODES = 20
WHO = ("forename", "surname", "date_of_birth", "postcode")
NOT_KNOWN = {"sex": Sex.UNKNOWN.value, "ethnicity": "NOBT"}
FIELD_OF = {
    "forename": "given_name",
    "surname": "family_name",
    "date_of_birth": "date_of_birth",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "postcode": "postcode",
}
COLUMNS = (
    Column("forename", cells.name(100), "the child's first name", required=True),
    Column("surname", cells.name(150), "the child's last name", required=True),
    Column("date_of_birth", cells.day, "YYYY-MM-DD", required=True),
    Column("sex", cells.one_of(*Sex.values), "M, F or U"),
    Column("ethnicity", cells.one_line(10), "statutory ethnicity code, such as WBRI"),
    Column("postcode", cells.postcode, "home postcode; without it the child is never matched"),
)


class CodeList:
    """A dated list of codes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._spans: dict[str, list[tuple[date, date]]] = defaultdict(list)
        for code in Code.objects.filter(list=name):
            self._spans[code.code].append((code.valid_from, code.valid_to or date.max))

    def fault(self, record: Record, column: str, day: date) -> Iterable[Fault]:
        """A fault if the row's code is not in force on ``day``."""
        code = record.get(column)
        if code is None or any(start <= day < end for start, end in self._spans.get(code, ())):
            return
        if code in self._spans:
            yield Fault(record.line, column, f"is {code}, which was not in use on {day:%-d %B %Y}")
        else:
            yield Fault(record.line, column, f"is {shown(code)}; it may be {', '.join(self._spans)}")


def named(record: Record) -> Named | None:
    """Who the row says the child is; None where a cell that says so is bad."""
    if not record.sound(*WHO):
        return None
    return Named(
        record.values["forename"],
        record.values["surname"],
        record.values["date_of_birth"],
        record.values.get("postcode", ""),
    )


def child_faults(record: Record, day: date | None, ethnicities: CodeList, then: str) -> Iterable[Fault]:
    """``day`` is when the row's event happened, or None where that is not known; ``then`` says it in words."""
    yield from ethnicities.fault(record, "ethnicity", day or today())
    born = record.get("date_of_birth")
    if day is None or born is None:
        return
    if born > day:
        yield Fault(record.line, "date_of_birth", f"is after the day the child was {then}")
    elif age_on(born, day) >= ADULT:
        yield Fault(record.line, "date_of_birth", f"makes the child {age_on(born, day)} on the day they were {then}")


def postcode_faults(records: Iterable[Record]) -> Iterable[Fault]:
    """A name and birth date that the file gives more postcodes than anybody has."""
    seen: set[Named] = set()
    postcodes: Counter[tuple[str, date]] = Counter()
    for record in records:
        who = named(record)
        if who is None or who in seen:
            continue
        seen.add(who)
        postcodes[who.key, who.date_of_birth] += 1
        if postcodes[who.key, who.date_of_birth] > MOST_POSTCODES:
            yield Fault(
                record.line, "postcode", f"is one of more than {MOST_POSTCODES} for the same name and birth date"
            )


def match_or_record(records: Iterable[Record], by: User | None) -> Matching:
    """Everybody sound rows name: known, or new with the sex and ethnicity of their first row."""
    asked: dict[Named, dict[str, Any]] = {}
    for record in records:
        asked.setdefault(who_is(record), _details(record))
    return match_or_record_people(asked, by=by)


def who_is(record: Record) -> Named:
    """Who a sound row says the child is."""
    who = named(record)
    if who is None:
        raise ValueError(f"line {record.line} has faults")
    return who


def _details(record: Record) -> dict[str, Any]:
    details = {"sex": record.values.get("sex", Sex.UNKNOWN), "authority": settings.AUTHORITY}
    if record.get("ethnicity"):
        details |= {
            "ethnicity": record.values["ethnicity"],
            "ethnicity_defined_by": DefinedBy.AGENCY,
            "ethnicity_recorded_on": today(),
        }
    return details


@dataclass(frozen=True)
class Said:
    """A column of a row that differs from the record of the child it is about."""

    person: Person
    reference: str
    column: str
    on_record: str
    in_file: str


def differences(pairs: Iterable[tuple[Record, Person]], reference: str) -> Sequence[Said]:
    """What rows say of their children that the records do not; "not known" contradicts nothing."""
    found: dict[tuple[Any, str, str], Said] = {}
    for record, person in pairs:
        for column, recorded in FIELD_OF.items():
            value, on_record = record.get(column), getattr(person, recorded)
            if value not in (None, on_record, NOT_KNOWN.get(column)):
                said = Said(person, record.values[reference], column, str(on_record), str(value))
                found.setdefault((person.id, column, said.in_file), said)
    return list(found.values())
