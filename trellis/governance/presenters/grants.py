"""The access review in words. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from trellis.core.presenters import day, moment, plural
from trellis.core.protection import Part
from trellis.governance.access import Stem, stem_of
from trellis.governance.queries.grants import Reach
from trellis.governance.queries.references import Reference
from trellis.need_to_know.models import Grant
from trellis.need_to_know.parts import IN_EMERGENCY, POINTED, WHOLE, WORDS

NO_END = "No end date"
PARTS: dict[str, str] = {
    Part.RECORD: WHOLE.capitalize(),
    **{part: words.capitalize() for part, words in WORDS.items()},
    Part.EMERGENCY: IN_EMERGENCY.capitalize(),
    Part.POINTER: POINTED.capitalize(),
}
HEADINGS = (
    "Record",
    "Name",
    "Given to",
    "Agency",
    "People reached",
    "Opens",
    "Reason",
    "Since",
    "Until",
    "Given by",
)


@dataclass(frozen=True)
class GrantRow:
    """One grant as a line. ``people``: how many it reaches; ``stem``: what it ends with, if not here."""

    grant: Grant
    record: Reference
    who: str
    people: int
    opens: str
    stem: Stem | None

    @property
    def reach(self) -> str:
        return "" if self.grant.user_id else plural(self.people, "person", "people")

    @property
    def until(self) -> str:
        return moment(self.grant.ends_at) or NO_END

    @property
    def by(self) -> str:
        return self.grant.recorded_by.name if self.grant.recorded_by else "The system"


def grant_rows(
    grants: Iterable[Grant], references: Mapping[UUID, Reference], reach: Reach, allocated: Collection[UUID] = ()
) -> list[GrantRow]:
    """``allocated``: the sources that are allocations held now."""
    return [
        GrantRow(
            grant=grant,
            record=references[grant.person_id],
            who=who_in_words(grant),
            people=people_reached(grant, reach),
            opens=opens(grant),
            stem=stem_of(grant, allocated),
        )
        for grant in grants
    ]


def who_in_words(grant: Grant) -> str:
    if grant.user:
        return f"{grant.user.name}, {grant.user.agency}"
    return str(grant.team or grant.agency)


def people_reached(grant: Grant, reach: Reach) -> int:
    if grant.team_id:
        return reach.teams.get(grant.team_id, 0)
    return reach.agencies.get(grant.agency_id, 0) if grant.agency_id else 1


def opens(grant: Grant) -> str:
    return ", ".join(part_in_words(part) for part in grant.parts) or WHOLE.capitalize()


def part_in_words(part: str) -> str:
    return PARTS.get(part, part)


def csv_row(row: GrantRow) -> list[object]:
    grant = row.grant
    given_to = grant.user.name if grant.user else str(grant.team or grant.agency)
    agency = str(grant.user.agency) if grant.user else str(grant.agency or "")
    record = row.record.case or str(row.record.person)
    since = day(grant.starts_at)
    return [record, row.record.name, given_to, agency, row.people, row.opens, grant.reason, since, row.until, row.by]
