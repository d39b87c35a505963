"""Reads of case studies: what may be told, what the checker finds and what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from trellis.accounts.models import User
from trellis.case_studies.checking import Finding, Identities, Severity, check
from trellis.case_studies.models import CaseStudy, CaseStudyMove, HarmlessReason, ReleasedStudy, StudyConsent
from trellis.case_studies.queries.identities import identities_of
from trellis.cases.models import ChronologyEntry
from trellis.cases.queries import ChronologyFilter, chronology
from trellis.core.clocks import age_on, start_of_day, today
from trellis.core.reference_data import limit
from trellis.need_to_know.access import visible_to
from trellis.need_to_know.codes import CodeBook
from trellis.people.models import Person
from trellis.plans.models import DirectWork

Key = tuple[str, str]


@dataclass(frozen=True)
class Standing:
    """What the checker finds in a case study now. ``found``: by section; ``reasons``: by the findings they are for."""

    found: dict[str, list[Finding]]
    reasons: dict[Key, HarmlessReason]
    consents: dict[str, StudyConsent]
    asks_parent: bool

    @property
    def every(self) -> list[Finding]:
        return [finding for findings in self.found.values() for finding in findings]

    @property
    def to_change(self) -> list[Finding]:
        """What is certain or likely: only other words put it right."""
        return [finding for finding in self.every if finding.severity > Severity.POSSIBLE]

    @property
    def to_explain(self) -> dict[Key, list[Finding]]:
        """What is possible and has no reason yet, alike ones together."""
        waiting: dict[Key, list[Finding]] = {}
        for finding in self.every:
            if finding.severity == Severity.POSSIBLE and finding.key not in self.reasons:
                waiting.setdefault(finding.key, []).append(finding)
        return waiting

    @property
    def is_clear(self) -> bool:
        return not self.to_change and not self.to_explain

    @property
    def consent_missing(self) -> list[str]:
        """Whose yes is still wanted, in words."""
        asked = [StudyConsent.Who.YOUNG_PERSON, *([StudyConsent.Who.PARENT] if self.asks_parent else [])]
        return [str(who.label) for who in asked if not self._yes(who)]

    def _yes(self, who: str) -> bool:
        return who in self.consents and self.consents[who].answer == StudyConsent.Answer.YES


def studies_of(user: User, person: Person) -> list[CaseStudy]:
    return list(visible_to(user, CaseStudy).filter(person=person).select_related("recorded_by"))


def moves_of(study: CaseStudy) -> list[CaseStudyMove]:
    return list(study.status_moves.select_related("moved_by"))


def standing_of(user: User, study: CaseStudy, identities: Identities | None = None) -> Standing:
    """The story searched anew: for what the record names today, not for what it named when it was drafted."""
    named = identities or identities_of(user, study.person)
    reasons = visible_to(user, HarmlessReason).filter(study=study).select_related("recorded_by")
    consents = visible_to(user, StudyConsent).filter(study=study).select_related("recorded_by").order_by("recorded_at")
    return Standing(
        found={name: found_in(named, text, study.pseudonym) for name, text in study.texts.items()},
        reasons={(reason.kind, reason.matched): reason for reason in reasons},
        consents={consent.who: consent for consent in consents},
        asks_parent=age_on(study.person.date_of_birth, today()) < limit("case_study.own_consent", today()),
    )


def found_in(identities: Identities, text: str, pseudonym: str) -> list[Finding]:
    """What the checker finds, the stand-in's own capital apart."""
    stand_ins = {pseudonym.casefold(), f"{pseudonym.casefold()}'s"}
    return [f for f in check(identities, text) if f.kind != "capital" or f.matched.casefold() not in stand_ins]


def entries_to_tell(user: User, person: Person, since: date, until: date, least: int) -> list[ChronologyEntry]:
    """Entries of the period, first to last, that the user may read and take along."""
    book = CodeBook()
    rows = chronology(user, person, ChronologyFilter(significance=least)).filter(
        happened_at__gte=start_of_day(since), happened_at__lt=start_of_day(until + timedelta(days=1))
    )
    return [entry for entry in reversed(rows) if book.may_leave(entry, user.agency_id)]


def own_words_of(user: User, person: Person, since: date, until: date) -> list[str]:
    """What the young person said, word for word: of themselves, and to their worker in the period."""
    held = visible_to(user, DirectWork).filter(
        person=person, happened_at__gte=start_of_day(since), happened_at__lt=start_of_day(until + timedelta(days=1))
    )
    said = held.exclude(childs_words="").order_by("happened_at").values_list("childs_words", flat=True)
    return [words for words in (*said, person.own_words) if words]


def released_of_year(starts_on: date, ends_on: date) -> list[ReleasedStudy]:
    """The stories released in a year that stand today, the first first."""
    rows = ReleasedStudy.objects.standing().filter(
        released_at__gte=start_of_day(starts_on), released_at__lt=start_of_day(ends_on + timedelta(days=1))
    )
    return list(rows.order_by("released_at", "id"))
