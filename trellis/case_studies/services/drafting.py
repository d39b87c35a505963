"""A first draft from the chronology: who, where and when taken out, in sections that the drafter goes on with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from trellis.accounts.access import check_may
from trellis.accounts.models import User
from trellis.accounts.permissions import Permission
from trellis.audit_log.models import Action
from trellis.audit_log.trail import attempt, note
from trellis.case_studies.checking.identities import Identities
from trellis.case_studies.checking.retelling import interval, retell, stand_in_name
from trellis.case_studies.models import CaseStudy
from trellis.case_studies.queries import entries_to_tell, identities_of, own_words_of
from trellis.case_studies.queries.identities import CHILD
from trellis.case_studies.services.moving import settle
from trellis.cases.models import ChronologyEntry, Significance
from trellis.core.bulk_insert import insert_rows
from trellis.core.clocks import london_date
from trellis.core.ids import new_id
from trellis.need_to_know.access import check_sees_whole
from trellis.people.models import Person

LAST_PART = 5
LONGEST = 8_000


class Teller:
    """Tells texts of one record again, with one stand-in name and intervals from one day."""

    def __init__(self, identities: Identities, pseudonym: str, start: date) -> None:
        self.identities, self.pseudonym, self.start = identities, pseudonym, start

    def tell(self, text: str) -> str:
        return retell(self.identities, text, child=CHILD, pseudonym=self.pseudonym, start=self.start)

    def line(self, entry: ChronologyEntry) -> str:
        """``In the third week: ...``: one entry, of the day only how long after."""
        when = interval(self.start, london_date(entry.happened_at))
        said = f"{entry.title}. {entry.body}" if entry.body else entry.title
        return f"{when[:1].upper()}{when[1:]}: {self.tell(said)}"

    def lines(self, entries: Iterable[ChronologyEntry]) -> str:
        return "\n\n".join(self.line(entry) for entry in entries)[:LONGEST]


@transaction.atomic
def draft_case_study(
    *, person: Person, since: date, until: date, by: User, least: int = Significance.NOTABLE, key: UUID | None = None
) -> CaseStudy:
    """Draft the story of the days ``since`` to ``until`` from entries of significance ``least`` on that ``by`` may see
    and take along; nothing of a source's own words. One ``key`` makes one draft.

    Raises Refused without CASE_STUDY_WRITE, Hidden without the whole record.
    """
    check_may(by, Permission.CASE_STUDY_WRITE)
    check_sees_whole(by, person)
    if key and (already := CaseStudy.objects.filter(form_key=key, recorded_by=by).first()):
        return already
    made = _drafted(person, since, until, by, least)
    made.form_key = key
    try:
        with attempt():
            insert_rows([made])
            settle(made, by)
            note(Action.WRITE, "case study", object_id=made.id, children=[person.id])
    except IntegrityError:
        return CaseStudy.objects.get(form_key=key, recorded_by=by)
    return made


def _drafted(person: Person, since: date, until: date, by: User, least: int) -> CaseStudy:
    identities, id = identities_of(by, person), new_id()
    entries = entries_to_tell(by, person, since, until, least)
    pseudonym = stand_in_name(identities, id.int)
    start = london_date(entries[0].happened_at) if entries else since
    teller = Teller(identities, pseudonym, start)
    said = own_words_of(by, person, since, until)
    return CaseStudy(
        id=id,
        person=person,
        title=f"{pseudonym}'s story",
        pseudonym=pseudonym,
        starts_on=since,
        ends_on=until,
        recorded_by=by,
        own_words="\n\n".join(f"“{teller.tell(words)}”" for words in said)[:LONGEST],
        **{section: teller.lines(part) for section, part in in_sections(entries).items()},
    )


def in_sections(entries: list[ChronologyEntry]) -> dict[str, list[ChronologyEntry]]:
    """Before the first critical entry; what was critical; the work after it; the last of it. Without anything critical
    the first third is before."""
    critical = [entry for entry in entries if entry.significance == Significance.CRITICAL]
    turn = entries.index(critical[0]) if critical else len(entries) // 3
    after = [entry for entry in entries[turn:] if entry.significance < Significance.CRITICAL]
    last = len(after) // LAST_PART
    return {
        "before": entries[:turn],
        "turning_point": critical,
        "what_helped": after[: len(after) - last],
        "now": after[len(after) - last :],
    }
